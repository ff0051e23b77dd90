"""How a value stands in a cell: flat, and never a formula. Pure."""

import json
from collections.abc import Iterable
from typing import Any

MARK = "\ufeff"  # by this a spreadsheet knows UTF-8
ACTIVE = tuple("=+-@|%＝＋－＠\t\r\n")  # a cell that begins so may be run as a formula
Cell = str | int | float


def safe(cell: Cell) -> Cell:
    """A text that could be run gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" \u3000\xa0").startswith(ACTIVE):
        return f"'{cell}"
    return cell


def cell(told: dict[str, Any], path: tuple[str, ...]) -> Cell:
    """The member at a path: numbers as they are, nothing as an empty text, lists and the like as JSON."""
    found: Any = told
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, dict | list | tuple):
        return json.dumps(found, ensure_ascii=False, default=_iso)
    return found if isinstance(found, int | float) else _iso(found)


def _iso(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def line(told: dict[str, Any], paths: Iterable[tuple[str, ...]]) -> list[Cell]:
    """One row of a table."""
    return [cell(told, path) for path in paths]
