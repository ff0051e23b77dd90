"""Working days by the official calendar with its moved days, and days that are simply days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import clock

day = dt.date.fromisoformat
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        ("2026-02-13", True),  # Friday before the spring festival
        ("2026-02-14", True),  # a Saturday worked in exchange
        ("2026-02-15", False),  # the holiday begins
        ("2026-02-16", False),
        ("2026-02-23", False),  # a Monday, still a holiday
        ("2026-02-24", True),
        ("2026-02-28", True),  # a Saturday worked in exchange
        ("2026-03-01", False),  # an ordinary Sunday
        ("2026-01-01", False),
        ("2026-01-02", False),  # a Friday given in exchange
        ("2026-01-04", True),  # for this Sunday
        ("2025-09-28", True),  # a Sunday worked for the national day
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2025-10-11", True),  # a Saturday worked in exchange
    ],
)
def test_offices_work_when_the_state_council_says_so(on, worked):
    assert clock.is_working_day(day(on)) is worked


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # over an ordinary weekend
        ("2026-03-06", 1, "2026-03-09"),  # counted from the day after
        ("2026-09-29", 5, "2026-10-12"),  # over the national day: 30; 8, 9, 10 (a Saturday worked), 12
        ("2025-09-29", 5, "2025-10-13"),  # 30; 9, 10, 11 (a Saturday worked), 13
        ("2026-02-12", 3, "2026-02-24"),  # 13, 14 (a Saturday worked), 24
        ("2025-12-30", 2, "2026-01-04"),  # 31, then the Sunday worked in the new year
        ("2026-03-07", 1, "2026-03-09"),  # begun on a Saturday
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_the_last_of_so_many_working_days(start, days, last):
    assert clock.after_working_days(day(start), days).on == day(last)


def test_a_year_that_is_not_announced_is_called_an_estimate():
    assert not clock.after_working_days(day("2026-12-01"), 5).estimated
    assert clock.after_working_days(day("2026-12-28"), 10).estimated
    assert not clock.after_calendar_days(day("2027-12-01"), 5).estimated


def test_calendar_days_count_holidays_and_leap_days():
    assert clock.after_calendar_days(day("2026-09-28"), 7).on == day("2026-10-05")
    assert clock.after_calendar_days(day("2024-02-28"), 2).on == day("2024-03-01")


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_a_working_day_with_exactly_so_many_between(start, days):
    last = clock.after_working_days(start, days).on
    assert clock.is_working_day(last)
    assert clock.working_days_between(start, last) == days


@given(DAYS, DAYS)
def test_days_between_turn_their_sign_with_their_order(first, second):
    assert clock.working_days_between(first, second) == -clock.working_days_between(second, first)
