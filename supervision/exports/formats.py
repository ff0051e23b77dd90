"""The three ways a table leaves the portal, and how much of it at once."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from portal.errors import Refusal
from supervision.exports import brief, commas, xlsx
from supervision.exports.tables import Export

MOST, MOST_ON_PAPER = 50_000, 2_000  # rows
IN_MEMORY = 2**20  # bytes; a larger file waits on disk
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e]')


@dataclass(frozen=True)
class Format:
    """One way: its word on the screen, its MIME type, its writer and how many rows it takes."""

    label: str
    mime: str
    write: Callable[[Export, BinaryIO], None]
    most: int = MOST


FORMATS = {
    "xlsx": Format("Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
    "csv": Format("CSV 表格", "text/csv; charset=utf-8", commas.write),
    "pdf": Format("PDF 简报", "application/pdf", brief.write, MOST_ON_PAPER),
}


def write(export: Export, form: str) -> tuple[BinaryIO, str]:
    """The file, wound back to its beginning, and its name. `Refusal` for an unknown form or too many rows."""
    if form not in FORMATS:
        raise Refusal("导出格式只有 Excel 表格、CSV 表格和 PDF 简报三种", code="unknown_format", field="format")
    way = FORMATS[form]
    if export.rows > way.most:
        raise Refusal(_too_many(export.rows, way), code="too_many_rows", field="format")
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)
    way.write(export, out)
    out.seek(0)
    return out, f"{name(export)}.{form}"


def _too_many(rows: int, way: Format) -> str:
    other = "可以改为导出 Excel 表格，或者" if way.most < MOST else "可以"
    return f"这份清单有 {rows} 行，{way.label}一次最多 {way.most} 行。{other}打开下级地方的清单，分别导出"


def name(export: Export) -> str:
    """What the file is called: no sign a system or a spreadsheet would take for more than a letter."""
    return UNFIT.sub("", export.name or export.title).lstrip("=+-@.＝＋－＠ ").strip()[:80] or "导出"
