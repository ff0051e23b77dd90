"""What the list behind a number and the list of alerts are given."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from registry.models import Jurisdiction, Organisation
from supervision.boards import Behind
from supervision.indicators import BY_NAME
from supervision.models import Alert
from supervision.pages.places import crumbs


def behind(found: Behind, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/behind.html` shows."""
    query = f"?on={found.on.isoformat()}"
    back = reverse("supervision:board", args=[found.place.code]) + query
    more = urlencode(_next(found)) if found.after else ""
    return {
        "found": found,
        "place": found.place,
        "crumbs": [*crumbs(found.place, offices, query, leaf=False), {"label": found.indicator.label, "url": ""}],
        "rows": [_thing(thing, query) for thing in found.rows],
        "back": back,
        "heading": f"{found.place.name}{'本级' if found.own else ''}：{found.words}",
        "more": f"?{more}" if more else "",
    }


def _next(found: Behind) -> dict[str, str]:
    page = {"on": found.on.isoformat(), "side": found.side, "after": found.after}
    return page | ({"own": "1"} if found.own else {})


def _thing(thing: Jurisdiction | Organisation, query: str) -> dict[str, str]:
    if isinstance(thing, Jurisdiction):
        href = reverse("supervision:board", args=[thing.code]) + query
        return {"name": thing.name, "place": str(thing.parent or ""), "href": href, "about": thing.get_kind_display()}
    above = thing.place.parent.name if thing.place.parent else ""
    return {
        "name": thing.name,
        "place": f"{above}{thing.place.name}",
        "href": thing.get_absolute_url(),
        "about": thing.get_legal_form_display(),
    }


def alerts(rows: Iterable[Alert], names: dict[str, str]) -> list[dict[str, Any]]:
    """Each alert in plain words."""
    return [
        {
            "place": names.get(alert.place_code, "已撤销的地方"),
            "href": reverse("supervision:board", args=[alert.place_code]),
            "title": alert.title,
            "short": f"还差 {alert.gap} {BY_NAME[alert.indicator].lacks}" if alert.indicator in BY_NAME else "",
            "source": f"{alert.document} {alert.clause}",
            "since": alert.opened_on,
        }
        for alert in rows
    ]
