"""What the overview of a place is given: finished words and addresses, so that no row needs a tag."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from registry import codes
from registry.models import Jurisdiction
from supervision import appraisals, boards, counts
from supervision.boards import Board, Held, Row, themes
from supervision.boards.themes import THEMES, Theme
from supervision.indicators import Indicator
from supervision.pages import cells
from supervision.pages.places import crumbs, day_form, days
from supervision.targets import Status, Timing

DOORS = (
    ("组织构成", "mix"),
    ("办件时限", "handling"),
    ("办事“五减”", "reductions"),
    ("数据缺口", "gaps"),
    ("年度基础数据", "sheet"),
    ("统计报表", "statistics"),
    ("政策测算", "trial"),
)
STAGES = {Timing.PASSED: "已由后面阶段的目标接替", Timing.AHEAD: "下一阶段的目标"}
TOLD = (Status.NOT_MET, Status.BASICALLY_MET, Status.MET, Status.NO_DATA, Status.TREND, Status.NOT_APPLICABLE)


def board(found: Board, offices: list[str], theme: str = "") -> dict[str, Any]:
    """Everything `supervision/board.html` shows; `theme` chooses the columns of the places below."""
    code, root, query = found.place.code, cells.root(), f"?on={found.on.isoformat()}"
    address = reverse("supervision:board", args=[code])
    by_theme = themes.columns(found)
    chosen, tabs = _tabs(by_theme, theme, address + query)
    shown = [column for column in found.columns if by_theme.get(column.name) is chosen]
    far = [held for held in found.held if reference(found, held)]
    now = [held for held in found.held if held.binding and held not in far]
    apart = [held for held in [*now, *far] if held.judgement.status is Status.NOT_APPLICABLE]
    return {
        "board": found,
        "place": found.place,
        "form": day_form(found.on),
        "now": found.as_at,
        "mended": counts.mended(found.place),
        "crumbs": crumbs(found.place, offices, query),
        "days": days(address, found.on, (held.parameter.due for held in found.held)),
        "tiers": [cells.stat(figure, root, query) for figure in found.tiers],
        "tally": tally(now),
        "groups": _groups([held for held in now if held not in apart], code, root, query),
        "reference": [_target(held, code, root, query) for held in far if held not in apart],
        "apart": [_target(held, code, root, query) for held in apart],
        "stages": [_target(held, code, root, query) for held in found.held if held not in [*now, *far]],
        "tabs": tabs if len(tabs) > 1 else [],
        "columns": shown,
        "own": [cells.cell(figure, root, query) for figure in found.own if figure.indicator in shown],
        "rows": [_row(row, found, shown, root, query) for row in found.rows if _tells(row, shown)],
        "pictures": _pictures(found, shown),
        "definitions": definitions(found, found.columns),
        "doors": _doors(code, offices, query),
        "wall": reverse("supervision:wall", args=[code]),
    }


def reference(found: Board, held: Held) -> bool:
    """A national target is a line of reference everywhere but on the board of the nation (requirements C1)."""
    return held.parameter.national and found.place.level > 0


def _doors(code: str, offices: list[str], query: str) -> list[dict[str, str]]:
    """The other pages of a place; trials of policies are for counties and above."""
    found = [door for door in DOORS if door[1] != "trial" or codes.level(offices[0]) <= Jurisdiction.Level.COUNTY]
    if appraisals.named(code):
        found.append(("考核单", "scorecard"))
    return [{"label": label, "href": reverse(f"supervision:{name}", args=[code]) + query} for label, name in found]


def _tabs(by_theme: dict[str, Theme], theme: str, address: str) -> tuple[Theme, list[dict[str, Any]]]:
    """The theme that is shown, and a link for each one with columns."""
    there = [one for one in THEMES if one in by_theme.values()]
    chosen = next((one for one in there if one.slug == theme), there[0] if there else THEMES[0])
    links = [{"label": one.label, "href": f"{address}&theme={one.slug}#below", "here": one is chosen} for one in there]
    return chosen, links


def _pictures(found: Board, shown: list[Indicator]) -> list[tuple[str, dict[str, Any]]]:
    return [(key, data | {"told": "数字见“下级各地”的表格。"}) for key, data in boards.pictures(found, shown)]


def tally(now: Iterable[Held]) -> list[dict[str, str]]:
    """How many of the targets stand how, in a fixed order."""
    many = Counter(held.judgement.status for held in now)
    return [{"state": status.value, "label": f"{status.label} {many[status]} 项"} for status in TOLD if many[status]]


def _groups(now: Iterable[Held], code: str, root: str, query: str) -> list[dict[str, Any]]:
    """The targets by theme, the nearest document first; themes without a target are left out."""
    by_theme: dict[Theme, list[Held]] = {}
    for held in now:
        by_theme.setdefault(themes.of(held.parameter.key), []).append(held)
    return [
        {"label": theme.label, "targets": [_target(held, code, root, query) for held in by_theme[theme]]}
        for theme in THEMES
        if theme in by_theme
    ]


def _target(held: Held, code: str, root: str, query: str) -> dict[str, Any]:
    figure = held.figure
    return {
        **held.words,
        "label": held.label,
        "href": reverse("supervision:target", args=[code, held.parameter.id]) + query,
        "source": f"{held.parameter.document} {held.parameter.clause}",
        "cell": cells.cell(cells.unjudged(figure, held.judgement), root, query) if figure else None,
        "status": held.judgement.status.value,
        "stage": "" if held.binding else STAGES[held.judgement.timing],
        "assumed": held.parameter.assumed,
        "expired": held.judgement.expired,
        "absent": absent(held, root, query),
    }


def absent(held: Held, root: str, query: str) -> dict[str, str]:
    """How many places have not entered their figure, and the list of them, where that leaves no verdict."""
    figure = held.figure
    if figure is None or not figure.missing or held.judgement.status is not Status.NO_DATA:
        return {}
    return {"many": str(figure.missing), "href": f"{root}{figure.path}{query}&side=absent"}


def _tells(row: Row, shown: list[Indicator]) -> bool:
    """The own level is a row only where something of what is shown stands there."""
    return not row.is_own or any(one.hits or one.base for one in row.figures if one.indicator in shown)


def _row(row: Row, found: Board, shown: list[Indicator], root: str, query: str) -> dict[str, Any]:
    figures = [figure for column, figure in zip(found.columns, row.figures, strict=True) if column in shown]
    href = "" if row.is_own else f"{root}{row.code}/{query}"
    return {"name": row.name, "href": href, "cells": [cells.cell(figure, root, query) for figure in figures]}


def definitions(found: Board, shown: Iterable[Indicator]) -> list[dict[str, str]]:
    """How each number shown is counted, with the clauses that ask for it."""
    asked: dict[str, list[str]] = {}
    for held in found.held:
        if held.indicator:
            asked.setdefault(held.indicator.name, []).append(f"{held.parameter.document} {held.parameter.clause}")
    return [
        {"label": one.label, "text": one.definition, "sources": "；".join(dict.fromkeys(asked.get(one.name, [])))}
        for one in shown
    ]
