"""Reminders of reports, 30 days before and after the day: to whoever speaks for an organisation, and to the desk."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse

from registry import codes, periods, reports
from registry.arrears import Book, narrowed, owing, spans
from registry.models import Case, Contact, Notice, Office, Organisation, Report, StandingKind, State
from registry.periods import Period
from registry.reports import ANNUAL, DUTY, PERIODIC, Owed
from registry.scope import Role

BATCH = 500
DESK = {"annual": Role.DISTRICT, "annual_sheet": Role.STREET, "periodic": Role.COMMUNITY, "duty": Role.DISTRICT}


def remind(on: dt.date) -> int:
    """Tell whoever speaks for an organisation, and the desk once with a number, 30 days before and after the day.

    Safe to run twice: a notice is unique per person, report and phase. Returns how many organisations are concerned.
    """
    book, told = Book(on), 0
    for kind in (ANNUAL, PERIODIC, DUTY):
        for period in _current(book, kind):
            told += _remind(book, kind, period)
    return told


def _current(book: Book, kind: str) -> list[Period]:
    return list({one.key: one for one in spans(book, kind) if one.last >= book.on - dt.timedelta(days=366)}.values())


def _remind(book: Book, kind: str, period: Period) -> int:
    waiting: dict[tuple[str, dt.date, str], Counter] = defaultdict(Counter)
    batch, many = [], 0
    for one, owed, phase in _due(book, kind, period):
        which = "annual_sheet" if kind == ANNUAL and one.standing != StandingKind.REGISTERED else kind
        waiting[which, owed.due, phase].update(codes.lineage(one.place_code))
        batch.append((one, owed, phase))
        many += 1
        if len(batch) == BATCH:
            _tell_applicants(batch)
            batch = []
    _tell_applicants(batch)
    for (which, due, phase), counted in waiting.items():
        _tell_desks(which, period, due, phase, counted)
    return many


def _due(book: Book, kind: str, period: Period) -> Iterator[tuple[Organisation, Owed, str]]:
    for one in narrowed(owing(book, kind, period), "missing").iterator(chunk_size=BATCH):
        owed = book.owed(one, kind, period)
        phase = periods.phase(book.on, owed.due) if owed else ""
        if owed and (phase == "soon" or (phase == "late" and owed.binding)):
            yield one, owed, phase


def _words(label: str, period: Period, due: dt.date, phase: str) -> str:
    day = f"{due:%-m月%-d日}"
    return f"{period.label}的{label}{day}前报送" if phase == "soon" else f"{period.label}的{label}已过{day}，还没有报送"


@transaction.atomic
def _tell_applicants(batch: list[tuple[Organisation, Owed, str]]) -> None:
    people = _speakers([one.pk for one, _, _ in batch])
    notices = [
        Notice(
            user_id=user,
            kind=Notice.Kind.SOON if phase == "soon" else Notice.Kind.LATE,
            key=f"report:{owed.kind}:{owed.period.key}:{phase}:{one.pk}",
            text=f"{one.name}：{_words(Report.Kind(owed.kind).label, owed.period, owed.due, phase)}"[:200],
            url=one.get_absolute_url(),
        )
        for one, owed, phase in batch
        for user in people.get(one.pk, ())
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _speakers(organisations: list[int]) -> dict[int, set[int]]:
    """Who speaks for each organisation: its contact; without one, whoever applied for it last."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, user in (
        Contact.objects.in_force().filter(organisation__in=organisations).values_list("organisation", "user")
    ):
        found[pk].add(user)
    ended = Case.objects.filter(organisation__in=organisations, state=State.APPROVED, opened_by__is_active=True)
    last = dict(ended.order_by("id").values_list("organisation", "opened_by"))
    return {pk: found.get(pk) or {user} for pk, user in last.items()} | dict(found)


def _tell_desks(which: str, period: Period, due: dt.date, phase: str, counted: Counter) -> None:
    kind = next(kind for kind, keys in reports.CASES.items() if which in keys)
    label = "年度情况表" if which == "annual_sheet" else Report.Kind(kind).label
    url = f"{reverse('registry:reports')}?kind={kind}&period={period.key}&state=missing"
    offices = Office.objects.in_force().filter(role=DESK[which], user__is_active=True, place__code__in=counted.keys())
    notices = [
        Notice(
            user_id=user,
            kind=Notice.Kind.SOON if phase == "soon" else Notice.Kind.LATE,
            key=f"report:{which}:{period.key}:{due:%m%d}:{phase}",
            text=f"{_words(label, period, due, phase)}的有 {counted[code]} 家"[:200],
            url=url,
        )
        for user, code in offices.order_by("place__code").values_list("user", "place__code").distinct()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
