"""A brief on A4: numbers, tables, notes and sources, set by Typst with embedded Chinese fonts."""

from pathlib import Path
from typing import Any, BinaryIO

from registry.documents import render
from supervision.exports.tables import Export, Table

SHEET = Path(__file__).with_name("brief.typ")
LYING = 7  # a table with more columns lies across the page


def write(export: Export, out: BinaryIO) -> None:
    """`Refusal` where a character stands in no font we have."""
    out.write(
        render.sheet(
            SHEET,
            {
                "title": export.title,
                "day": [export.on.year, export.on.month, export.on.day],
                "facts": [list(fact) for fact in export.facts],
                "tables": [_table(table) for table in export.tables],
                "notes": list(export.notes),
                "lying": any(len(table.columns) > LYING for table in export.tables),
            },
        )
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "heads": [column.label for column in table.columns],
        "widths": ["wide" if column.wide or at == 0 else "" for at, column in enumerate(table.columns)],
        "rows": list(table.spoken),
        "notes": list(table.notes),
    }
