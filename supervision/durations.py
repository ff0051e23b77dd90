"""How long things took: exact quantiles of whole days, and the first day of a span of months. Pure."""

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True)
class Spread:
    """Of so many: half took at most `median` days, nine in ten at most `ninety`."""

    many: int
    median: int
    ninety: int


def spread(days: Counter[int]) -> Spread | None:
    """Median and 90 % of days, each a number that occurred (as `percentile_disc`); None of nothing."""
    many = days.total()
    if not many:
        return None
    return Spread(many, reached(days, HALF), reached(days, NINE_TENTHS))


def reached(days: Counter[int], share: Fraction) -> int:
    """The least number of days within which at least this share of all was done."""
    wanted, seen = share * days.total(), 0
    for number in sorted(days):
        seen += days[number]
        if seen >= wanted:
            return number
    raise ValueError("a share of nothing")


def since(on: dt.date, months: int) -> dt.date:
    """The first day of the months that end with a day: the day after the same day so many months before."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(on.day, last)) + dt.timedelta(days=1)
