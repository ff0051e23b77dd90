"""The rows nobody has entered yet, ready to be filled in a spreadsheet and pasted back."""

from collections.abc import Iterable

from django.utils import timezone

from registry.models import Jurisdiction
from supervision.downloads import told
from supervision.exports.tables import Column, Export, Table

HEADS = ("区划代码", "项目", "数值", "来源", "地方")


def owed(place: Jurisdiction, year: int, rows: Iterable[tuple[Jurisdiction, str]]) -> Export:
    """Codes are text, so that a spreadsheet keeps every digit; values and sources are empty."""
    lines = [(one.code, label, "", "", _name(one)) for one, label in rows]
    table = Table(f"{year}年还没有填的数据", [Column(head) for head in HEADS], lines)
    notes = ["填好“数值”和“来源”，选中前四列，复制后粘贴到批量填报页。不填的行可以留空。"]
    now = timezone.now()
    return told.export(place, timezone.localdate(now), now, f"{year}年待填数据", [table], notes)


def _name(one: Jurisdiction) -> str:
    above = one.parent.name if one.parent and one.level == Jurisdiction.Level.COMMUNITY else ""
    return f"{above}{one.name}"
