"""A content as it is taken away."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from portal.templatetags.portal import moment
from supervision import figures
from supervision.exports.tables import Cell, Column, Export, Part, Table
from supervision.models import Statistic
from supervision.statistics.content import Content

WIDE = ("summary", "source", "wanted")


def export(content: Content, more: Iterable[tuple[str, str]] = ()) -> Export:
    """The tables of a content; `more` are facts such as when it was frozen and its digest."""
    on = dt.date.fromisoformat(content["on"])
    told = [("地方", content["name"]), ("报告期", content["label"]), ("截止日期", figures.day(on)), *more]
    told += [("依据", "；".join(content["sources"]))] if content["sources"] else []
    title = f"{content['name']}{content['title']}（{content['label']}）"
    return Export(title, on, told, [_table(table) for table in content["tables"]], content["notes"])


def frozen(row: Statistic) -> list[tuple[str, str]]:
    """What a file says of a frozen table beside the table itself."""
    told = [("定稿时间", moment(row.frozen_at)), ("内容指纹", row.digest)]
    return [*told, ("重新定稿的原因", row.cause)] if row.cause else told


def _table(table: dict[str, Any]) -> Table:
    columns = [Column("名称"), *(Column(one["label"], one["parts"], one["key"] in WIDE) for one in table["columns"])]
    return Table(table["title"], columns, [_row(row) for row in table["rows"]], table["notes"])


def _row(row: dict[str, Any]) -> Sequence[Cell]:
    return row["name"], *(Part(*cell) if isinstance(cell, list) else cell for cell in row["cells"])
