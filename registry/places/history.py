"""What places were called on a day, and what has changed about one of them."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count

from portal.models import AuditEvent
from registry.models import Jurisdiction, PlaceChange
from registry.places.survey import BY_HAND

CLASSES = dict(Jurisdiction.AreaClass.choices)
KINDS = dict(Jurisdiction.Kind.choices)
DATES = ("starts", "ends")


def names_then(places: Iterable[Jurisdiction], day: dt.date) -> dict[int, str]:
    """The name of each place on a day, by id; two queries at most, whatever the number of places."""
    found = {place.pk: place.name for place in places}
    later = PlaceChange.objects.filter(field="name", on__gt=day, place__in=list(found)).order_by("-on", "-id")
    found.update(later.values_list("place_id", "before"))  # the earliest change after the day comes last and stays
    return found


def communities(place: Jurisdiction, day: dt.date) -> dict[str, int]:
    """How many communities stand in a place on a day: `total`, `urban`, `rural`."""
    rows = Jurisdiction.objects.within(place.code).communities().standing_on(day).classed(day)
    numbers = dict(rows.order_by().values_list("class_then").annotate(Count("id")))
    return {"total": sum(numbers.values()), "urban": numbers.get("urban", 0), "rural": numbers.get("rural", 0)}


def changes(place: Jurisdiction) -> list[dict]:
    """The dated changes of a place in words, newest first: {on, label, before, after, source}."""
    rows = place.changes.order_by("-on", "-id")
    parents = [code for row in rows if row.field == "parent" for code in (row.before, row.after)]
    words = dict(Jurisdiction.objects.filter(code__in=parents).values_list("code", "name"))
    return [
        {
            "on": row.on,
            "label": row.get_field_display(),
            "before": _word(row.field, row.before, words),
            "after": _word(row.field, row.after, words),
            "source": row.source.removeprefix(BY_HAND),
        }
        for row in rows
    ]


def last_change(place: Jurisdiction) -> int:
    """What a form remembers of the place it was opened on: the number of its newest change, 0 for none."""
    return place.changes.order_by("-id").values_list("id", flat=True).first() or 0


def last_editor(place: Jurisdiction) -> AuditEvent | None:
    """The newest line of the audit trail about a place."""
    return AuditEvent.objects.filter(subject=subject(place)).select_related("by").first()


def subject(place: Jurisdiction) -> str:
    """How the audit trail names a place."""
    return f"place:{place.code}"


def _word(field: str, value: str, names: dict[str, str]) -> str:
    if field == "area_class":
        return CLASSES.get(value, value)
    if field == "kind":
        return KINDS.get(value, value)
    if field == "parent":
        return names.get(value, value)
    if field in DATES and value:
        return f"{dt.date.fromisoformat(value):%Y年%-m月%-d日}"
    return value or "无"
