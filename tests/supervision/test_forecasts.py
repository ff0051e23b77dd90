"""What the cases under way will have added by a day: exact against enumeration, and cautious where little is known."""

import datetime as dt
import json
from collections import Counter
from fractions import Fraction
from math import comb, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision import forecasts
from supervision.forecasts import History, Stream

ON, DUE = dt.date(2020, 10, 1), dt.date(2020, 12, 31)
GOOD = History(Counter({10: 20, 20: 15, 40: 5}), 10)


def stream(many, history=GOOD):
    return Stream("备案", many, history, "本区县")


def foresee(gap, *streams, year=0, on=ON):
    return forecasts.foresee(gap, streams, on=on, due=DUE, year=year)


def exactly(many, a, b):
    """The beta-binomial distribution in fractions, from its definition."""

    def beta(x, y):
        return Fraction(factorial(x - 1) * factorial(y - 1), factorial(x + y - 1))

    return [comb(many, k) * beta(k + a, many - k + b) / beta(a, b) for k in range(many + 1)]


def quantile(chances, part):
    return next(k for k in range(len(chances)) if sum(chances[: k + 1]) >= part - forecasts.SLACK)


def test_the_experience_of_a_place_in_numbers():
    assert (GOOD.decided, GOOD.rate, GOOD.within(20), GOOD.within(9)) == (50, Fraction(4, 5), 35, 0)
    assert GOOD.quartiles() == (10, 10, 20)
    assert (History().rate, History(failed=3).quartiles()) == (None, None)
    assert GOOD.plus(GOOD).decided == 100


@pytest.mark.parametrize(("decided", "where"), [(30, "本街道"), (29, "本区县")])
def test_a_place_with_fewer_than_thirty_decided_cases_is_judged_by_the_place_above(decided, where):
    levels = [("本街道", History(failed=decided)), ("本区县", GOOD)]
    assert forecasts.experience(levels)[0] == where


def test_without_experience_up_to_the_nation_there_is_none():
    assert forecasts.experience([("本街道", History(failed=29)), ("全国", History())]) is None


def test_nothing_under_way_leaves_the_whole_gap_for_certain():
    found = foresee(3)
    assert (found.short, found.range, found.expected) == (3, (3, 3), 0)
    assert found.words("个组织") == "预计到2020年12月31日还差 3 个组织"


def test_the_words_give_the_number_and_the_range():
    assert foresee(10, stream(8)).words("个组织") == "预计到2020年12月31日还差 4 个组织（2 到 5 之间）"
    assert foresee(5, stream(8)).words() == "预计到2020年12月31日可以达到"
    assert foresee(6, stream(8)).words("家枢纽") == "预计到2020年12月31日可以达到（不顺利时还差 1 家枢纽）"


def test_the_mean_is_cases_times_the_chance_of_being_granted_in_time():
    assert foresee(10, stream(8)).expected == 8 * Fraction(41, 52)


def test_what_takes_longer_than_the_days_left_does_not_count():
    late = foresee(10, stream(8), on=DUE - dt.timedelta(days=9))
    assert (late.expected, late.done) == (8 * Fraction(1, 52), 0)
    assert foresee(10, stream(8), on=DUE - dt.timedelta(days=10)).expected == 8 * Fraction(21, 52)


def test_the_due_day_itself_is_still_time_and_the_day_after_is_not():
    assert foresee(1, on=DUE).days == 0
    with pytest.raises(ValueError, match="over"):
        foresee(1, on=DUE + dt.timedelta(days=1))


@pytest.mark.parametrize(("year", "paced", "short"), [(4, 0, 10), (12, 2, 8), (365, 91, 0)])
def test_the_pace_of_the_past_year_is_cut_off_and_never_rounded_up(year, paced, short):
    found = foresee(10, year=year)
    assert (found.paced, found.short_at_pace) == (paced, short)
    words = f"还差 {short} 个" if short else "可以达到"
    assert found.pace_words() == f"按近一年速度，到2020年12月31日{words}"


@settings(deadline=None)
@given(st.integers(1, 25), st.integers(0, 20), st.integers(0, 20))
def test_the_range_is_that_of_the_exact_distribution(many, granted, failed):
    found = foresee(99, stream(many, History(Counter({1: granted}), failed)))
    chances = exactly(many, granted + 1, failed + 1)
    assert (found.low, found.done, found.high) == tuple(
        quantile(chances, part) for part in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))
    )


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 9), st.integers(0, 9))
def test_two_kinds_of_cases_add_up_as_independent_ones(first, second, granted, failed):
    parts = [(first, granted, failed), (second, failed, granted)]
    found = foresee(99, *(stream(many, History(Counter({1: good}), bad)) for many, good, bad in parts))
    one, other = (exactly(many, good + 1, bad + 1) for many, good, bad in parts)
    both = [sum(one[k] * other[n - k] for k in range(len(one)) if 0 <= n - k < len(other)) for n in range(25)]
    assert (found.low, found.high) == (quantile(both, Fraction(1, 10)), quantile(both, Fraction(9, 10)))


@settings(deadline=None)
@given(
    st.integers(0, 60), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 500), st.integers(0, 500)), max_size=3)
)
def test_a_forecast_never_promises_more_than_there_is(gap, parts):
    found = foresee(gap, *(stream(many, History(Counter({5: good}), bad)) for many, good, bad in parts))
    assert 0 <= found.low <= found.done <= found.high <= sum(many for many, _, _ in parts)
    assert 0 <= found.range[0] <= found.short <= found.range[1] <= gap


def test_more_experience_makes_the_range_narrower():
    few = foresee(99, stream(50, History(Counter({1: 8}), 2)))
    much = foresee(99, stream(50, History(Counter({1: 800}), 200)))
    assert much.high - much.low < few.high - few.low


def test_what_is_kept_is_plain_and_complete():
    kept = json.loads(json.dumps(foresee(10, stream(8), year=12).to_json()))
    assert (kept["short"], kept["range"], kept["expected"], kept["due"]) == (4, [2, 5], "82/13", "2020-12-31")
    assert kept["streams"] == [
        {
            "label": "备案",
            "under_way": 8,
            "where": "本区县",
            "granted": 40,
            "decided": 50,
            "in_time": 40,
            "days": [10, 10, 20],
        }
    ]
