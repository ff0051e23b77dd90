"""Reading the published division files (CSV): one checked row at a time, whatever the size of the file. Pure.

A file has a header, a `code` of the width of its level, a `name`, and the code of the place above. Whatever is
wrong with it is said in Chinese with file and row, so that whoever made the file can mend it.
"""

import csv
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

NAME_LENGTH = 80
CHUNK = 50_000


class SourceError(Exception):
    """A file that cannot be used; the message names file and row, in Chinese."""


@dataclass(frozen=True)
class Sheet:
    """One published file: its level, its name, the digits of its codes, the column of the place above."""

    level: int
    file: str
    width: int
    parent: str  # empty for provinces
    label: str


SHEETS = (
    Sheet(1, "provinces.csv", 2, "", "省级"),
    Sheet(2, "cities.csv", 4, "provinceCode", "地级"),
    Sheet(3, "areas.csv", 6, "cityCode", "县级"),
    Sheet(4, "streets.csv", 9, "areaCode", "乡级"),
    Sheet(5, "villages.csv", 12, "streetCode", "村级"),
)


class Row(NamedTuple):
    """A place as a file tells it: 12-digit codes; `parent` is empty for a province."""

    code: str
    name: str
    parent: str
    line: int


def sheets(directory: Path) -> list[Sheet]:
    """The files that are there: five, or four where communities are no longer published; `SourceError` otherwise."""
    if not directory.is_dir():
        raise SourceError(f"找不到目录 {directory}")
    for sheet in SHEETS[:-1]:
        if not (directory / sheet.file).is_file():
            raise SourceError(f"目录 {directory} 中缺少文件 {sheet.file}")
    return [sheet for sheet in SHEETS if (directory / sheet.file).is_file()]


def rows(directory: Path, sheet: Sheet) -> Iterator[Row]:
    """The rows of a file in order of code, checked one by one; `SourceError` for a bad row or a code given twice."""
    path = directory / sheet.file
    found = _checked(path, sheet)
    if not _in_order(path, sheet):
        found = _sort(found)
    before = Row("", "", "", 0)
    for row in found:
        if row.code == before.code:
            raise SourceError(f"{sheet.file} 第 {row.line} 行：代码与第 {before.line} 行重复（{row.name}）")
        before = row
        yield row


def _checked(path: Path, sheet: Sheet) -> Iterator[Row]:
    records = _records(path)
    _, header = next(records)
    columns = _columns(header, sheet)
    for line, record in records:
        if len(record) != len(header):
            raise SourceError(f"{sheet.file} 第 {line} 行：应有 {len(header)} 列，实有 {len(record)} 列")
        yield _row(record, columns, sheet, line)


def _row(record: list[str], columns: tuple[int, int, int | None], sheet: Sheet, line: int) -> Row:
    code, name = record[columns[0]].strip(), record[columns[1]].strip()
    if len(code) != sheet.width or not (code.isascii() and code.isdigit()):
        raise SourceError(f"{sheet.file} 第 {line} 行：代码“{code}”应为 {sheet.width} 位数字")
    if not name or len(name) > NAME_LENGTH:
        raise SourceError(f"{sheet.file} 第 {line} 行：名称不能为空，也不能超过 {NAME_LENGTH} 字")
    parent = record[columns[2]].strip().ljust(12, "0") if columns[2] is not None else ""
    return Row(code.ljust(12, "0"), name, parent, line)


def _columns(header: list[str], sheet: Sheet) -> tuple[int, int, int | None]:
    """The places of code, name and parent in a header; other columns are allowed and not read."""
    wanted = ["code", "name", *([sheet.parent] if sheet.parent else [])]
    missing = [column for column in wanted if column not in header]
    if missing:
        raise SourceError(f"{sheet.file} 第 1 行：表头缺少 {'、'.join(missing)} 列，实为 {','.join(header)[:80]}")
    return header.index("code"), header.index("name"), header.index(sheet.parent) if sheet.parent else None


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and fields of every line that is not empty; UTF-8, a byte-order mark allowed."""
    empty = True
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            for record in reader:
                if record:
                    empty = False
                    yield reader.line_num, record
        except UnicodeDecodeError as error:
            line = _undecodable(path)
            raise SourceError(f"{path.name} 第 {line} 行：不是 UTF-8 编码，请另存为 UTF-8 后再试") from error
        except csv.Error as error:
            raise SourceError(f"{path.name} 第 {reader.line_num} 行：不是正确的 CSV 格式") from error
    if empty:
        raise SourceError(f"{path.name}：文件是空的")


def _undecodable(path: Path) -> int:
    """The number of the first line that is not UTF-8, 0 if there is none."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 0


def _in_order(path: Path, sheet: Sheet) -> bool:
    """Whether codes stand first on their lines and in order, as in the published files."""
    before = b""
    with path.open("rb") as lines:
        if not lines.readline().removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(b"code"):
            return False
        for line in lines:
            code = line.lstrip(b'"')[: sheet.width]
            if code < before:
                return False
            before = code
    return True


def _sort(found: Iterable[Row]) -> Iterator[Row]:
    """The rows in order of code through sorted runs on disk, so that memory does not grow with the file."""
    found = iter(found)
    with tempfile.TemporaryDirectory() as scratch:
        runs = []
        while chunk := sorted(islice(found, CHUNK)):
            run = Path(scratch) / str(len(runs))
            with run.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(chunk)
            runs.append(run)
        yield from heapq.merge(*(_run(run) for run in runs))


def _run(run: Path) -> Iterator[Row]:
    with run.open(encoding="utf-8", newline="") as lines:
        for code, name, parent, line in csv.reader(lines):
            yield Row(code, name, parent, int(line))
