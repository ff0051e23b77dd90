"""Words and numbers of a page, as cells; what stands on top of every file, and what it is called."""

import datetime as dt
from typing import Any

from portal.templatetags.portal import moment
from registry.models import Jurisdiction
from supervision import figures
from supervision.exports.tables import Cell, Column, Export, Part, Table

Context = dict[str, Any]
EXACT = "“以上”“不少于”含本数；期限当天仍算在期限之内；比例按整数比较，显示时只舍不入。"


def export(
    place: Jurisdiction, on: dt.date, now: dt.datetime | None, what: str, tables: list[Table], notes: list[str], *more
) -> Export:
    """A file about a place on a day; tables without rows are left out, `more` are facts beside place, day and time."""
    told = [("地方", place.lineage_names() or place.name), ("统计日期", figures.day(on))]
    told += [("数据截至", moment(now))] if now else []
    shown = [table for table in tables if len(table)]
    return Export(f"{place.name}{what}", on, [*told, *more], shown, notes, f"{place.name}{what}{figures.day(on)}")


def number(text: str) -> str | int:
    """A whole number as a number; everything else as it is said."""
    return int(text) if text.isascii() and text.isdigit() else text


def value(cell: Context | None) -> Cell:
    """A number of a board (`supervision.pages.cells.cell`)."""
    if not cell:
        return "暂无数据"
    if cell.get("absent"):
        return f"{cell['absent']} 个地方没有填报"
    if cell["text"] == "不适用":
        return cell["text"]
    return Part(cell["text"], int(cell["hits"]), int(cell["base"])) if cell["base"] else int(cell["hits"])


def spoken(cell: Context | None) -> str:
    said = value(cell)
    return said.spoken if isinstance(said, Part) else str(said)


def joined(*words: str) -> str:
    """未达标，还差 1 个组织."""
    return "，".join(word for word in words if word)


def stats(title: str, found: list[Context]) -> Table:
    """The big numbers on top of a page."""
    return Table(title, (Column("项目"), Column("个数")), [(one["label"], number(one["value"])) for one in found])


def drawn(title: str, table: Context) -> Table:
    """A table as `components/table.html` draws it."""
    rows = [[number(cell["text"]) if at else cell["text"] for at, cell in enumerate(row)] for row in table["rows"]]
    return Table(title, [Column(one["label"]) for one in table["columns"]], rows)
