"""What the page of one target is given."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.urls import reverse

from registry.policy.keys import KEYS
from supervision import figures
from supervision.boards import Figure, Held, Target
from supervision.boards.pictures import children, trend, when
from supervision.boards.target import Line
from supervision.models import Entry, Judgement
from supervision.pages import cells
from supervision.pages.board import STAGES, absent
from supervision.pages.places import crumbs, day_form, days
from supervision.targets import Status

TOLD = "数字见下面的表格。"


def target(found: Target, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/target.html` shows."""
    query, code = f"?on={found.on.isoformat()}", found.place.code
    address = reverse("supervision:target", args=[code, found.parameter.id])
    label = KEYS[found.parameter.key].label
    dues = [held.parameter.due for held in found.stages] or [found.parameter.due]
    context = {
        "found": found,
        "place": found.place,
        "form": day_form(found.on),
        "parameter": found.parameter,
        "label": label,
        "crumbs": [*crumbs(found.place, offices, query, leaf=False), {"label": label, "url": ""}],
        "days": days(address, found.on, dues),
        "back": reverse("supervision:board", args=[code]) + query,
        "wanted": figures.wanted(found.parameter),
    }
    return context | (_held(found, found.held, query) if found.held else {})


def _held(found: Target, held: Held, query: str) -> dict[str, Any]:
    root = cells.root()
    figure = held.figure
    return {
        "now": found.board.as_at if found.board else None,
        "words": held.words,
        "status": held.judgement.status.value,
        "stage": "" if held.binding else STAGES[held.judgement.timing],
        "expired": held.judgement.expired,
        "cell": cells.cell(cells.unjudged(figure, held.judgement), root, query) if figure else None,
        "missing": _missing(figure, root, query),
        "absent": absent(held, root, query),
        "sheet": reverse("supervision:sheet", args=[found.place.code]),
        "outlook": _outlook(found, query),
        "why": _why(held),
        "stages": [_stage(one, query) for one in found.stages if len(found.stages) > 1 or one.at_due],
        "changes": [_change(one, held) for one in found.changes],
        "lines": [_line(one, root, query) for one in found.lines],
        "whole": _whole(held, root, query),
        "short": [_line(one, root, query) for one in found.short],
        "formal": all(line.formal for line in found.lines if not line.figure.own),
        "trend": _trend(found),
        "pictures": _pictures(found),
        "definition": held.indicator.definition if held.indicator else "",
    }


def _outlook(found: Target, query: str) -> str:
    """Where additions would do and what is to be expected, for what is counted here."""
    if found.indicator is None:
        return ""
    return reverse("supervision:outlook", args=[found.place.code, found.parameter.id]) + query


def _whole(held: Held, root: str, query: str) -> dict[str, Any]:
    if held.figure is None:
        return {}
    return _standing(replace(held.figure, judgement=held.judgement), held.formal, root, query)


def _missing(figure: Figure | None, root: str, query: str) -> dict[str, str]:
    """Those in the base that are not among the hits: the very list of what is still to be done."""
    if figure is None or figure.indicator.lists is Entry or not figure.indicator.can_miss or figure.base <= figure.hits:
        return {}
    words = f"{figure.base - figure.hits} {figure.indicator.lacks}尚未达到"
    return {"words": words, "href": f"{root}{figure.path}{query}&side=missing"}


def _why(held: Held) -> str:
    """What changed between the due day and now: 到期以后，组织由 19 变为 20，城市社区没有变化."""
    then, now, indicator = held.at_due, held.judgement, held.indicator
    if then is None or indicator is None or Status.NO_DATA in (then.status, now.status):
        return ""
    parts = [_moved(indicator.hits_words, then.numerator or 0, now.numerator or 0)]
    if indicator.base is not None:
        parts.append(_moved(indicator.base_words, then.denominator or 0, now.denominator or 0))
    return f"到期以后，{'，'.join(parts)}。"


def _moved(words: str, then: int, now: int) -> str:
    return f"{words}没有变化（{now}）" if then == now else f"{words}由 {then} 变为 {now}"


def _stage(held: Held, query: str) -> dict[str, Any]:
    """One step of the same thing: as at its due day, and today."""
    then = held.at_due
    return {
        "due": figures.when(held.judgement),
        "href": f"?on={held.parameter.due.isoformat()}" if then and held.parameter.due else "",
        "wanted": figures.wanted(held.parameter),
        "then": _judged(held, then) if then else None,
        "now": _judged(held, held.judgement),
    }


def _judged(held: Held, judged: Any) -> dict[str, str]:
    figure = Figure(held.indicator, "", judged.numerator or 0, judged.denominator or 0) if held.indicator else None
    return {
        "state": judged.status.value,
        "word": figures.verdict(judged, formal=held.formal),
        "text": f"{figure.text}（{figure.hits}/{figure.base}）" if figure and figure.base else "",
        "short": figures.short(judged, held.lacks),
    }


def _change(kept: Judgement, held: Held) -> dict[str, Any]:
    counted = f"{kept.numerator}/{kept.denominator}" if kept.denominator else ""
    gap = f"还差 {kept.gap} {held.lacks}" if kept.gap else ""
    return {"on": kept.on, "state": kept.status, "counted": counted, "gap": gap, "cause": kept.cause}


def _line(line: Line, root: str, query: str) -> dict[str, Any]:
    return {
        "name": line.name,
        "href": "" if line.figure.own else f"{root}{line.code}/{query}",
        **_standing(line.figure, line.formal, root, query),
    }


def _standing(figure: Figure, formal: bool, root: str, query: str) -> dict[str, Any]:
    """The number, its verdict (only for reference below the level that is judged) and how many more are needed."""
    judged = figure.judgement
    return {
        "cell": cells.cell(cells.unjudged(figure, judged) if judged else figure, root, query),
        "state": judged.status.value if judged else "",
        "word": figures.verdict(judged, formal=formal) if judged else "",
        "need": _need(figure),
    }


def _need(figure: Figure) -> str:
    """还差几个, in the words of the indicator; where there is no gap to tell, why."""
    judged = figure.judgement
    if judged is None:
        return "不单独判断"
    if judged.gap is None:
        return judged.status.label
    return figures.short(judged, figure.indicator.lacks) or "不差"


def _pictures(found: Target) -> list[tuple[str, dict[str, Any]]]:
    if found.indicator is None:
        return []
    drawn = []
    if any(not line.figure.own for line in found.lines):
        drawn.append(("chart-children", children(found) | {"told": TOLD}))
    return drawn


def _trend(found: Target) -> list[tuple[str, dict[str, Any]]]:
    """The line of the last months with the table of what was counted."""
    if found.indicator is None or not found.trend:
        return []
    return [("chart-trend", trend(found) | {"table": _months(found)})]


def _months(found: Target) -> dict[str, Any]:
    columns = [{"label": "日期"}, {"label": found.indicator.short, "num": True}]
    if found.indicator.base is not None:
        columns += [
            {"label": found.indicator.hits_words, "num": True},
            {"label": found.indicator.base_words, "num": True},
        ]
    return {"columns": columns, "rows": [_month(on, figure) for on, figure in found.trend]}


def _month(on: dt.date, figure: Figure) -> list[dict[str, Any]]:
    counted = [str(figure.hits), str(figure.base)] if figure.indicator.base is not None else []
    return [{"text": when(on)}, *({"text": text, "num": True} for text in [figure.text, *counted])]
