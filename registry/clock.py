"""Counting days. Pure: no database.

Working days follow the official calendar of the State Council with its moved days (调休), as the
`holidays` library keeps it; a year the Council has not announced yet is an estimate and is called so.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import holidays

ANNOUNCED_UNTIL = 2026


@lru_cache(maxsize=32)
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.China(years=year)


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on a day: weekdays less public holidays, plus weekends worked in exchange."""
    return _calendar(day.year).is_working_day(day)


@dataclass(frozen=True)
class Deadline:
    """A last day (inclusive) and whether its calendar is announced or estimated."""

    on: dt.date
    estimated: bool


def after_working_days(start: dt.date, days: int) -> Deadline:
    """The last of `days` working days, counted from the day after `start` (行政许可法 82)."""
    day, left = start, days
    while left > 0:
        day += dt.timedelta(days=1)
        left -= is_working_day(day)
    return Deadline(day, estimated=day.year > ANNOUNCED_UNTIL)


def after_calendar_days(start: dt.date, days: int) -> Deadline:
    """The last of `days` calendar days, counted from the day after `start`."""
    return Deadline(start + dt.timedelta(days=days), estimated=False)


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))
