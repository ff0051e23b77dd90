"""The periods reports are for, and the day each is due. Pure: no database.

A period is named by year, half-year or quarter: "2025", "2025H2", "2025Q3". Only periods that are over are reported on.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

YEAR, HALF, QUARTER = 12, 6, 3  # months
LONGEST = ((92, QUARTER), (184, HALF))  # a cadence of at most so many days asks for a report each so many months
NAMED = re.compile(r"(\d{4})(?:([HQ])([1-4]))?")
HALVES = {1: "上半年", 2: "下半年"}


@dataclass(frozen=True)
class Period:
    """A stretch of whole months: the key it is stored under, its word, its first and last day."""

    key: str
    label: str
    first: dt.date
    last: dt.date


def read(key: str) -> Period:
    """The period of a key; ValueError for anything else."""
    found = NAMED.fullmatch(key)
    if not found or (found[2] == "H" and int(found[3]) > 2) or int(found[1]) < 1900:
        raise ValueError(f"no period: {key}")
    months = {"H": HALF, "Q": QUARTER}.get(found[2], YEAR)
    return _period(int(found[1]), months, int(found[3] or 1))


def months_of(cadence: int) -> int:
    """How many months a report covers where one is asked for at least every `cadence` days."""
    return next((months for days, months in LONGEST if cadence <= days), YEAR)


def before(on: dt.date, months: int = YEAR) -> Period:
    """The last period of so many months that was over on a day: on 31 December still the year before."""
    turn = (on.month - 1) // months
    return _period(on.year, months, turn) if turn else _period(on.year - 1, months, YEAR // months)


def _period(year: int, months: int, turn: int) -> Period:
    first, last = months * (turn - 1) + 1, months * turn
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    key, label = {
        YEAR: (f"{year}", f"{year}年度"),
        HALF: (f"{year}H{turn}", f"{year}年{HALVES.get(turn, '')}"),
        QUARTER: (f"{year}Q{turn}", f"{year}年第{turn}季度"),
    }[months]
    return Period(key, label, dt.date(year, first, 1), end)


def due_by_date(period: Period, monthday: str) -> dt.date:
    """The last day (inclusive) named as "05-31", in the year after the period; 02-29 is the last of February."""
    month, day = map(int, monthday.split("-"))
    year = period.last.year + 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def due_by_days(period: Period, days: int) -> dt.date:
    """The last of so many calendar days after the period."""
    return period.last + dt.timedelta(days=days)


def late(filed: dt.date, due: dt.date) -> bool:
    """Whether something handed in on a day was late; on the due day it is not."""
    return filed > due


BEFORE = 30  # days before and after the due day on which people are reminded


def phase(on: dt.date, due: dt.date) -> str:
    """Where a day lies: "soon" from 30 days before up to the due day, "late" for 30 days after it, else ""."""
    left = (due - on).days
    if 0 <= left <= BEFORE:
        return "soon"
    return "late" if -BEFORE <= left < 0 else ""
