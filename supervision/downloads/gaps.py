"""What is missing in a place: the yearly figures nobody entered, and the facts its organisations lack."""

from django.utils import timezone

from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Column, Export, Table

ITEMS = ("项目", "由谁填", "应填的地方", "已填", "没有填")
PLACES = ("地方", "本级应填", "已填", "没有填", "没有填齐的地方（连同下级）")
NOTES = ["组织资料按今天的登记册统计已登记和已备案的组织；注册资金只看已登记的组织。"]


def gaps(context: Context) -> Export:
    """`context` is that of `supervision/gaps.html`."""
    place, board = context["place"], context["board"]
    tables = [_items(context["progress"]), _places(context["progress"]), _facts(board)]
    known = [f"没有组织缺的资料：{board.known}。"] if board.known else []
    today = timezone.localdate(context["now"])
    return told.export(
        place, today, context["now"], "数据缺口", tables, [*NOTES, *known], ("年份", f"{context['year']}年")
    )


def _items(progress) -> Table:
    rows = [(line.item.label, line.levels, *_numbers(line.owes)) for line in progress.lines]
    return Table("基础数据填报情况", [Column(head) for head in ITEMS], rows)


def _places(progress) -> Table:
    rows = [(row.name, *_numbers(row.owes), row.incomplete) for row in progress.rows]
    whole = f"合计（连同{progress.place.name}本级）", *_numbers(progress.all_own), progress.incomplete
    return Table("下级各地填报情况", [Column(head) for head in PLACES], [*rows, whole] if rows else [])


def _numbers(owes) -> tuple[int, int, int]:
    return owes.asked, owes.given, owes.missing


def _facts(board) -> Table:
    heads = ["地方", *(label for label, _, _ in board.foot)]
    lines = [*((row.name, cells) for row, cells in board.lines), ("合计", board.foot)]
    rows = [(name, *(number for _, number, _ in cells)) for name, cells in lines]
    return Table("组织资料", [Column(head) for head in heads], rows)
