"""Reading a workbook as a spreadsheet does: its sheets, and every cell with its kind."""

import io
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(body: bytes) -> dict[str, list[list[str | int]]]:
    """Sheet name → rows of texts and whole numbers; a formula anywhere is a fault."""
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        book = ElementTree.fromstring(held.read("xl/workbook.xml"))
        names = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
        parts = [ElementTree.fromstring(held.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, len(names) + 1)]
        assert not [path for path in held.namelist() if "externalLink" in path or "vba" in path.lower()]
    return {name: [_row(row) for row in part.iter(f"{MAIN}row")] for name, part in zip(names, parts, strict=True)}


def _row(row: ElementTree.Element) -> list[str | int]:
    found: list[str | int] = []
    for cell in row.iter(f"{MAIN}c"):
        assert cell.find(f"{MAIN}f") is None, cell.get("r")
        found += [""] * (_column(cell.get("r")) - len(found))
        kind, number = cell.get("t"), cell.find(f"{MAIN}v")
        assert kind in (None, "inlineStr"), kind
        if kind == "inlineStr":
            found.append("".join(text.text or "" for text in cell.iter(f"{MAIN}t")))
        else:
            found.append("" if number is None else int(number.text))
    return found


def _column(address: str) -> int:
    at = 0
    for letter in re.match("[A-Z]+", address)[0]:
        at = at * 26 + ord(letter) - 64
    return at - 1
