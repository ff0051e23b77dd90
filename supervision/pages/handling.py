"""What the page of case times is given, and the lists behind its numbers."""

from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from registry.casework import kinds
from registry.clock import UNITS
from registry.models import Case, Jurisdiction
from registry.paging import KeyPage
from supervision import durations, figures
from supervision.boards.handling import LISTS, PROMISED, STATUTORY, Handling, Kept, Span, Times
from supervision.forms.days import SpanForm
from supervision.pages.places import crumbs, full_names

Cell = dict[str, Any]
NONE = "—"
COLUMNS = ("收件", "办结", "一半用时", "九成用时", "承诺期限内", "法定期限内", "补正次数", "在办", "已超期")
ON_THE_CLOCK = ("事项", "一半用时", "九成用时", "暂停计时", "补正通知")


def handling(found: Handling, offices: list[str], *, sees_cases: bool, months: int) -> dict[str, Any]:
    """Everything `supervision/handling.html` shows. Numbers are links for who may see the cases."""
    span, keys = found.span, {kind.label: key for key, kind in kinds.every().items()}
    links = _Links(span, months, open=sees_cases)
    by_kind = [_row(name, times, links, kind=keys[name]) for name, times in found.kinds]
    return {
        "span": span,
        "place": span.place,
        "crumbs": [*crumbs(span.place, offices, f"?on={span.on}", leaf=False), {"label": "办件时限", "url": ""}],
        "back": reverse("supervision:board", args=[span.place.code]) + f"?on={span.on}",
        "stats": _stats(found.whole, links),
        "kinds": {"columns": _columns("事项"), "rows": by_kind},
        "clocks": {"columns": _plain(ON_THE_CLOCK), "rows": [_clock(*one) for one in found.kinds if one[1].decided]},
        "places": {"columns": _columns("地方"), "rows": _places(found, links) if found.rows else []},
        "picture": _picture(found),
        "withdrawn": found.whole.withdrawn,
    }


class _Links:
    """The lists behind the numbers of a span; nothing for who may not see cases."""

    def __init__(self, span: Span, months: int, *, open: bool) -> None:
        self.span, self.open = span, open
        self.asked = {"on": span.on.isoformat(), "months": str(months)}

    def to(self, which: str, code: str = "", **narrowed: str) -> str:
        if not self.open:
            return ""
        address = reverse("supervision:handled", args=[code or self.span.place.code, which])
        return f"{address}?{urlencode(self.asked | narrowed)}"


def _columns(axis: str) -> list[Cell]:
    return [{"label": axis}, *({"label": label, "num": True} for label in COLUMNS)]


def _plain(labels: tuple[str, ...]) -> list[Cell]:
    return [{"label": label} for label in labels]


def _row(name: str, times: Times, links: _Links, code: str = "", **narrowed: str) -> list[Cell]:
    def number(which: str) -> Cell:
        many = getattr(times, which)
        return {"text": str(many), "num": True, "href": links.to(which, code, **narrowed) if many else ""}

    told = durations.spread(times.took)
    days = [f"{told.median} 日内", f"{told.ninety} 日内"] if told else [NONE, NONE]
    words = [*days, _share(times.kept[PROMISED]), _share(times.kept[STATUTORY]), str(times.rounds)]
    middle = [{"text": text, "num": True} for text in words]
    return [{"text": name}, number("received"), number("decided"), *middle, number("open"), number("overdue")]


def _share(kept: Kept) -> str:
    if not kept.base:
        return NONE
    return f"{figures.percent(Fraction(*kept))}（{kept.hits}/{kept.base}）"


def _clock(name: str, times: Times) -> list[Cell]:
    """Days on the promised clock; two units where the documents of the places below differ."""
    spreads = [(UNITS[unit], one) for unit, days in sorted(times.used.items()) if (one := durations.spread(days))]
    half = "；".join(f"{one.median} {unit}内" for unit, one in spreads)
    most = "；".join(f"{one.ninety} {unit}内" for unit, one in spreads)
    rounds = f"{times.corrected} 件发过，共 {times.rounds} 次" if times.rounds else "没有"
    told = [name, half or NONE, most or NONE, f"共 {times.held} 日" if times.held else "没有", rounds]
    return [{"text": text} for text in told]


def _places(found: Handling, links: _Links) -> list[list[Cell]]:
    """The places below in code order, and last what lies at the place itself."""
    rows = [_row(child.name, times, links, child.code) for child, times in found.rows]
    for row, (child, _) in zip(rows, found.rows, strict=True):
        row[0]["href"] = _same(child, links)
    rest = found.rest
    if rest.received or rest.decided or rest.open:
        rows.append(_row(f"{found.span.place.name}本级", rest, links, own="1"))
    return rows


def _same(child: Jurisdiction, links: _Links) -> str:
    return f"{reverse('supervision:handling', args=[child.code])}?{urlencode(links.asked)}"


def _stats(times: Times, links: _Links) -> list[Cell]:
    shown = ("received", "decided", "open", "overdue", "suspended")
    return [{"label": LISTS[which][0], "value": str(getattr(times, which)), "href": links.to(which)} for which in shown]


def _picture(found: Handling) -> list[tuple[str, Cell]]:
    told = [(name, durations.spread(times.took)) for name, times in found.kinds]
    known = [(name, one) for name, one in told if one]
    if not known:
        return []
    data = {
        "title": f"{found.span.place.name}：各类事项办结用了几日（{_when(found.span)}）",
        "unit": "日",
        "axis": "事项",
        "categories": [name for name, _ in known],
        "series": [
            {"name": "一半的办件在几日内办结", "values": [one.median for _, one in known]},
            {"name": "九成的办件在几日内办结", "values": [one.ninety for _, one in known]},
        ],
        "told": "数字见下面的表格。",
    }
    return [("chart-handling", data)]


def _when(span: Span) -> str:
    return f"{figures.day(span.since)}至{figures.day(span.on)}"


def handled(span: Span, which: str, page: KeyPage, offices: list[str], form: SpanForm) -> dict[str, Any]:
    """Everything `supervision/handled.html` shows: the cases behind one number."""
    query = urlencode({"on": span.on.isoformat(), "months": form.cleaned_data["months"]})
    back = f"{reverse('supervision:handling', args=[span.place.code])}?{query}"
    way, label = crumbs(span.place, offices, f"?on={span.on}", leaf=False), LISTS[which][0]
    names = full_names({case.place_code for case in page.rows})
    return {
        "place": span.place,
        "span": span,
        "label": label,
        "page": page,
        "back": back,
        "crumbs": [*way, {"label": "办件时限", "url": back}, {"label": label, "url": ""}],
        "rows": [_case(case, names) for case in page.rows],
    }


def _case(case: Case, names: dict[str, str]) -> Cell:
    return {
        "name": case.name or "未命名组织",
        "href": case.get_absolute_url(),
        "matter": case.matter,
        "number": case.number or "",
        "place": names.get(case.place_code, ""),
        "state": case.state,
        "word": case.get_state_display(),
        "received": case.submitted_at,
        "closed": case.closed_at,
    }
