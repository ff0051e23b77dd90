"""The bars of a board against their target lines. Only here do numbers become decimals, to be drawn."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from supervision import figures
from supervision.boards.readings import Board, Held
from supervision.indicators import Indicator

LIMIT = 6  # series in one picture; the table below has them all


def pictures(board: Board) -> list[tuple[str, dict[str, Any]]]:
    """(key, data for the `chart` tag): one picture of averages and one of shares, places in code order."""
    drawn = []
    for kind, title, unit in (("average", "每个社区平均拥有的组织数", "个"), ("share", "已达到要求的比例", "%")):
        columns = [column for column in board.columns if column.kind == kind][:LIMIT]
        rows = [row for row in board.rows if not row.is_own]
        if columns and rows:
            data = {
                "title": f"{board.place.name}：{title}（{figures.day(board.on)}）",
                "unit": unit,
                "categories": [row.name for row in rows],
                "series": [_series(board, column) for column in columns],
                "targets": _lines(board, columns),
            }
            drawn.append((f"chart-{kind}", data))
    return drawn


def _series(board: Board, column: Indicator) -> dict[str, Any]:
    at = board.columns.index(column)
    values = [row.figures[at].value for row in board.rows if not row.is_own]
    return {"name": column.short, "values": [_drawn(value, column) for value in values]}


def _lines(board: Board, columns: Iterable[Indicator]) -> list[dict[str, Any]]:
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
    """A number for the eye: cut off, never rounded up to a target it has not reached."""
    if value is None:
        return None
    scale = 1 if column.kind == "average" else 100
    hundredths = value.numerator * scale * 100 // value.denominator
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100
