"""The days on which limits are up, counted from the ledger and copied to clocks and cases for lists.

One case when it moves, many at once when a calendar changes or a night passes.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from registry import clock
from registry.models import CalendarDay, Case, Clock, Interval

PUT_IN_COPY = {Clock.Scope.STATUTORY: "limit_on", Clock.Scope.PROMISED: "promised_on", Clock.Scope.STAGE: "due_on"}
BATCH = 500


def refresh(case: Case, *, on: dt.date) -> None:
    """Recompute the days of a case from its ledger and copy them to the case (not saved here)."""
    clocks = list(case.clocks.running())
    spans = suspensions(case.intervals.holding())
    calendar = CalendarDay.objects.calendar(case.place_code)
    for found in clocks:
        _set(found, spans, calendar, on)
    Clock.objects.bulk_update(clocks, ["due_on", "estimated"])
    _copy(case, clocks)


def suspensions(rows: Iterable[Interval]) -> list[clock.Suspension]:
    """The rows of the ledger as the pure clock knows them."""
    return [clock.Suspension(row.starts, row.ends, row.reason or row.get_cause_display(), row.cap) for row in rows]


def _set(found: Clock, spans: Sequence[clock.Suspension], calendar: clock.Calendar, on: dt.date) -> None:
    last = clock.deadline(found.starts, found.days, found.unit, suspensions=spans, calendar=calendar, on=on)
    found.due_on, found.estimated = last.on, last.estimated


def _copy(case: Case, clocks: Iterable[Clock]) -> None:
    case.due_on = None
    for found in clocks:
        if found.scope != Clock.Scope.STAGE or not case.is_closed:
            setattr(case, PUT_IN_COPY[found.scope], found.due_on)


@transaction.atomic
def recount(clocks: QuerySet[Clock], *, on: dt.date) -> int:
    """Recompute the running clocks of many cases, a fixed number of queries for each five hundred; how many cases."""
    touched = sorted(set(clocks.running().values_list("case", flat=True)))
    calendars: dict[str, clock.Calendar] = {}
    for at in range(0, len(touched), BATCH):
        some = Case.objects.select_for_update(of=("self",)).filter(pk__in=touched[at : at + BATCH])
        _recount(list(some.order_by("pk")), calendars, on)
    return len(touched)


def _recount(cases: list[Case], calendars: dict[str, clock.Calendar], on: dt.date) -> None:
    clocks, held = _by_case(Clock.objects.running(), cases), _by_case(Interval.objects.holding(), cases)
    for case in cases:
        if case.place_code not in calendars:
            calendars[case.place_code] = CalendarDay.objects.calendar(case.place_code)
        spans = suspensions(held.get(case.pk, []))
        for found in clocks.get(case.pk, []):
            _set(found, spans, calendars[case.place_code], on)
        _copy(case, clocks.get(case.pk, []))
    Clock.objects.bulk_update([one for rows in clocks.values() for one in rows], ["due_on", "estimated"])
    Case.objects.bulk_update(cases, list(PUT_IN_COPY.values()))


def _by_case(rows: QuerySet, cases: list[Case]) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows.filter(case__in=cases):
        found.setdefault(row.case_id, []).append(row)
    return found


def roll(on: dt.date) -> int:
    """Carry the days of suspended cases forward to today, and count again what rests on an estimated calendar."""
    paused = Clock.objects.filter(case__in=Interval.objects.standing().values("case"))
    return recount(paused | Clock.objects.filter(estimated=True), on=on)
