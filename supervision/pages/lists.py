"""What the list behind a number and the list of alerts are given."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from registry.models import Jurisdiction, Organisation, Population
from supervision.boards import Behind
from supervision.indicators import BY_NAME
from supervision.items import BY_KEY
from supervision.models import Alert, Entry
from supervision.pages.places import crumbs, full_names


def behind(found: Behind, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/behind.html` shows."""
    query = f"?on={found.on.isoformat()}"
    back = reverse("supervision:board", args=[found.place.code]) + query
    more = urlencode(_next(found)) if found.after else ""
    names = full_names({thing.place_code for thing in found.rows if isinstance(thing, Entry)})
    return {
        "found": found,
        "place": found.place,
        "crumbs": [*crumbs(found.place, offices, query, leaf=False), {"label": found.indicator.label, "url": ""}],
        "rows": [_thing(thing, query, names) for thing in found.rows],
        "back": back,
        "heading": f"{found.place.name}{'本级' if found.own else ''}：{found.words}",
        "more": f"?{more}" if more else "",
    }


def _next(found: Behind) -> dict[str, str]:
    page = {"on": found.on.isoformat(), "side": found.side, "after": found.after}
    return page | ({"own": "1"} if found.own else {})


def _thing(thing: Any, query: str, names: dict[str, str]) -> dict[str, str]:
    """A place, an organisation, or a figure somebody entered."""
    if isinstance(thing, Organisation):
        above = thing.place.parent.name if thing.place.parent else ""
        place, about = f"{above}{thing.place.name}", thing.get_legal_form_display()
        return {"name": thing.name, "place": place, "href": thing.get_absolute_url(), "about": about}
    if isinstance(thing, Entry):
        name = names.get(thing.place_code, "已撤销的地方")
        return {"name": name, "place": "", "href": _board(thing.place_code, query), "about": _entered(thing)}
    is_place = isinstance(thing, Jurisdiction)
    place, about = (thing, thing.get_kind_display()) if is_place else (thing.place, _people(thing))
    return {"name": place.name, "place": str(place.parent or ""), "href": _board(place.code, query), "about": about}


def _board(code: str, query: str) -> str:
    return reverse("supervision:board", args=[code]) + query


def _people(counted: Population) -> str:
    return f"{counted.year}年{counted.get_kind_display()} {counted.people} 人（{counted.source}）"


def _entered(entry: Entry) -> str:
    """2025年 骨干人才数 30 人（来源）."""
    item = BY_KEY[entry.item]
    return f"{entry.year}年{item.label} {entry.value} {item.unit}（{entry.source}）"


def alerts(rows: Iterable[Alert], names: dict[str, str]) -> list[dict[str, Any]]:
    """Each alert in plain words."""
    return [
        {
            "place": names.get(alert.place_code, "已撤销的地方"),
            "href": reverse("supervision:board", args=[alert.place_code]),
            "target": reverse("supervision:target", args=[alert.place_code, alert.parameter]),
            "title": alert.title,
            "short": f"还差 {alert.gap} {BY_NAME[alert.indicator].lacks}" if alert.indicator in BY_NAME else "",
            "source": f"{alert.document} {alert.clause}",
            "since": alert.opened_on,
        }
        for alert in rows
    ]
