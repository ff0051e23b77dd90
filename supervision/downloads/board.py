"""The board of a place: its numbers, the targets with their clauses, the places below as they are shown."""

from collections.abc import Iterable, Iterator, Sequence

from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Cell, Column, Export, Table

ASKED = ("类别", "目标", "要求", "现状", "结论", "还差", "到期时", "期限", "依据")


def board(context: Context) -> Export:
    """`context` is that of `supervision.pages.board`."""
    targets = [(group["label"], one) for group in context["groups"] for one in group["targets"]]
    tables = [
        told.stats("组织总数", context["tiers"]),
        _targets("本地文件的要求", targets),
        _targets("其他阶段的目标", [("其他阶段", one) for one in context["stages"]]),
        _targets("这里不适用的要求", [("不适用", one) for one in context["apart"]]),
        _targets("全国参考线", [("全国参考线", one) for one in context["reference"]]),
        _below(context),
    ]
    notes = [f"{one['label']}：{one['text']}{_clause(one['sources'])}" for one in context["definitions"]]
    found = context["board"]
    return told.export(found.place, found.on, context["now"], "覆盖看板", tables, [*notes, told.EXACT])


def _clause(sources: str) -> str:
    return f"（{sources}）" if sources else ""


def _targets(title: str, rows: Iterable[tuple[str, Context]]) -> Table:
    columns = [Column(label, parts=label == "现状", wide=label in ("目标", "依据")) for label in ASKED]
    return Table(title, columns, [_target(group, one) for group, one in rows])


def _target(group: str, one: Context) -> Sequence[Cell]:
    now = f"{one['absent']['many']} 个地方没有填报" if one["absent"] else told.value(one["cell"])
    wanted = one["wanted"] + ("（暂定）" if one["assumed"] else "")
    until = told.joined(one["when"], "专项行动已结束" if one["expired"] else "", one["stage"])
    return group, one["label"], wanted, now, one["verdict"], one["short"], one["at_due"], until, one["source"]


def _below(context: Context) -> Table:
    """Beside each number that is judged stands its verdict."""
    rows = [*context["rows"], {"name": "合计", "cells": context["own"]}] if context["rows"] else []
    judged = [any("word" in row["cells"][at] for row in rows) for at in range(len(context["columns"]))]
    columns = [Column("地方")]
    for column, has_verdict in zip(context["columns"], judged, strict=True):
        columns.append(Column(column.short, parts=column.base is not None))
        columns += [Column(f"{column.short}结论")] if has_verdict else []
    return Table("下级各地", columns, [[row["name"], *_cells(row["cells"], judged)] for row in rows])


def _cells(cells: Sequence[Context], judged: Sequence[bool]) -> Iterator[Cell]:
    for cell, has_verdict in zip(cells, judged, strict=True):
        yield told.value(cell)
        if has_verdict:
            yield cell.get("word", "")
