"""Comma-separated text (RFC 4180) that every spreadsheet opens as Chinese and takes for text, never for a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from registry.exports.cells import MARK, safe
from supervision.exports.tables import Export


def write(export: Export, out: BinaryIO) -> None:
    """Title, facts, then each table under its own title with its notes, an empty line between them."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    text.write(MARK)
    lines = csv.writer(text)
    _put(lines, [[export.title], *export.facts])
    for table in export.tables:
        _put(lines, [[], [table.title], table.heads])
        _put(lines, table.flat)
        _put(lines, ([note] for note in table.notes))
    _put(lines, ([note] for note in export.notes))
    text.detach()


def _put(lines: Any, rows: Iterable[Iterable[str | int]]) -> None:
    lines.writerows([safe(cell) for cell in row] for row in rows)
