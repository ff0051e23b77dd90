"""Exact quantiles of whole days, and the first day of a span of months."""

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supervision import durations

D = dt.date


@pytest.mark.parametrize(
    ("days", "median", "ninety"),
    [
        ([5], 5, 5),
        ([1, 9], 1, 9),
        ([1, 2, 3], 2, 3),
        ([1, 2, 3, 4], 2, 4),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 30], 0, 0),
        ([0, 0, 0, 0, 0, 0, 0, 0, 30, 30], 0, 30),
    ],
)
def test_half_and_nine_in_ten(days, median, ninety):
    found = durations.spread(Counter(days))
    assert (found.many, found.median, found.ninety) == (len(days), median, ninety)


def test_of_nothing_there_is_no_median():
    assert durations.spread(Counter()) is None
    with pytest.raises(ValueError, match="nothing"):
        durations.reached(Counter(), Fraction(1, 2))


@given(some.lists(some.integers(0, 400), min_size=1, max_size=60), some.fractions(Fraction(1, 100), 1))
def test_it_is_the_discrete_percentile_of_the_sorted_list(days, share):
    place = -(-share.numerator * len(days) // share.denominator)
    assert durations.reached(Counter(days), share) == sorted(days)[place - 1]


@pytest.mark.parametrize(
    ("on", "months", "first"),
    [
        (D(2026, 11, 22), 12, D(2025, 11, 23)),
        (D(2026, 3, 31), 1, D(2026, 3, 1)),
        (D(2024, 2, 29), 12, D(2023, 3, 1)),
        (D(2026, 1, 15), 3, D(2025, 10, 16)),
        (D(2026, 12, 31), 12, D(2026, 1, 1)),
    ],
)
def test_a_span_of_months_ends_with_the_day_and_has_no_day_twice(on, months, first):
    assert durations.since(on, months) == first
