"""Yearly figures of many places from a file or from cells copied out of a spreadsheet: 区划代码, 项目, 数值, 来源."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from portal.errors import Refusal
from portal.models import User
from portal.typed import narrow, plain
from registry import codes
from registry.models import Jurisdiction
from supervision import entries
from supervision.entries import FaultyRows, Figure
from supervision.forms.sheets import read_number
from supervision.items import ITEMS, Item

MOST = 5000
HEAD = "区划代码"
WORDS = {"是": 1, "有": 1, "否": 0, "无": 0, "1": 1, "0": 0}


class Unreadable(Refusal):
    """The table has faults; `lines` says each in words, with its row."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines[0], code="unreadable_table")
        self.lines = lines


@dataclass(frozen=True)
class Row:
    """One row as it was written; `number` is its line in the file."""

    number: int
    cells: tuple[str, str, str, str]


def decode(content: bytes) -> str:
    """The text of a file saved by a spreadsheet: UTF-8, or GB18030 as Chinese Windows writes it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def rows(text: str) -> Iterator[Row]:
    """Rows that hold something, without the heading; cells are divided by commas or, when pasted, by tabs."""
    divider = "\t" if "\t" in text else ","
    for number, cells in enumerate(csv.reader(map(_commas, io.StringIO(text)), delimiter=divider), start=1):
        told = [plain(cell).strip() for cell in cells]
        if any(told) and told[0] != HEAD:
            yield Row(number, tuple([*told, "", "", "", ""][:4]))


def _commas(line: str) -> str:
    """A line divided by Chinese commas alone, as somebody types it."""
    return line if "," in line or "\t" in line else line.replace("，", ",")


def enter(area: Jurisdiction, year: int, text: str, *, by: User) -> int:
    """Save every figure of the table, all or nothing; answers how many changed. `Unreadable` names every fault."""
    try:
        read = list(rows(text))
    except csv.Error as fault:
        raise Unreadable(["表格读不懂，可能有没有配对的引号。另存为 CSV 后再试"]) from fault
    if not read:
        raise Unreadable(["没有读到内容。每行依次是区划代码、项目、数值、来源"])
    if len(read) > MOST:
        raise Unreadable([f"一次最多 {MOST} 行，现在有 {len(read)} 行，分几次上传"])
    table = _Table(area, read)
    if table.faults:
        raise Unreadable(table.told())
    try:
        return entries.enter_many(year, table.figures, by=by)
    except FaultyRows as faulty:
        table.faults = {table.where[key]: reason for key, reason in faulty.faults.items() if key in table.where}
        raise Unreadable(table.told() or [faulty.reason]) from faulty


class _Table:
    """The rows made into figures by place, and what is wrong with which row."""

    def __init__(self, area: Jurisdiction, read: list[Row]) -> None:
        self.faults: dict[int, str] = {}
        self.figures: dict[Jurisdiction, list[Figure]] = {}
        self.where: dict[tuple[str, str], int] = {}  # place and item → row
        self.places = _places(area, read)
        for row in read:
            try:
                self._take(row)
            except (Refusal, ValidationError) as fault:
                self.faults[row.number] = fault.reason if isinstance(fault, Refusal) else fault.messages[0]

    def told(self) -> list[str]:
        return [f"第 {number} 行：{reason}" for number, reason in sorted(self.faults.items())]

    def _take(self, row: Row) -> None:
        code, label, value, source = row.cells
        place = self.places.get(_code(code))
        if place is None:
            raise Refusal(_unknown(code), code="unknown_place")
        item = _item(label, place)
        number = _number(item, value)
        if (place.code, item.key) in self.where:
            first = self.where[place.code, item.key]
            raise Refusal(f"{place.name}的“{item.label}”在第 {first} 行已经有了", code="twice")
        if number is not None:
            if not source:
                raise Refusal(f"{item.label}：填写来源", code="no_source")
            self.where[place.code, item.key] = row.number
            self.figures.setdefault(place, []).append(Figure(item.key, number, source))


def _unknown(code: str) -> str:
    """Why no place has this code; a spreadsheet that took it for a number has lost its last digits."""
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", narrow(code).upper()):
        return f"区划代码被表格软件改成了“{code}”，把这一列设为文本，重新填写代码"
    return f"本地没有区划代码为“{code}”的地方"


def _places(area: Jurisdiction, read: list[Row]) -> dict[str, Jurisdiction]:
    wanted = {code for row in read if (code := _code(row.cells[0])) and codes.contains(area.code, code)}
    return {place.code: place for place in Jurisdiction.objects.filter(code__in=wanted)}


def _code(text: str) -> str:
    """Twelve digits; empty for what is no code."""
    try:
        return codes.normalise(narrow(text))
    except ValueError:
        return ""


def _item(label: str, place: Jurisdiction) -> Item:
    named = "".join(label.split())
    for item in ITEMS:
        if place.level in item.levels and "".join(item.label.split()) == named:
            return item
    raise Refusal(f"{place.name}没有“{label}”这个项目，名称应与填报页上的一致", code="unknown_item")


def _number(item: Item, text: str) -> int | None:
    if item.kind != "flag":
        return read_number(text, item.label)
    said = narrow(text)
    if said and said not in WORDS:
        raise Refusal(f"{item.label}：填“是”或“否”", code="not_a_flag")
    return WORDS[said] if said else None
