"""The neutral shape of what is taken away: tables of texts, whole numbers and parts. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Part(NamedTuple):
    """A number worked out of two whole numbers: the words on the screen, and what they were worked out of."""

    text: str
    hits: int
    base: int

    @property
    def spoken(self) -> str:
        """4.75（19/4）."""
        return f"{self.text}（{self.hits}/{self.base}）"


Cell = str | int | Part
PARTS = ("", "（分子）", "（分母）")


@dataclass(frozen=True)
class Column:
    """One column; where its cells are parts it becomes three in a file that is calculated with."""

    label: str
    parts: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table as it is shown. `rows` may be an iterator that is read once; then `size` says how many will come."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()
    size: int | None = None

    def __len__(self) -> int:
        return len(list(self.rows)) if self.size is None else self.size

    @property
    def heads(self) -> list[str]:
        """The labels of the columns, with a numerator and a denominator beside each that holds parts."""
        return [f"{column.label}{part}" for column in self.columns for part in (PARTS if column.parts else PARTS[:1])]

    @property
    def flat(self) -> Iterator[list[str | int]]:
        """The rows under `heads`: a part becomes its words and its two whole numbers."""
        for row in self.rows:
            yield [one for column, cell in zip(self.columns, row, strict=True) for one in _flat(cell, column.parts)]

    @property
    def spoken(self) -> Iterator[list[str]]:
        """The rows under the labels alone, in words for a page."""
        for row in self.rows:
            yield [cell.spoken if isinstance(cell, Part) else str(cell) for cell in row]


def _flat(cell: Cell, parts: bool) -> tuple[str | int, ...]:
    if isinstance(cell, Part):
        return tuple(cell) if parts else (cell.spoken,)
    return (cell, "", "") if parts else (cell,)


@dataclass(frozen=True)
class Export:
    """Everything that is taken away: a title, the day it speaks of, facts (place, data time), tables, what to know.

    `name` is what the file is called; the title where none is given.
    """

    title: str
    on: dt.date
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    notes: Sequence[str] = field(default=())
    name: str = ""

    @property
    def rows(self) -> int:
        return sum(len(table) for table in self.tables)
