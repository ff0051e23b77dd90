"""What is told about assignments: to the people of the street, to the officers of the district, and how often."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from registry import codes
from registry.models import Notice, Office
from registry.scope import Role
from supervision.models import Assignment

BATCH = 500


def call(opened: Iterable[Assignment], on: dt.date) -> None:
    """Tell the people of each street of what was opened for it, once."""
    rows = list(opened)
    people = _people({one.place_code for one in rows}, Role.STREET, on)
    told = [_notice(user, one, "open", f"新的交办：{one.title}") for one in rows for user in people[one.place_code]]
    Notice.objects.bulk_create(told, BATCH, ignore_conflicts=True)


def tell_answer(one: Assignment) -> None:
    """Tell the officers of the district that the street has answered; each time it says something new."""
    moment = f"answer:{one.answered_at:%y%m%d%H%M%S}" if one.answered_at else "answer"
    _tell(one, Role.DISTRICT, moment, f"交办已回复：{one.title}")


def tell_end(one: Assignment) -> None:
    """Tell the people of the street that the district has ended it."""
    _tell(one, Role.STREET, "end", f"交办已结束：{one.title}")


def _tell(one: Assignment, role: str, event: str, text: str) -> None:
    people = _people({one.place_code}, role, timezone.localdate())[one.place_code]
    told = [_notice(user, one, event, text) for user in people]
    Notice.objects.bulk_create(told, BATCH, ignore_conflicts=True)


def _people(places: set[str], role: str, on: dt.date) -> dict[str, set[int]]:
    """Who holds a role over each of some places, there or above, in one statement for many hundred places."""
    held: dict[str, set[int]] = {}
    ordered = sorted({code for place in places for code in codes.lineage(place)})
    for start in range(0, len(ordered), BATCH):
        rows = Office.objects.in_force(on).filter(role=role, user__is_active=True)
        rows = rows.filter(place__code__in=ordered[start : start + BATCH]).order_by()
        for code, user in rows.values_list("place__code", "user"):
            held.setdefault(code, set()).add(user)
    return {place: set().union(*(held.get(code, set()) for code in codes.lineage(place))) for place in places}


def _notice(user: int, one: Assignment, event: str, text: str) -> Notice:
    url, key = reverse("supervision:assignment", args=[one.pk]), f"assignment:{one.pk}:{event}"
    return Notice(user_id=user, kind=Notice.Kind.OTHER, key=key, text=text[:200], url=url)
