"""The periods of a place that were frozen, and their tables."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from portal.templatetags.portal import moment
from registry import periods
from registry.models import Jurisdiction
from supervision.models import Statistic
from supervision.pages import crumbs
from supervision.statistics.forms import TITLES

Context = dict[str, Any]
ORDER = list(TITLES)
NIGHT = "系统自动定稿"


def shelf(place: Jurisdiction, offices: list[str], rows: Iterable[Statistic], year: str) -> Context:
    """Everything `supervision/statistics.html` shows: the periods of a year, the newest first, each with its tables."""
    newest: dict[tuple[str, str], list[Statistic]] = {}
    for row in rows:
        newest.setdefault((row.period, row.table), []).append(row)
    keys = sorted({period for period, _ in newest}, key=over, reverse=True)
    years = sorted({key[:4] for key in keys}, reverse=True)
    shown = year if year in years else years[0] if years else ""
    address = reverse("supervision:statistics", args=[place.code])
    return {
        "place": place,
        "crumbs": [*crumbs(place, offices, "", leaf=False), {"label": "统计报表", "url": ""}],
        "back": reverse("supervision:board", args=[place.code]),
        "years": [{"label": f"{one}年", "href": f"{address}?year={one}", "here": one == shown} for one in years],
        "periods": [_period(place, key, newest) for key in keys if key.startswith(shown)],
    }


def over(key: str) -> tuple[dt.date, int]:
    """By the last day; of two that end together the year stands above its last quarter."""
    return periods.read(key).last, -len(key)


def _period(place: Jurisdiction, key: str, newest: dict[tuple[str, str], list[Statistic]]) -> Context:
    tables = sorted((ORDER.index(table), rows) for (period, table), rows in newest.items() if period == key)
    return {"label": periods.read(key).label, "rows": [_line(place, rows) for _, rows in tables]}


def _line(place: Jurisdiction, rows: list[Statistic]) -> Context:
    row = max(rows, key=lambda one: one.pk)
    return {
        "title": TITLES[row.table],
        "href": reverse("supervision:statistic", args=[place.code, row.pk]),
        "at": moment(row.frozen_at),
        "by": frozen_by(row),
        "again": f"第 {len(rows)} 次定稿" if len(rows) > 1 else "",
    }


def frozen_by(row: Statistic) -> str:
    return str(row.by) if row.by else NIGHT
