"""What the templates of the boards are given: finished words and addresses, so that no row needs a tag."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from portal.templatetags.portal import WORDS
from registry import codes
from registry.models import Jurisdiction, Organisation
from registry.models.jurisdictions import PSEUDO
from supervision import boards, figures
from supervision.boards import Board, Figure, Held, Row
from supervision.boards.lists import Behind
from supervision.indicators import BY_NAME, Indicator
from supervision.models import Alert
from supervision.targets import Status, Timing

STAGES = {Timing.PASSED: "已由后面阶段的目标接替", Timing.AHEAD: "下一阶段的目标"}


def board(found: Board, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/board.html` shows."""
    root, query = reverse("supervision:home"), f"?on={found.on.isoformat()}"
    return {
        "board": found,
        "place": found.place,
        "crumbs": crumbs(found.place, offices, query),
        "tiers": [_stat(figure, root, query) for figure in found.tiers],
        "targets": [_target(held, root, query) for held in found.held],
        "columns": _columns(found),
        "own": [_cell(figure, root, query) for figure in _shown(found)],
        "rows": [_row(row, root, query) for row in found.rows],
        "pictures": boards.pictures(found),
        "definitions": _definitions(found),
    }


def _shown(found: Board) -> list[Figure]:
    return [figure for figure in found.own if figure.indicator in found.columns]


def _columns(found: Board) -> list[Indicator]:
    return found.columns


def _stat(figure: Figure, root: str, query: str) -> dict[str, str]:
    return {"label": figure.indicator.label, "value": figure.text, "href": f"{root}{figure.path}{query}&side=hits"}


def _cell(figure: Figure, root: str, query: str) -> dict[str, str]:
    """One number of one place: its words, its two counts with the addresses of their lists, its standing."""
    address, plain = f"{root}{figure.path}{query}{'&own=1' if figure.own else ''}", figure.indicator.base is None
    cell = {
        "label": figure.indicator.label,
        "short_label": figure.indicator.short,
        "text": "" if plain else figure.text,
        "hits": str(figure.hits),
        "base": "" if plain else str(figure.base),
        "hits_href": f"{address}&side=hits",
        "base_href": f"{address}&side=base",
    }
    if figure.judgement and figure.judgement.status is not Status.NOT_APPLICABLE:
        cell["tone"], cell["word"] = WORDS[figure.judgement.status.value]
        cell["short"] = figures.short(figure.judgement, figure.indicator.lacks)
    return cell


def _row(row: Row, root: str, query: str) -> dict[str, Any]:
    href = "" if row.is_own else f"{root}{row.code}/{query}"
    return {"name": row.name, "href": href, "cells": [_cell(figure, root, query) for figure in row.figures]}


def _target(held: Held, root: str, query: str) -> dict[str, Any]:
    figure, status = held.figure, held.judgement.status
    missing = bool(figure and figure.indicator.can_miss and figure.base > figure.hits)
    return {
        **held.words,
        "label": held.label,
        "summary": held.parameter.summary,
        "source": f"{held.parameter.document} {held.parameter.clause}",
        "cell": _cell(replace(figure, judgement=None), root, query) if figure else None,
        "status": status.value,
        "stage": "" if held.binding else STAGES[held.judgement.timing],
        "assumed": held.parameter.assumed,
        "expired": held.judgement.expired,
        "reference": held.parameter.national,
        "missing": str(figure.base - figure.hits) if missing and figure else "",
        "missing_href": f"{root}{figure.path}{query}&side=missing" if missing and figure else "",
        "note": held.parameter.note,
    }


def _definitions(found: Board) -> list[dict[str, str]]:
    """How each number on the board is counted, with the clauses that ask for it."""
    asked: dict[str, list[str]] = {}
    for held in found.held:
        if held.indicator:
            asked.setdefault(held.indicator.name, []).append(f"{held.parameter.document} {held.parameter.clause}")
    return [
        {
            "label": column.label,
            "text": column.definition,
            "sources": "；".join(dict.fromkeys(asked.get(column.name, []))),
        }
        for column in found.columns
    ]


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


def crumbs(place: Jurisdiction, offices: list[str], query: str, *, leaf: bool = True) -> list[dict[str, str]]:
    """The way down to a place; only places this person may open are links."""
    way = [one for one in Jurisdiction.objects.above(place.code).order_by("level") if one.name not in PSEUDO]
    found = []
    for one in way:
        mine = any(codes.contains(held, one.code) for held in offices)
        here = leaf and one.code == place.code
        url = reverse("supervision:board", args=[one.code]) + query if mine and not here else ""
        found.append({"label": one.name, "url": url})
    return found


def full_names(wanted: Iterable[str]) -> dict[str, str]:
    """Code → name with the place above it, in one query."""
    rows = Jurisdiction.objects.filter(code__in=list(wanted)).values_list("code", "name", "parent__name")
    return {code: name if above in PSEUDO or not above else f"{above}{name}" for code, name, above in rows}


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
