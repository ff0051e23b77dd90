"""The three ways a list is written: JSON lines, comma-separated text, a workbook. Each takes a row and forgets it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import xlsxwriter
from rest_framework.serializers import BaseSerializer, ListSerializer, Serializer

from portal.api.rendering import dump
from portal.errors import Refusal
from registry.exports.cells import MARK, line, safe

Rows = Iterable[dict[str, Any]]
OPTIONS = {
    "constant_memory": True,  # a row is written and forgotten
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
SHEET_ROWS, TEXT, EXACT = 1_048_576, 32_767, 2**53  # of one sheet, of one cell, the largest number kept exactly


@dataclass(frozen=True)
class Column:
    """A member of the list's answer: where it stands, and what it means."""

    path: tuple[str, ...]
    meaning: str

    @property
    def head(self) -> str:
        return ".".join(self.path)


def columns(item: BaseSerializer, above: tuple[str, ...] = ()) -> Iterator[Column]:
    """The members of an answer, those of an object inside it under its own name; lists stay one member."""
    for name, field in item.fields.items():
        path = (*above, name)
        if isinstance(field, Serializer) and not isinstance(field, ListSerializer):
            yield from columns(field, path)
        else:
            yield Column(path, str(field.help_text or ""))


class Write(Protocol):
    """Writes the rows to a file and gives back how many they were."""

    def __call__(self, out: BinaryIO, rows: Rows, item: type[Serializer]) -> int: ...


def ndjson(out: BinaryIO, rows: Rows, item: type[Serializer]) -> int:
    """One JSON object a line, the same as in the list."""
    many = 0
    for many, told in enumerate(rows, 1):  # noqa: B007
        out.write(dump(told) + b"\n")
    return many


def commas(out: BinaryIO, rows: Rows, item: type[Serializer]) -> int:
    """RFC 4180 with a byte order mark, the names of the members in the first line."""
    heads, many = list(columns(item())), 0
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=False)
    text.write(MARK)
    lines = csv.writer(text)
    lines.writerow([column.head for column in heads])
    for many, told in enumerate(rows, 1):  # noqa: B007
        lines.writerow([safe(one) for one in line(told, [column.path for column in heads])])
    text.flush()
    text.detach()
    return many


def workbook(out: BinaryIO, rows: Rows, item: type[Serializer]) -> int:
    """A sheet with the rows and one that says what each column means. `Refusal` for more rows than a sheet takes."""
    heads, many = list(columns(item())), 0
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        meanings = book.add_worksheet("字段说明")
        for at, column in enumerate(heads):
            _put(meanings, at, [column.head, column.meaning])
        sheet = book.add_worksheet("数据")
        sheet.activate()
        _put(sheet, 0, [column.head for column in heads])
        for many, told in enumerate(rows, 1):
            if many == SHEET_ROWS:
                raise Refusal(f"超过一张 Excel 表的 {SHEET_ROWS - 1} 行，改用 csv 或 ndjson", code="too_many_rows")
            _put(sheet, many, line(told, [column.path for column in heads]))
    return many


def _put(sheet: Any, at: int, cells: Iterable[str | int | float]) -> None:
    for place, one in enumerate(cells):
        if isinstance(one, int | float) and abs(one) < EXACT:
            sheet.write_number(at, place, one)
        elif one != "":
            sheet.write_string(at, place, str(one)[:TEXT])


@dataclass(frozen=True)
class Format:
    """A way of writing, with its media type."""

    write: Write
    mime: str
    label: str


FORMATS = {
    "ndjson": Format(ndjson, "application/x-ndjson", "每行一个 JSON 对象"),
    "csv": Format(commas, "text/csv; charset=utf-8", "CSV 表格"),
    "xlsx": Format(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格"),
}
