"""Which days offices work. Pure: no database.

The national calendar is the State Council's with its moved days (调休), as the `holidays` library keeps it. A year the
Council has not announced yet falls back on weekdays less the holidays the library expects; whatever is counted over it
is called an estimate. A place may override single days.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import holidays
from holidays.countries.china import China, ChinaStaticHolidays

ANNOUNCED_UNTIL: int = max(
    ChinaStaticHolidays.special_public_holidays
)  # the last year whose arrangement the library knows
SOURCE = f"国务院放假安排（数据版本 {holidays.__version__}）"
DAY = dt.timedelta(days=1)
WEEKEND = "周末"


@dataclass(frozen=True)
class Override:
    """A day that a place works, or rests, otherwise than the official calendar says, and why."""

    day: dt.date
    working: bool
    reason: str = ""


@lru_cache(maxsize=64)
def _year(year: int) -> holidays.HolidayBase:
    return China(years=year, language="zh_CN")


@lru_cache(maxsize=8192)
def _worked(day: dt.date) -> bool:
    return bool(_year(day.year).is_working_day(day))


@dataclass(frozen=True)
class Calendar:
    """The days of a place: the official calendar and the place's own overrides of single days."""

    overrides: Mapping[dt.date, Override] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, overrides: Iterable[Override]) -> "Calendar":
        """The official calendar with these overrides; of two for one day the first wins."""
        found: dict[dt.date, Override] = {}
        for one in overrides:
            found.setdefault(one.day, one)
        return cls(MappingProxyType(found))

    def is_working_day(self, day: dt.date) -> bool:
        """Whether offices of the place work on a day."""
        found = self.overrides.get(day)
        return found.working if found else _worked(day)

    def name(self, day: dt.date) -> str:
        """Why a day is not what its weekday says: the holiday, the exchange, the place's reason; "" for a plain day."""
        found = self.overrides.get(day)
        if found:
            return found.reason or ("本地上班" if found.working else "本地放假")
        return official_name(day)

    def announced(self, day: dt.date) -> bool:
        """Whether the arrangement of the day's year is known; else what is counted over it is an estimate."""
        return day.year <= ANNOUNCED_UNTIL

    def version(self, year: int) -> str:
        """Which calendar this is: its source and edition, and how many days the place set itself."""
        own = sum(day.year == year for day in self.overrides)
        source = (
            f"{year}年：{SOURCE}" if year <= ANNOUNCED_UNTIL else f"{year}年：国务院尚未公布，按工作日和预计的节日估算"
        )
        return f"{source}，本地调整 {own} 天" if own else source

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(day) for day in days_after(start, end))


OFFICIAL = Calendar()


def days_after(start: dt.date, end: dt.date) -> Iterable[dt.date]:
    """The days after `start` up to and including `end`."""
    return (start + DAY * n for n in range(1, (end - start).days + 1))


def official_name(day: dt.date) -> str:
    """What the official calendar calls a day; "" for an ordinary weekday."""
    found = _year(day.year).get(day)
    if found:
        return "调休放假" if "调休" in found else found
    if day.weekday() < 5:
        return ""
    return "调休上班" if _worked(day) else WEEKEND


@dataclass(frozen=True)
class Special:
    """A day of a year that is not what its weekday says: worked or not, its name, whether the place set it itself."""

    day: dt.date
    working: bool
    name: str
    own: bool


def specials(calendar: Calendar, year: int) -> list[Special]:
    """Every day of a year that differs from its weekday or was set by the place, in order."""
    first = dt.date(year, 1, 1)
    found = []
    for day in days_after(first - DAY, dt.date(year, 12, 31)):
        working, name, own = calendar.is_working_day(day), calendar.name(day), day in calendar.overrides
        if own or name not in ("", WEEKEND):
            found.append(Special(day, working, name, own))
    return found


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on a day by the official calendar."""
    return OFFICIAL.is_working_day(day)


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end` by the official calendar; negative when reversed."""
    return OFFICIAL.working_days_between(start, end)
