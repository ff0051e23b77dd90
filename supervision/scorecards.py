"""A scorecard: the facts an appraisal is told by, of one street or community and one year. No points, no ranks."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from registry import periods
from registry.models import Jurisdiction
from registry.periods import Period
from supervision import appraisals, boards, figures
from supervision.appraisals import Appraisal, Fact, Section
from supervision.boards import Board, Held
from supervision.statistics import tables
from supervision.statistics.content import Content
from supervision.statistics.tally import whole

COLUMNS = (("value", "事实"), ("wanted", "要求"), ("verdict", "结论"), ("short", "还差"), ("source", "依据"))
UNKNOWN, OPEN = "暂无数据", "没有定数"
NOTES = (
    "本单只列事实、依据和结论，不打分，不排名；文件没有规定分值。",
    "写“暂无数据”的，登记册和年度填报里还没有这项数据，不当作没有做到。",
    tables.EXACT,
)


def year(number: int, today: dt.date) -> Period:
    """A year, up to today where it is not over."""
    whole = periods.read(f"{number}")
    if whole.last < today:
        return whole
    return replace(whole, label=f"{whole.label}（截至{figures.day(today)}）", last=today)


def named(place: Jurisdiction, period: Period) -> Appraisal | None:
    """The appraisal some document names for this place and year."""
    return appraisals.of(place.code, place.level, period.first.year)


def content(place: Jurisdiction, period: Period, appraisal: Appraisal) -> Content:
    """The scorecard of a place and a year, ready to be shown, printed and frozen."""
    card = _Card(appraisal, place, period)
    found = [card.table(number, section) for number, section in enumerate(appraisal.sections)]
    over = (f"文件的实施期到{appraisal.last}年底为止。",) if period.first.year > appraisal.last else ()
    return tables.frame(appraisal.table, place, period) | {
        "tables": [table for table in found if table["rows"]],
        "notes": [appraisal.says, *over, *NOTES],
        "sources": [f"{appraisal.document} {appraisal.clause}"],
    }


def _numbers(board: Board, counted: Counter[str]) -> Counter[str]:
    """What was counted, with the figures of the board."""
    for figure in board.own:
        name = figure.indicator.name
        counted[f"{name}.hits"], counted[f"{name}.base"] = figure.hits, figure.base
    counted["ended"] = counted["ended.filed"] + counted["ended.registered"]
    return counted


class _Card:
    """What is known of a place for a year, asked once."""

    def __init__(self, appraisal: Appraisal, place: Jurisdiction, period: Period) -> None:
        self.document = appraisal.document
        board = boards.coverage(place, period.last)
        self.numbers = _numbers(board, whole(place, period))
        self.held = [one for one in board.held if one.parameter.document == self.document]
        asked = [fact.asks for section in appraisal.sections for fact in section.facts if fact.asks]
        self.rest = [one for one in self.held if one.parameter.key not in asked]

    def table(self, number: int, section: Section) -> dict[str, object]:
        rows = [self._row(f"{number}.{at}", fact) for at, fact in enumerate(section.facts)]
        rows += [self._target(one.parameter.id, one) for one in self.rest] if section.rest else []
        columns = [{"key": key, "label": label, "parts": key == "value"} for key, label in COLUMNS]
        return {"title": section.title, "columns": columns, "rows": rows, "notes": []}

    def _row(self, key: str, fact: Fact) -> dict[str, object]:
        held = next((one for one in self.held if fact.asks and one.parameter.key == fact.asks), None)
        if held:
            return self._target(key, held) | {"name": fact.label}
        source = f"{self.document} {fact.clause}"
        if not fact.column:
            return {"key": key, "name": fact.label, "cells": [UNKNOWN, "", UNKNOWN, "", source]}
        return {"key": key, "name": fact.label, "cells": [self._number(fact), "", OPEN, "", source]}

    def _number(self, fact: Fact) -> object:
        many = self.numbers[fact.column]
        if not fact.over:
            return many
        base = self.numbers[fact.over]
        return [figures.percent(Fraction(many, base)), many, base] if base else "不适用"

    def _target(self, key: str, held: Held) -> dict[str, object]:
        told = tables.told(held)
        return {"key": key, "name": held.label, "cells": [told[column] for column, _ in COLUMNS]}
