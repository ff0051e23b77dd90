"""The contents of the fixed tables of a place and a period, ready to be frozen."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from registry import codes
from registry.models import Jurisdiction
from registry.models.jurisdictions import PSEUDO
from registry.periods import Period
from registry.places import history
from supervision import boards, figures
from supervision.boards import Held
from supervision.statistics.content import Content
from supervision.statistics.forms import FORMS, SOURCES, TARGETS, TITLES, Column, Form, cells
from supervision.statistics.tally import Row, Tally, tally
from supervision.targets import Status

ASKED = (
    ("summary", "内容"),
    ("wanted", "要求"),
    ("value", "现状"),
    ("verdict", "结论"),
    ("short", "还差"),
    ("when", "期限"),
    ("source", "依据"),
)
EXACT = "“以上”“不少于”含本数；期限当天仍算在期限之内；平均数和比例只舍不入，分子和分母是准确数。"


def contents(place: Jurisdiction, period: Period) -> dict[str, Content]:
    """Table key → content, for every fixed table."""
    counted = tally(place, period)
    found = {form.key: _of_places(form, counted, place, period) for form in FORMS}
    return found | {TARGETS: _of_targets(place, period)}


def frame(key: str, place: Jurisdiction, period: Period) -> Content:
    """What every content begins with."""
    return {
        "table": key,
        "title": TITLES[key],
        "place": place.code,
        "name": full_name(place, period.last),
        "period": period.key,
        "label": period.label,
        "first": period.first.isoformat(),
        "on": period.last.isoformat(),
    }


def full_name(place: Jurisdiction, on: dt.date) -> str:
    """What a place was called on a day, from the province down."""
    above = [one for one in Jurisdiction.objects.above(place.code).order_by("level") if one.name not in PSEUDO]
    names = history.names_then(above, on)
    return "".join(names[one.pk] for one in above)


def _of_places(form: Form, counted: Tally, place: Jurisdiction, period: Period) -> Content:
    columns = [{"key": one.key, "label": one.label, "parts": bool(one.over)} for one in form.columns]
    rows = [_row(form, row) for row in (*counted.rows, counted.total)]
    table = {"title": form.title, "columns": columns, "rows": rows, "notes": list(form.notes)}
    sources = [clause for area, clause in SOURCES.items() if codes.contains(area, place.code)]
    return frame(form.key, place, period) | {"tables": [table], "notes": [EXACT], "sources": sources}


def _row(form: Form, row: Row) -> dict[str, object]:
    said = [_said(column, cell) for column, cell in zip(form.columns, cells(form, row.numbers), strict=True)]
    return {"key": row.key, "name": row.name, "cells": said}


def _said(column: Column, cell: int | list[int]) -> int | list[str | int] | str:
    if isinstance(cell, int):
        return cell
    hits, base = cell
    if not base:
        return "不适用"
    value = Fraction(hits, base)
    return [figures.average(value) if column.average else figures.percent(value), hits, base]


def _of_targets(place: Jurisdiction, period: Period) -> Content:
    board = boards.coverage(place, period.last)
    columns = [{"key": key, "label": label, "parts": key == "value"} for key, label in ASKED]
    rows = [
        {"key": held.parameter.id, "name": held.label, "cells": [one[key] for key, _ in ASKED]}
        for held in board.held
        for one in [told(held)]
    ]
    notes = ["按报告期最后一天的政策文件和统计数判断。没有数据的写“暂无数据”，不当作未达标。"]
    table = {"title": TITLES[TARGETS], "columns": columns, "rows": rows, "notes": notes}
    sources = list(dict.fromkeys(held.parameter.document for held in board.held))
    return frame(TARGETS, place, period) | {"tables": [table], "notes": [EXACT], "sources": sources}


def told(held: Held) -> Mapping[str, object]:
    """One target held against a place, in the words of the board."""
    words, asked = held.words, held.parameter
    return {
        "summary": asked.summary,
        "wanted": words["wanted"] + ("（暂定）" if asked.assumed else ""),
        "value": _value(held),
        "verdict": words["verdict"],
        "short": words["short"],
        "when": words["when"],
        "source": f"{asked.document} {asked.clause}",
    }


def _value(held: Held) -> object:
    """The figure with its two counts; where figures are owed and nothing can be said, how many, never 0%."""
    figure = held.figure
    if figure is None:
        return "暂无数据"
    if figure.missing and held.judgement.status is Status.NO_DATA:
        return f"{figure.missing} 个地方没有填报"
    return [figure.text, figure.hits, figure.base] if figure.indicator.base and figure.base else figure.text
