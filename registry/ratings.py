"""好差评: the only writer of ratings, and the sums a desk may read.

One case is rated once, after it is closed, by whoever holds its link; nobody who handled it sees the rating itself.
Sums are of whole months that are over, by the office that decided, and only where at least `FEWEST` cases were rated:
fewer would point at single cases.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, DateField, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.clock import after_working_days
from registry.models import Case, Jurisdiction, Notice, Office, Rating, RoadKey, State
from registry.scope import Role, reach

DONE = (State.APPROVED, State.REJECTED)
LOW = 2
FEWEST = 5
MONTHS = 12
DAYS = 15  # working days in which a low rating is looked into
READERS = frozenset({Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER})
REASONS = {
    "slow": "办得慢",
    "attitude": "态度不好",
    "unclear": "没有一次说清楚",
    "repeated": "材料反复要",
    "difficult": "网上不好办",
    "other": "其他",
}


def may_rate(case: Case) -> bool:
    """Whether a case can be rated at all: decided, not withdrawn, not under way."""
    return case.state in DONE


@transaction.atomic
def rate(case: Case, level: int) -> Rating:
    """Keep one of five levels; a low one is told to the district. `OutOfTurn` too early and the second time."""
    if not may_rate(case):
        raise OutOfTurn("办结以后才能评价", code="not_closed")
    if level not in dict(Rating.LEVELS):
        raise Refusal("从五个选项里选一个", code="level")
    try:
        with transaction.atomic():
            made = Rating.objects.create(case=case, level=level)
    except IntegrityError as fault:
        raise OutOfTurn("这件事已经评价过了，谢谢", code="rated") from fault
    audit.note("rating.give", f"rating:{made.pk}", by=None, place_code=office(case), summary=case.matter)
    if level <= LOW:
        _raise(made)
    return made


@transaction.atomic
def explain(case: Case, *, reasons: list[str], text: str) -> Rating:
    """Say once what was not good. `OutOfTurn` where there is no low rating that still lacks its reasons."""
    found = Rating.objects.select_for_update(of=["self"]).filter(case=case, level__lte=LOW).first()
    if found is None or found.reasons or found.text:
        raise OutOfTurn("原因已经收到，谢谢", code="explained")
    found.reasons, found.text = [reason for reason in reasons if reason in REASONS], text[:300]
    if not found.reasons and not found.text:
        raise Refusal("勾选原因，或写一句话", code="no_reason", field="reasons")
    found.save(update_fields=["reasons", "text"])
    audit.note("rating.explain", f"rating:{found.pk}", by=None, place_code=office(case), summary=case.matter)
    return found


def office(case: Case) -> str:
    """The place whose office decided: the street for 备案, the county for 登记."""
    return _decides(case.road, case.place_code)


def _decides(road: str, place_code: str) -> str:
    level = Jurisdiction.Level.STREET if road == RoadKey.FILING else Jurisdiction.Level.COUNTY
    return next((code for code in codes.lineage(place_code) if codes.level(code) <= level), place_code)


def _raise(rating: Rating) -> None:
    """Tell the district desk, never whoever acted in the case; its leader where nobody else is left."""
    case = rating.case
    place = Jurisdiction.objects.filter(code=office(case)).first() or case.place
    text = f"{place}的“{case.matter}”收到差评（{rating.get_level_display()}），{DAYS} 个工作日内核实"[:200]
    values = {"kind": Notice.Kind.OTHER, "key": f"rating:{rating.pk}", "text": text, "url": reverse("registry:ratings")}
    told = [Notice(user_id=pk, **values) for pk in sorted(_checkers(case))]
    Notice.objects.bulk_create(told, ignore_conflicts=True)


def _checkers(case: Case) -> set[int]:
    above = Office.objects.over(case.place_code)
    handled = {case.opened_by_id, *case.steps.exclude(by=None).values_list("by", flat=True)}
    for role in (Role.DISTRICT, Role.LEADER):
        found = set(above.filter(role=role).values_list("user", flat=True)) - handled
        if found:
            return found
    return set()


@dataclass(frozen=True)
class Sum:
    """The ratings an office got in a month; `many` is None and `cells` empty where too few came in to tell."""

    place: str
    month: dt.date
    many: int | None
    cells: list[dict[str, object]]


def sums(user: User, on: dt.date) -> list[Sum]:
    """Sums of the offices in a person's reach, newest month first, for the last twelve months that are over."""
    held = [code for role, code in reach(user) if role in READERS]
    groups: dict[tuple[dt.date, str], Counter] = defaultdict(Counter)
    for month, road, code, level, many in _counted(held, on.replace(day=1)):
        key = _decides(road, code)
        if any(codes.contains(place, key) for place in held):
            groups[month, key][level] += many
    names = dict(Jurisdiction.objects.filter(code__in={code for _, code in groups}).values_list("code", "name"))
    ordered = sorted(groups.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1]))
    return [_sum(names.get(code, ""), month, levels) for (month, code), levels in ordered]


def _counted(held: list[str], before: dt.date) -> QuerySet:
    """(month, road, place code, level, how many) of the twelve months before a day."""
    year = before.replace(year=before.year - 1)
    rows = _of_places(held).filter(at__gte=_midnight(year), at__lt=_midnight(before))
    by = ("month", "case__road", "case__place_code", "level")
    grouped = rows.annotate(month=TruncMonth("at", output_field=DateField())).order_by().values_list(*by)
    return grouped.annotate(many=Count("id"))


def _of_places(held: list[str]) -> QuerySet[Rating]:
    spans = Q(pk__in=[])
    for code in held:
        start, end = codes.span(code)
        spans |= Q(case__place_code__gte=start, case__place_code__lt=end)
    return Rating.objects.filter(spans)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _sum(place: str, month: dt.date, levels: Counter) -> Sum:
    many = levels.total()
    if many < FEWEST:
        return Sum(place, month, None, [])
    return Sum(place, month, many, [{"label": label, "many": levels[level]} for level, label in Rating.LEVELS])


@dataclass(frozen=True)
class Complaint:
    """A low rating as whoever looks into it reads it: matter and place, neither case nor person."""

    place: str
    matter: str
    level: str
    reasons: list[str]
    text: str
    until: dt.date


def complaints(user: User, on: dt.date) -> list[Complaint]:
    """Low ratings of the last two months for the district desk and its leaders, without those of cases one handled."""
    held = [code for role, code in reach(user) if role in (Role.DISTRICT, Role.LEADER)]
    since = _midnight(on - dt.timedelta(days=60))
    rows = _of_places(held).filter(level__lte=LOW, at__gte=since).exclude(case__steps__by=user)
    rows = rows.exclude(case__opened_by=user).select_related("case").distinct()[:100]
    names = dict(Jurisdiction.objects.filter(code__in={office(row.case) for row in rows}).values_list("code", "name"))
    return [_complaint(row, names) for row in rows]


def _complaint(row: Rating, names: dict[str, str]) -> Complaint:
    until = after_working_days(timezone.localtime(row.at).date(), DAYS).on
    reasons = [REASONS[key] for key in row.reasons if key in REASONS]
    level = row.get_level_display()
    return Complaint(names.get(office(row.case), ""), row.case.matter, level, reasons, row.text, until)
