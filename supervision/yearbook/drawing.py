"""The tables of a content as `components/table.html` draws them."""

import datetime as dt
from typing import Any

from supervision.statistics.content import Content, said

Context = dict[str, Any]


def drawn(content: Content) -> Context:
    """The content, its last day and its tables."""
    tables = [_drawn(table) for table in content["tables"]]
    return {"content": content, "on": dt.date.fromisoformat(content["on"]), "tables": tables}


def _drawn(table: Context) -> Context:
    columns = [{"label": one["label"], "num": _counts(table, at)} for at, one in enumerate(table["columns"])]
    rows = [[{"text": row["name"]}, *_cells(row["cells"], columns)] for row in table["rows"]]
    columns = [{"label": "名称"}, *columns]
    return {"title": table["title"], "columns": columns, "rows": rows, "notes": table["notes"]}


def _cells(cells: list[Any], columns: list[Context]) -> list[Context]:
    return [{"text": said(cell), "num": column["num"]} for cell, column in zip(cells, columns, strict=True)]


def _counts(table: Context, at: int) -> bool:
    """Whether a column holds numbers alone."""
    return all(isinstance(row["cells"][at], int | list) for row in table["rows"])
