"""What the page of the five reductions is given."""

from typing import Any

from django.urls import reverse

from registry import codes
from registry.clock import UNITS
from registry.models import Jurisdiction
from supervision import figures
from supervision.boards.reductions import REDUCED, Line, Reduction, Reductions, Verdict
from supervision.pages.places import crumbs, door

WORDS = {Verdict.LESS: "已减少", Verdict.NOT_LESS: "没有减少", Verdict.NO_DATA: "未录入改革前的数字"}
TONES = {Verdict.LESS: "met", Verdict.NOT_LESS: "not_met", Verdict.NO_DATA: "no_data"}
COLUMNS = ("事项", "环节", "材料", "其中证照", "承诺时限", "时限依据")


def _about(place: Jurisdiction, offices: list[str], on: Any) -> dict[str, Any]:
    query = f"?on={on.isoformat()}"
    return {
        "place": place,
        "on": on,
        "crumbs": [*crumbs(place, offices, query, leaf=False), {"label": "办事“五减”", "url": ""}],
        "back": reverse("supervision:board", args=[place.code]) + query,
    }


def reductions(found: Reductions, place: Jurisdiction, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/reductions.html` shows of a county; `place` is where the person came from."""
    mine = any(codes.contains(held, found.place.code) for held in offices)
    missing = any(one.before is None for one in found.five)
    return _about(place, offices, found.on) | {
        "county": found.place,
        "five": [_five(one) for one in found.five],
        "clause": f"{found.clause.document} {found.clause.clause}" if found.clause else "",
        "summary": found.clause.summary if found.clause else "",
        "sheet": door("supervision:sheet", found.place.code) if missing and mine else "",
        "kinds": {"columns": _columns(), "rows": [_row(line) for line in found.lines]},
        "picture": _picture(found),
    }


def _columns() -> list[dict[str, Any]]:
    return [{"label": label, "num": at > 0} for at, label in enumerate(COLUMNS)]


def _five(one: Reduction) -> dict[str, str]:
    unit = one.item.unit
    return {
        "label": REDUCED[one.key],
        "now": f"{one.now} {unit}",
        "before": f"{one.before.value} {unit}" if one.before else "",
        "source": f"{one.before.year}年，{one.before.source}" if one.before else "",
        "state": TONES[one.verdict],
        "word": WORDS[one.verdict],
        "less": f"减少 {one.before.value - one.now} {unit}" if one.before and one.verdict == Verdict.LESS else "",
    }


def _row(line: Line) -> list[dict[str, Any]]:
    days = f"{line.days} {UNITS[line.unit]}" if line.days else "没有承诺"
    told = [str(line.steps), str(line.materials), str(line.certificates), days, line.source]
    return [{"text": line.label}, *({"text": text} for text in told)]


def _picture(found: Reductions) -> list[tuple[str, dict[str, Any]]]:
    """Then and now side by side; only where all five were entered, for half a picture shows nothing."""
    if any(one.before is None for one in found.five):
        return []
    data = {
        "title": f"{found.place.name}：改革前和现在（{figures.day(found.on)}）",
        "unit": "",
        "axis": "五减",
        "categories": [REDUCED[one.key] for one in found.five],
        "series": [
            {"name": "改革前", "values": [one.before.value for one in found.five if one.before]},
            {"name": "现在", "values": [one.now for one in found.five]},
        ],
        "told": "数字见下面的表格。",
    }
    return [("chart-reductions", data)]


def above(
    place: Jurisdiction, on: Any, rows: list[tuple[Jurisdiction, tuple[int, int]]], offices: list[str]
) -> dict[str, Any]:
    """Above the county: how many counties have entered what was before, place by place in code order."""
    query = f"?on={on.isoformat()}"
    table = [
        [
            {"text": child.name, "href": reverse("supervision:reductions", args=[child.code]) + query},
            {"text": f"{done}/{of}", "num": True},
        ]
        for child, (done, of) in rows
    ]
    columns = [{"label": "地方"}, {"label": "五项都已录入改革前数字的区县", "num": True}]
    return _about(place, offices, on) | {"places": {"columns": columns, "rows": table}}
