"""好差评: the only writer of ratings, and the sums a desk may read.

One case is rated once, after it is closed, by whoever holds its link; nobody who handled it sees the rating itself.
Sums are of whole months that are over, by the office that decided, and only where at least `FEWEST` cases were rated:
fewer would point at single cases.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, DateField, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import codes, events, reviews
from registry.models import Case, Jurisdiction, Rating, State
from registry.reviews import LOW, decides, office
from registry.scope import Role, reach

DONE = (State.APPROVED, State.REJECTED)
FEWEST = 5
MONTHS = 12
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
def rate(case: Case, level: int, *, reasons: Iterable[str] = (), text: str = "", by: User | None = None) -> Rating:
    """Keep one of five levels; a low one may say why and opens a review. `OutOfTurn` too early and the second time."""
    if not may_rate(case):
        raise OutOfTurn("办结以后才能评价", code="not_closed")
    if level not in dict(Rating.LEVELS):
        raise Refusal("从五个选项里选一个", code="level", field="level")
    why = [key for key in REASONS if key in set(reasons)]
    if why and level > LOW:
        raise Refusal("只有不满意和非常不满意才说原因", code="reasons_of_a_good_rating", field="reasons")
    try:
        with transaction.atomic():
            made = Rating.objects.create(case=case, level=level, reasons=why, text=text[:300])
    except IntegrityError as fault:
        raise OutOfTurn("这件事已经评价过了，谢谢", code="rated") from fault
    events.rated(case, place_code=office(case))
    audit.note("rating.give", f"rating:{made.pk}", by=by, place_code=office(case), summary=case.matter)
    if level <= LOW:
        reviews.open_for(made)
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
        key = decides(road, code)
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
