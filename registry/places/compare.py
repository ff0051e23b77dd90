"""Comparing places as a file tells them with places as they stand: two ordered streams, one pass. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from registry.places.source import Row

NEW, RENAMED, MOVED, GONE, RETURNED = VERBS = ("new", "renamed", "moved", "gone", "returned")
LABELS = {NEW: "新增", RENAMED: "改名", MOVED: "改隶", GONE: "撤销", RETURNED: "恢复"}


class Stood(NamedTuple):
    """A place as it stands in the register."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    starts: dt.date | None
    ends: dt.date | None


def pairs(rows: Iterator[Row], stood: Iterator[Stood]) -> Iterator[tuple[Row | None, Stood | None]]:
    """Row and standing place of the same code side by side; both streams in order of code."""
    row, place = next(rows, None), next(stood, None)
    while row or place:
        if place is None or (row and row.code < place.code):
            yield row, None
            row = next(rows, None)
        elif row is None or place.code < row.code:
            yield None, place
            place = next(stood, None)
        else:
            yield row, place
            row, place = next(rows, None), next(stood, None)


@dataclass
class Tally:
    """How many places of each verb, and the first few of each in words."""

    show: int = 10
    counts: Counter = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    read: int = 0  # rows in the files
    skipped: int = 0  # rows that repeat the place above (a pseudo level)
    kept: int = 0  # differences left alone because somebody entered the fact by hand
    levels: list[str] = field(default_factory=list)  # which files, with their rows

    def add(self, verb: str, words: str) -> None:
        self.counts[verb] += 1
        told = self.examples.setdefault(verb, [])
        if len(told) < self.show:
            told.append(words)

    @property
    def changed(self) -> bool:
        return any(self.counts.values())

    def lines(self) -> list[str]:
        """The difference in Chinese: per verb the number and the first few."""
        if not self.changed:
            return ["与现有地点一致，没有需要写入的变动"]
        told = []
        for verb in VERBS:
            if number := self.counts[verb]:
                told.append(f"{LABELS[verb]} {number:,} 个")
                told += [f"  {words}" for words in self.examples[verb]]
                if number > self.show:
                    told.append(f"  ……另有 {number - self.show:,} 个")
        return told
