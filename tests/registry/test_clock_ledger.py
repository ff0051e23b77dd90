"""The ledger of a deadline: suspensions nested, overlapping, open and back-dated, caps, year ends, changed calendars.

The oracle below counts day by day on its own and shares no line with the package under test.
"""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry import clock
from registry.clock import CALENDAR, WORKING, Calendar, Override, Suspension

day = dt.date.fromisoformat
ONE = dt.timedelta(days=1)
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
UNITS = st.sampled_from([WORKING, CALENDAR])
LIMITS = st.integers(1, 60)


@st.composite
def suspensions(draw, *, most=4):
    """Spans around a common day, some nested, some open, some capped."""
    around = draw(DATES)
    found = []
    for _ in range(draw(st.integers(0, most))):
        starts = around + ONE * draw(st.integers(-40, 60))
        ends = draw(st.none() | st.integers(0, 40).map(lambda n, first=starts: first + ONE * n))
        found.append(Suspension(starts, ends, "等待", draw(st.none() | st.integers(0, 15))))
    return around, found


@st.composite
def overridden(draw):
    """A calendar with some days set by the place."""
    chosen = draw(st.lists(st.tuples(DATES, st.booleans()), max_size=8))
    return Calendar.of(Override(on, working, "本地") for on, working in chosen)


def oracle(starts, days, unit, spans, calendar, on):
    """The last day, by crossing days off a calendar one at a time."""
    frozen = set()
    for span in spans:
        used, at = 0, span.starts + ONE
        while at <= (span.ends or on):
            weighs = unit == CALENDAR or calendar.is_working_day(at)
            if span.cap is not None and weighs and used >= span.cap:
                break
            frozen.add(at)
            used += 1 if weighs else 0
            at += ONE
    at, counted = starts, 0
    while counted < days:
        at += ONE
        if at not in frozen and (unit == CALENDAR or calendar.is_working_day(at)):
            counted += 1
    return at


@settings(deadline=None)
@given(DATES, LIMITS, UNITS, suspensions(), overridden(), st.integers(-20, 60))
def test_the_last_day_is_the_one_a_patient_clerk_finds(starts, days, unit, found, calendar, later):
    around, spans = found
    on = around + ONE * later
    told = clock.deadline(starts, days, unit, suspensions=spans, calendar=calendar, on=on)
    assert told.on == oracle(starts, days, unit, spans, calendar, on)
    assert told.open is any(span.ends is None for span in spans)


@settings(deadline=None)
@given(LIMITS, UNITS, suspensions(), overridden())
def test_the_rows_cover_every_day_once_and_count_up_to_the_limit(days, unit, found, calendar):
    starts, spans = found
    told = clock.deadline(starts, days, unit, suspensions=spans, calendar=calendar, on=starts + ONE * 30)
    at = starts
    for line in told.lines:
        assert line.first == at + ONE and line.last >= line.first and line.words
        at = line.last
    assert at == told.on
    assert sum(line.days for line in told.lines) == told.lines[-1].total == days
    assert told.lines[-1].kind == "counted"


@settings(deadline=None)
@given(LIMITS, UNITS, suspensions(), suspensions(), overridden())
def test_one_more_suspension_never_brings_a_deadline_forward(days, unit, found, more, calendar):
    starts, spans = found
    on = starts + ONE * 20
    before = clock.deadline(starts, days, unit, suspensions=spans, calendar=calendar, on=on)
    after = clock.deadline(starts, days, unit, suspensions=[*spans, *more[1]], calendar=calendar, on=on)
    assert after.on >= before.on


@settings(deadline=None)
@given(LIMITS, UNITS, suspensions(), st.integers(0, 30))
def test_a_higher_cap_and_a_later_end_never_bring_it_forward_either(days, unit, found, extra):
    starts, spans = found
    on = starts + ONE * 20
    longer = [
        Suspension(
            span.starts,
            span.ends and span.ends + ONE * extra,
            span.reason,
            None if span.cap is None else span.cap + extra,
        )
        for span in spans
    ]
    before = clock.deadline(starts, days, unit, suspensions=spans, on=on)
    assert clock.deadline(starts, days, unit, suspensions=longer, on=on).on >= before.on


@settings(deadline=None)
@given(LIMITS, UNITS, suspensions())
def test_the_order_in_which_suspensions_are_written_down_does_not_matter(days, unit, found):
    starts, spans = found
    on = starts + ONE * 20
    forwards = clock.deadline(starts, days, unit, suspensions=spans, on=on)
    assert clock.deadline(starts, days, unit, suspensions=spans[::-1], on=on).on == forwards.on


@settings(deadline=None)
@given(DATES, LIMITS, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_nested_suspension_adds_nothing(starts, days, before, inside, after):
    outer = Suspension(starts + ONE, starts + ONE * (1 + before + inside + after))
    inner = Suspension(starts + ONE * (1 + before), starts + ONE * (1 + before + inside))
    alone = clock.deadline(starts, days, suspensions=[outer])
    assert clock.deadline(starts, days, suspensions=[outer, inner]).on == alone.on


@settings(deadline=None)
@given(DATES, LIMITS, st.integers(0, 40), UNITS)
def test_an_open_suspension_counts_as_if_it_ended_today(starts, days, so_far, unit):
    today = starts + ONE * so_far
    still = clock.deadline(starts, days, unit, suspensions=[Suspension(starts, None)], on=today)
    ended = clock.deadline(starts, days, unit, suspensions=[Suspension(starts, today)], on=today)
    assert (still.on, still.open, ended.open) == (ended.on, True, False)


@settings(deadline=None)
@given(DATES, LIMITS, st.integers(1, 40), UNITS)
def test_a_calendar_clock_is_held_day_for_day_from_within(starts, days, held, unit):
    span = Suspension(starts, starts + ONE * held)
    plain = clock.deadline(starts, days, CALENDAR).on
    assert clock.deadline(starts, days, CALENDAR, suspensions=[span]).on == plain + ONE * held


@settings(deadline=None)
@given(DATES, LIMITS, st.integers(0, 60))
def test_what_was_suspended_before_the_clock_began_or_after_it_ended_changes_nothing(starts, days, long):
    plain = clock.deadline(starts, days)
    before = Suspension(starts - ONE * (long + 1), starts)
    after = Suspension(plain.on, plain.on + ONE * long)
    assert clock.deadline(starts, days, suspensions=[before, after]).on == plain.on


@settings(deadline=None)
@example(
    dt.date(2024, 1, 1),
    1,
    (None, [Suspension(dt.date(2023, 12, 31), dt.date(2024, 1, 2), cap=1)]),
    dt.date(2024, 1, 1),
    True,
)
@given(DATES, LIMITS, suspensions(), DATES, st.booleans())
def test_a_day_set_otherwise_moves_only_deadlines_that_cross_it(starts, days, found, set_day, working):
    spans = [span for span in found[1] if span.ends]
    own = Calendar.of([Override(set_day, working)])
    before = clock.deadline(starts, days, suspensions=spans)
    after = clock.deadline(starts, days, suspensions=spans, calendar=own)
    crossed = starts < set_day <= before.on and clock.is_working_day(set_day) is not working
    used_up = any(span.cap is not None and span.starts < set_day <= span.ends for span in spans)  # a cap counts it too
    if not crossed and not used_up:
        assert after.on == before.on
    elif crossed and not any(span.cap is not None for span in spans):
        assert after.on >= before.on if not working else after.on <= before.on


@pytest.mark.parametrize(
    ("starts", "days", "unit", "spans", "last"),
    [
        ("2026-03-02", 5, WORKING, [], "2026-03-09"),
        ("2026-03-02", 5, WORKING, [("2026-03-04", "2026-03-06", None)], "2026-03-11"),  # 5 and 6 are held
        ("2026-03-02", 5, WORKING, [("2026-03-06", "2026-03-08", None)], "2026-03-09"),  # a weekend costs nothing
        ("2026-03-02", 5, CALENDAR, [("2026-03-04", "2026-03-06", None)], "2026-03-09"),
        ("2026-03-02", 60, CALENDAR, [("2026-03-10", "2026-03-20", None)], "2026-05-11"),
        ("2026-03-02", 5, WORKING, [("2026-03-03", "2026-03-31", 3)], "2026-03-12"),  # 4, 5, 6 held, then it runs
        ("2026-03-02", 5, CALENDAR, [("2026-03-03", "2026-03-31", 3)], "2026-03-10"),
        ("2026-03-02", 5, WORKING, [("2026-03-04", "2026-03-06", None), ("2026-03-05", "2026-03-10", None)],
         "2026-03-13"),  # overlapping
        ("2026-03-02", 5, WORKING, [("2026-03-04", "2026-03-12", None), ("2026-03-05", "2026-03-06", None)],
         "2026-03-17"),  # nested
        ("2026-03-02", 5, WORKING, [("2026-03-03", "2026-03-31", 2), ("2026-03-05", "2026-03-09", None)],
         "2026-03-13"),  # a cap runs out inside another suspension
        ("2025-12-29", 5, WORKING, [("2025-12-30", "2026-01-04", None)], "2026-01-08"),  # over the year end
        ("2026-09-26", 7, CALENDAR, [], "2026-10-03"),  # a calendar limit may end on a holiday
        ("2026-03-02", 5, WORKING, [("2026-03-04", "2026-03-04", None)], "2026-03-09"),  # suspended for no day
    ],
)  # fmt: skip
def test_deadlines_a_lawyer_can_check(starts, days, unit, spans, last):
    found = [Suspension(day(first), day(end), "等待补正", cap) for first, end, cap in spans]
    assert clock.deadline(day(starts), days, unit, suspensions=found).on == day(last)


def test_a_back_dated_suspension_gives_back_the_days_it_covers():
    known = clock.deadline(day("2026-03-02"), 5, on=day("2026-03-09"))
    late = [Suspension(day("2026-03-03"), day("2026-03-06"), "现场核查")]  # written down on 9 March
    assert (known.on, clock.deadline(day("2026-03-02"), 5, suspensions=late).on) == (
        day("2026-03-09"),
        day("2026-03-12"),
    )


def test_the_explanation_names_the_holidays_and_the_reasons():
    held = [Suspension(day("2026-10-08"), day("2026-10-12"), "等待申请人补正")]
    told = clock.deadline(day("2026-09-29"), 3, suspensions=held)
    assert [(line.kind, line.first, line.last, line.days) for line in told.lines] == [
        ("counted", day("2026-09-30"), day("2026-09-30"), 1),
        ("skipped", day("2026-10-01"), day("2026-10-07"), 0),
        ("counted", day("2026-10-08"), day("2026-10-08"), 1),
        ("held", day("2026-10-09"), day("2026-10-12"), 0),
        ("counted", day("2026-10-13"), day("2026-10-13"), 1),
    ]
    assert "国庆节" in told.lines[1].words and "不计入" in told.lines[1].words
    assert told.lines[3].words == "等待申请人补正，暂停计时"
    assert told.lines[4].words == "计 1 个工作日，累计 3 个工作日"


def test_a_weekend_worked_in_exchange_is_counted_and_called_so():
    told = clock.deadline(day("2026-02-13"), 1)
    assert told.on == day("2026-02-14") and "调休上班" in told.lines[0].words


def test_a_place_that_works_or_rests_on_its_own_counts_by_its_own_days():
    flood = Calendar.of([Override(day("2026-03-04"), False, "防汛停工"), Override(day("2026-03-07"), True, "补班")])
    told = clock.deadline(day("2026-03-02"), 5, calendar=flood)
    assert told.on == day("2026-03-09")  # 3, 5, 6, the Saturday 7, 9
    assert any("防汛停工" in line.words for line in told.lines)
    assert clock.deadline(day("2026-03-02"), 5, CALENDAR, calendar=flood).on == day("2026-03-07")


def test_the_nearest_place_has_the_word_on_a_day():
    found = Calendar.of([Override(day("2026-03-04"), True, "近"), Override(day("2026-03-04"), False, "远")])
    assert found.is_working_day(day("2026-03-04"))


def test_a_year_that_is_not_announced_is_counted_and_called_an_estimate():
    year = clock.ANNOUNCED_UNTIL + 1
    told = clock.deadline(dt.date(year - 1, 12, 28), 10)
    assert told.estimated and told.on.year == year
    assert not clock.is_working_day(dt.date(year, 10, 1)) and not clock.is_working_day(dt.date(year, 5, 1))
    assert "尚未公布" in clock.OFFICIAL.version(year) and "尚未公布" not in clock.OFFICIAL.version(year - 1)
    assert not clock.deadline(dt.date(year, 3, 1), 10, CALENDAR).estimated


def test_the_version_of_a_year_says_how_many_days_the_place_set():
    own = Calendar.of([Override(day("2026-03-04"), False, "防汛停工")])
    assert "本地调整 1 天" in own.version(2026) and "本地" not in own.version(2025)


def test_the_exceptions_of_a_year_are_its_holidays_its_worked_weekends_and_the_places_own_days():
    own = Calendar.of([Override(day("2026-03-04"), False, "防汛停工")])
    found = {one.day: one for one in clock.specials(own, 2026)}
    assert found[day("2026-10-01")].name == "国庆节" and not found[day("2026-10-01")].working
    assert found[day("2026-10-10")].name == "调休上班" and found[day("2026-10-10")].working
    assert found[day("2026-03-04")].own and found[day("2026-03-04")].name == "防汛停工"
    assert day("2026-03-07") not in found  # an ordinary Saturday


@pytest.mark.parametrize(
    ("last", "on", "unit", "words"),
    [
        ("2026-03-09", "2026-03-02", WORKING, "还有 5 个工作日"),
        ("2026-03-09", "2026-03-06", WORKING, "还有 1 个工作日"),
        ("2026-03-09", "2026-03-09", WORKING, "今天到期"),
        ("2026-03-06", "2026-03-07", WORKING, "已到期"),  # over, and no working day since
        ("2026-03-06", "2026-03-10", WORKING, "已超 2 个工作日"),
        ("2026-03-06", "2026-03-10", CALENDAR, "已超 4 日"),
    ],
)
def test_the_days_left_in_words(last, on, unit, words):
    assert clock.left_words(day(last), day(on), unit) == words


def test_a_limit_of_no_days_ends_on_its_first_day():
    told = clock.deadline(day("2026-03-02"), 0)
    assert (told.on, told.lines) == (day("2026-03-02"), ())
