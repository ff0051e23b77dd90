"""What is frozen: tables in plain texts and whole numbers, their canonical text, its digest, and differences. Pure.

A content is {"table", "title", "place", "name", "period", "label", "first", "on", "tables", "notes", "sources"}; each
of its tables {"title", "columns": [{"key", "label", "parts"}], "rows": [{"key", "name", "cells"}], "notes"}. A cell
is a text, a whole number, or [text, hits, base].
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
TOTAL, OWN = "total", "own"


def canonical(content: Content) -> bytes:
    """The one text of a content: keys in order, no blanks, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: Content) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Difference:
    """One cell that differs: where, what it was, what it is; "" where there was nothing. `by` only for numbers."""

    table: str
    row: str
    column: str
    before: str
    after: str
    by: int | None = None


def differences(before: Content, after: Content) -> list[Difference]:
    """Cell by cell, in the order of the newer content; what only the older one has comes last."""
    old, new = dict(_walk(before)), dict(_walk(after))
    keys = [*new, *(key for key in old if key not in new)]
    return [_difference(key, old.get(key), new.get(key)) for key in keys if _cell(old.get(key)) != _cell(new.get(key))]


Named = tuple[str, str, str, Any]  # table, row, column, cell


def _walk(content: Content) -> Iterator[tuple[tuple[int, str, str], Named]]:
    for number, table in enumerate(content["tables"]):
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                yield (number, row["key"], column["key"]), (table["title"], row["name"], column["label"], cell)


def _cell(named: Named | None) -> Any:
    return None if named is None else named[3]


def _difference(key: tuple[int, str, str], old: Named | None, new: Named | None) -> Difference:
    table, row, column, _ = new or old or ("", "", "", "")
    before, after = _cell(old), _cell(new)
    both = isinstance(before, int) and isinstance(after, int)
    return Difference(table, row, column, said(before), said(after), after - before if both else None)


def said(cell: Any) -> str:
    """A cell in words: 3, 4.75（19/4）; "" for no cell."""
    if cell is None:
        return ""
    return f"{cell[0]}（{cell[1]}/{cell[2]}）" if isinstance(cell, list) else str(cell)
