"""From a limit, its first day and the suspensions to the last day, explained row by row. Pure: no database.

A clock counts from the day after it starts (行政许可法 82). A suspension holds the days after its `starts` up to and
including its `ends`; while it is open the deadline is shown as if it ended on the day asked. Overlapping suspensions
hold a day once. A cap is counted in the clock's own unit from the beginning of its suspension: what lies behind it is
counted again. Calendar days count rest days too, and a calendar limit that ends on a rest day ends on that day: no
clause of these statutes moves it, and the earlier reading never costs the applicant.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from registry.clock.calendar import DAY, OFFICIAL, WEEKEND, Calendar, days_after

WORKING, CALENDAR = "working", "calendar"
UNITS = {WORKING: "个工作日", CALENDAR: "日"}
LONGEST = 20_000  # days looked ahead before a ledger is called broken


@dataclass(frozen=True)
class Suspension:
    """The clock is held on the days in (`starts`, `ends`]; `ends` is None while it is open; `cap` the most days."""

    starts: dt.date
    ends: dt.date | None = None
    reason: str = ""
    cap: int | None = None


@dataclass(frozen=True)
class Line:
    """A row of the explanation: days of one sort in a row. `kind` is counted, skipped or held."""

    kind: str
    first: dt.date
    last: dt.date
    words: str
    days: int = 0  # how many of them count, in the unit of the clock
    total: int = 0  # counted so far


@dataclass(frozen=True)
class Deadline:
    """A last day (inclusive), whether its calendar is an estimate, whether the clock stands still, and why so."""

    on: dt.date
    estimated: bool
    open: bool = False
    lines: tuple[Line, ...] = ()


def deadline(
    starts: dt.date,
    days: int,
    unit: str = WORKING,
    *,
    suspensions: Iterable[Suspension] = (),
    calendar: Calendar = OFFICIAL,
    on: dt.date | None = None,
) -> Deadline:
    """The last day of a limit of `days` that begins on `starts`, seen on the day `on` (matters while one is open)."""
    spans = tuple(suspensions)
    held = _held(spans, unit, calendar, starts if on is None else on)
    told = list(_told(starts, days, unit, calendar, held))
    last = told[-1][0] if told else starts
    estimated = unit == WORKING and not calendar.announced(last)
    return Deadline(last, estimated, any(span.ends is None for span in spans), tuple(_lines(told, unit)))


def _held(spans: Sequence[Suspension], unit: str, calendar: Calendar, on: dt.date) -> dict[dt.date, str]:
    """The days no clock runs, each with the reason of the first suspension that holds it."""
    found: dict[dt.date, str] = {}
    for span in sorted(spans, key=lambda one: one.starts):
        for day in _spanned(span, unit, calendar, on):
            found.setdefault(day, span.reason or "暂停计时")
    return found


def _spanned(span: Suspension, unit: str, calendar: Calendar, on: dt.date) -> Iterator[dt.date]:
    left = span.cap
    for day in days_after(span.starts, on if span.ends is None else span.ends):
        counts = unit == CALENDAR or calendar.is_working_day(day)
        if left == 0 and counts:
            return
        if left is not None:
            left -= counts
        yield day


def _told(
    starts: dt.date, days: int, unit: str, calendar: Calendar, held: dict[dt.date, str]
) -> Iterator[tuple[dt.date, str, str]]:
    """Every day after the start up to the last one, with its sort and its word."""
    left = days
    for n in range(1, LONGEST):
        if left <= 0:
            return
        day = starts + DAY * n
        sort, word = _sort(day, unit, calendar, held)
        left -= sort == "counted"
        yield day, sort, word
    raise ValueError(f"期限超过 {LONGEST} 天")


def _sort(day: dt.date, unit: str, calendar: Calendar, held: dict[dt.date, str]) -> tuple[str, str]:
    if day in held:
        return "held", held[day]
    if unit == CALENDAR:
        return "counted", ""
    name = calendar.name(day)
    return ("counted", name) if calendar.is_working_day(day) else ("skipped", name or WEEKEND)


def _lines(told: Sequence[tuple[dt.date, str, str]], unit: str) -> Iterator[Line]:
    """Neighbouring days of one sort as one row; held days also by their reason."""
    total = 0
    for (sort, _), group in groupby(told, key=lambda one: (one[1], one[2] if one[1] == "held" else "")):
        days = [(day, word) for day, _, word in group]
        counted = len(days) if sort == "counted" else 0
        total += counted
        names = list(dict.fromkeys(word for _, word in days if word))
        yield Line(sort, days[0][0], days[-1][0], _words(sort, names, counted, total, unit), counted, total)


def _words(sort: str, names: list[str], counted: int, total: int, unit: str) -> str:
    if sort == "held":
        return f"{'、'.join(names)}，暂停计时"
    if sort == "skipped":
        return f"{'、'.join(names)}，不计入"
    worked = f"（含{'、'.join(names)}）" if names else ""
    return f"计 {counted} {UNITS[unit]}{worked}，累计 {total} {UNITS[unit]}"


def left(last: dt.date, on: dt.date, unit: str = WORKING, *, calendar: Calendar = OFFICIAL) -> int:
    """Days left after `on` up to the last day, in the unit; negative when the last day is over."""
    return (last - on).days if unit == CALENDAR else calendar.working_days_between(on, last)


def left_words(last: dt.date, on: dt.date, unit: str = WORKING, *, calendar: Calendar = OFFICIAL) -> str:
    """还有 3 个工作日, 今天到期, 已超 2 个工作日."""
    number = left(last, on, unit, calendar=calendar)
    if last == on:
        return "今天到期"
    if last > on:
        return f"还有 {number} {UNITS[unit]}"
    return f"已超 {-number} {UNITS[unit]}" if number else "已到期"


def after_working_days(start: dt.date, days: int) -> Deadline:
    """The last of `days` working days of the official calendar, counted from the day after `start`."""
    return deadline(start, days)


def after_calendar_days(start: dt.date, days: int) -> Deadline:
    """The last of `days` calendar days, counted from the day after `start`."""
    return deadline(start, days, CALENDAR)
