"""Pictures of boards: bars against target lines, lines over time, stacked bars.

Only here do numbers become decimals, to be drawn; they are cut off, never rounded up to what was not reached.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from supervision import figures
from supervision.boards.readings import Board, Figure, Held
from supervision.boards.target import Target
from supervision.indicators import Indicator

LIMIT = 4  # series in one picture; the table has them all
UNITS = {"average": "个", "count": "个"}
Picture = dict[str, Any]


def pictures(board: Board, shown: Sequence[Indicator] | None = None) -> list[tuple[str, Picture]]:
    """(key, data for the `chart` tag): one picture of averages and one of shares, places in code order."""
    drawn, among = [], board.columns if shown is None else shown
    for kind, title in (("average", "每个社区平均拥有的组织数"), ("share", "已达到要求的比例")):
        columns = [column for column in among if column.kind == kind][:LIMIT]
        rows = [row for row in board.rows if not row.is_own]
        if columns and rows:
            data = {
                "title": f"{board.place.name}：{title}（{figures.day(board.on)}）",
                "unit": unit(columns[0]),
                "categories": [row.name for row in rows],
                "series": [_series(board, column) for column in columns],
                "targets": _lines(board, columns),
            }
            drawn.append((f"chart-{kind}", data))
    return drawn


def children(found: Target) -> Picture:
    """The places below against the line of one target."""
    lines = [line for line in found.lines if line.code != found.place.code]
    return {
        "title": f"{found.place.name}下级各地：{found.indicator.label}（{figures.day(found.on)}）",
        "unit": unit(found.indicator),
        "categories": [line.name for line in lines],
        "series": [{"name": found.indicator.short, "values": [drawn_figure(line.figure) for line in lines]}],
        "targets": _goal(found),
    }


def trend(found: Target) -> Picture:
    """Month by month, with the target line."""
    return {
        "kind": "line",
        "axis": "日期",
        "title": f"{found.place.name}：{found.indicator.label}的变化",
        "unit": unit(found.indicator),
        "categories": [when(on) for on, _ in found.trend],
        "series": [{"name": found.indicator.short, "values": [drawn_figure(figure) for _, figure in found.trend]}],
        "targets": _goal(found),
    }


def when(on: dt.date) -> str:
    """A month end in short, any other day in full."""
    return f"{on.year}年{on.month}月底" if (on + dt.timedelta(days=1)).day == 1 else figures.day(on)


def stacked(title: str, axis: str, categories: list[str], series: dict[str, list[int]]) -> Picture:
    """Bars made of parts that add up, in whole numbers."""
    parts = [{"name": name, "values": values} for name, values in series.items()]
    return {"kind": "stacked", "title": title, "axis": axis, "unit": "个", "categories": categories, "series": parts}


def unit(indicator: Indicator) -> str:
    return UNITS.get(indicator.kind, "%")


def drawn_figure(figure: Figure) -> int | float | None:
    """A figure for the eye; nothing where figures are missing and what there is says nothing."""
    if figure.missing and not figure.indicator.bounded:
        return None
    return figure.hits if figure.indicator.kind == "count" else _drawn(figure.value, figure.indicator)


def _goal(found: Target) -> list[Picture]:
    goal = found.held.goal
    return [] if goal is None else [{"name": "目标", "value": _drawn(goal, found.indicator)}]


def _series(board: Board, column: Indicator) -> Picture:
    at = board.columns.index(column)
    values = [row.figures[at].value for row in board.rows if not row.is_own]
    return {"name": column.short, "values": [_drawn(value, column) for value in values]}


def _lines(board: Board, columns: Iterable[Indicator]) -> list[Picture]:
    """A line for every different goal that binds on the day for something in the picture."""
    lines: dict[Fraction, str] = {}
    for held in _binding(board):
        wanted = held.goal
        if held.indicator in columns and wanted is not None:
            lines.setdefault(wanted, held.line)
    return [{"name": name, "value": _drawn(wanted, next(iter(columns)))} for wanted, name in sorted(lines.items())]


def _binding(board: Board) -> list[Held]:
    return [held for held in board.held if held.binding and held.indicator]


def _drawn(value: Fraction | None, column: Indicator) -> int | float | None:
    if value is None:
        return None
    scale = 1 if column.kind in UNITS else 100
    hundredths = value.numerator * scale * 100 // value.denominator
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100
