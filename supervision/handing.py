"""Alerts, assignments, yearly figures, when a place becomes another (`PLACE_ACT_HANDS`, `PLACE_ACT_PREVIEWS`)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from registry.models import Jurisdiction
from registry.places.acts.handing import Handing
from registry.places.acts.plan import Plan
from registry.scope import within
from supervision.models import Alert, Assignment, Entry

CARRIED = {
    "supervision.Alert.place_code": "supervision.handing.hand_on",
    "supervision.Assignment.place_code": "supervision.handing.hand_on",
    "supervision.Entry.place_code": "supervision.handing.hand_on",
}
SHOWN = 20
REASON = "区划变更，并入其他地方"


def hand_on(handing: Handing) -> None:
    """What a street was asked to do goes to the place in its place; an alert ends and the night judges the new place.

    The latest figures of a place that only got another code are figures of the new one.
    """
    if not handing.whole:
        return
    Alert.objects.open().filter(place_code=handing.before.code).update(closed_on=handing.day)
    _assignments(handing)
    if handing.alone:
        _entries(handing.before, handing.after)


def _assignments(handing: Handing) -> None:
    asked = set(Assignment.objects.open().filter(place_code=handing.after.code).values_list("parameter", flat=True))
    rows = Assignment.objects.open().filter(place_code=handing.before.code)
    rows.filter(parameter__in=asked).update(state=Assignment.State.CLOSED, closed_on=handing.day, reason=REASON)
    rows.exclude(parameter__in=asked).update(place_code=handing.after.code)


def _entries(before: Jurisdiction, after: Jurisdiction) -> None:
    known: set[str] = set()
    for entry in Entry.objects.filter(place_code=before.code, current=True).order_by("item", "-year"):
        if entry.item not in known:
            known.add(entry.item)
            source = f"沿用{before}（代码 {before.code}）：{entry.source}"[:200]
            fresh = {"value": entry.value, "source": source, "by": entry.by}
            Entry.objects.get_or_create(
                place_code=after.code, item=entry.item, year=entry.year, current=True, defaults=fresh
            )


def preview(plan: Plan, on: dt.date) -> Iterable[tuple]:
    """(label, number, names, what follows) of the open alerts and assignments of what leaves."""
    inside = within(plan.leaving)
    alerts = Alert.objects.open().filter(inside)
    yield "未解除的提醒", alerts.count(), _titles(alerts), "到生效日为止，新地方夜间重新判断"
    asked = Assignment.objects.open().filter(inside)
    yield "未结束的交办事项", asked.count(), _titles(asked), "转到新地方，重复的结束"


def _titles(rows: QuerySet) -> tuple[str, ...]:
    return tuple(title.rstrip("。") for title in rows.values_list("title", flat=True)[:SHOWN])
