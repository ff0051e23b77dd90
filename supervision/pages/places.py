"""Where a page stands: the way down to its place, the days it can be turned to."""

import datetime as dt
from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from registry import codes
from registry.codes import NATION
from registry.models import Jurisdiction
from registry.models.jurisdictions import PSEUDO
from supervision import figures
from supervision.forms.days import DayForm

Crumbs = list[dict[str, str]]


def crumbs(place: Jurisdiction, offices: list[str], query: str, *, leaf: bool = True) -> Crumbs:
    """The way down to a place; only places this person may open are links, the nation only for who holds it."""
    wanted = codes.lineage(place.code) + ([NATION] if NATION in offices else [])
    way = Jurisdiction.objects.filter(code__in=wanted).order_by("level")
    found = []
    for one in (one for one in way if one.name not in PSEUDO):
        mine = any(codes.contains(held, one.code) for held in offices)
        here = leaf and one.code == place.code
        url = reverse("supervision:board", args=[one.code]) + query if mine and not here else ""
        found.append({"label": one.name, "url": url})
    return found


def full_names(wanted: Iterable[str]) -> dict[str, str]:
    """Code → name with the place above it, in one query."""
    rows = Jurisdiction.objects.filter(code__in=list(wanted)).values_list("code", "name", "parent__name")
    return {code: name if above in PSEUDO or not above else f"{above}{name}" for code, name, above in rows}


def days(address: str, on: dt.date, dues: Iterable[dt.date | None]) -> list[dict[str, str | bool]]:
    """Quick links: today, and the due days that are over, the newest first."""
    today = timezone.localdate()
    over = sorted({due for due in dues if due and due <= today}, reverse=True)
    links = [(today, "今天"), *((due, figures.day(due)) for due in over if due != today)]
    return [{"label": label, "href": f"{address}?on={day.isoformat()}", "here": day == on} for day, label in links]


def day_form(on: dt.date) -> DayForm:
    """The question for another day, filled with the day that is shown."""
    form = DayForm({"on": on.isoformat()})
    form.fields["on"].mark = "none"
    return form


def door(name: str, *args: str) -> str:
    """The address of a page, "" where this portal does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
