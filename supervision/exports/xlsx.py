"""A workbook: one sheet a table, texts as texts and whole numbers as numbers; nothing in it is ever calculated."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from supervision.exports.tables import Export, Table

OPTIONS = {
    "constant_memory": True,  # a row is written and forgotten
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
SHEET, TEXT, EXACT = 31, 32_767, 2**53  # the longest name, the longest text, the largest whole number kept exactly
A4 = 9
NARROW, WIDE = 13, 40


def write(export: Export, out: BinaryIO) -> None:
    """Each table on its own sheet, under the title and the facts, the notes below."""
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for table in export.tables:
            _fill(_Page(book.add_worksheet(_name(table.title, taken)), bold, plain), export, table)


def _name(title: str, taken: set[str]) -> str:
    """A name no spreadsheet refuses, different from those there are."""
    stem = FORBIDDEN.sub("", title).strip("' ")[: SHEET - 3] or "表"
    name, number = stem, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{stem}{number}"
    taken.add(name.casefold())
    return name


class _Page:
    """A sheet that is filled downwards."""

    def __init__(self, sheet: Any, bold: Any, plain: Any) -> None:
        self.sheet, self.bold, self.plain, self.at = sheet, bold, plain, 0

    def put(self, cells: Iterable[str | int], style: Any = None) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, int) and abs(cell) < EXACT:
                self.sheet.write_number(self.at, column, cell, style)
            else:
                self.sheet.write_string(self.at, column, str(cell)[:TEXT], style)
        self.at += 1


def _fill(page: _Page, export: Export, table: Table) -> None:
    _lay_out(page, table)
    page.put([export.title], page.bold)
    for fact in export.facts:
        page.put(fact)
    page.put([])
    page.put([table.title], page.bold)
    page.sheet.repeat_rows(page.at)
    page.put(table.heads, page.bold)
    for row in table.flat:
        page.put(row, page.plain)
    page.put([])
    for note in (*table.notes, *export.notes):
        page.put([note])


def _lay_out(page: _Page, table: Table) -> None:
    """Widths on the screen; on paper A4 lying, one page wide."""
    page.sheet.set_paper(A4)
    page.sheet.set_landscape()
    page.sheet.fit_to_pages(1, 0)
    for at, width in enumerate(_widths(table)):
        page.sheet.set_column(at, at, width)


def _widths(table: Table) -> Sequence[int]:
    found: list[int] = []
    for at, column in enumerate(table.columns):
        found.append(WIDE if column.wide or at == 0 else NARROW)
        found += [NARROW] * (2 * column.parts)
    return found
