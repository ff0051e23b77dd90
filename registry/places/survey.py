"""What a directory of division files would change. Reads files and tables, writes only scratch files on disk."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.models import Max

from registry.models import Jurisdiction, PlaceChange
from registry.places import classes, compare, source
from registry.places.compare import GONE, MOVED, NEW, RENAMED, RETURNED, Stood
from registry.places.source import Row, Sheet, SourceError

BY_HAND = "人工维护："  # how the source of a fact begins that a person entered; files leave such facts alone
FIELDS = ("id", "code", "name", "kind", "parent_id", "starts", "ends")


class Survey:
    """The differences between a directory and the register, counted in `tally`, listed on disk by verb."""

    def __init__(self, directory: Path, scratch: Path, *, on: dt.date, since: dt.date | None, show: int) -> None:
        self.directory, self.on, self.since = directory, on, since
        self.tally = compare.Tally(show)
        self.above: dict[str, int] = {}  # code → id of every place in the files of the levels read so far
        self.codes: dict[int, str] = {}  # id → code, also of places the files no longer have; no communities
        self.provinces: set[str] = set()
        self.concerned: set[str] = set()  # the provinces (2 digits) in which something differs
        self.next_id = 1 + (Jurisdiction.objects.aggregate(last=Max("id"))["last"] or 0)
        by_hand = PlaceChange.objects.filter(source__startswith=BY_HAND)
        self.by_hand = set(by_hand.values_list("place_id", "field"))
        self.paths = {verb: scratch / f"{verb}.csv" for verb in compare.VERBS}
        self.files = {verb: path.open("w", encoding="utf-8", newline="") for verb, path in self.paths.items()}
        self.writers = {verb: csv.writer(file) for verb, file in self.files.items()}

    def run(self) -> None:
        """Read every file once; `SourceError` on the first thing that is wrong."""
        try:
            for sheet in source.sheets(self.directory):
                before = self.tally.read
                self._compare(sheet)
                self.tally.levels.append(f"{sheet.label} {sheet.file}：{self.tally.read - before:,} 行")
        finally:
            for file in self.files.values():
                file.close()

    def spooled(self, verb: str) -> Iterator[list[str]]:
        """The differences of one verb, as the fields written by `_put`."""
        with self.paths[verb].open(encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines)

    def _compare(self, sheet: Sheet) -> None:
        stood = Jurisdiction.objects.filter(level=sheet.level).order_by("code").values_list(*FIELDS)
        known: dict[str, int] = {}
        with closing(stood.iterator(chunk_size=5000)) as places:
            for row, place in compare.pairs(self._rows(sheet), map(Stood._make, places)):
                number = self._told(row, place, sheet)
                if sheet.level < classes.COMMUNITY:
                    self.codes[number] = row.code if row else place.code
                    if row:
                        known[row.code] = number
        self.above |= known

    def _told(self, row: Row | None, place: Stood | None, sheet: Sheet) -> int:
        """Note what a row and a standing place say together; the id of the place."""
        if row is None:
            self._missing(place)
            return place.id
        return self._new(row, sheet) if place is None else self._same(row, place, sheet)

    def _rows(self, sheet: Sheet) -> Iterator[Row]:
        for row in source.rows(self.directory, sheet):
            self.tally.read += 1
            if row.code in self.above:
                self.tally.skipped += 1
                continue
            if sheet.level == classes.PROVINCE:
                self.provinces.add(row.code[:2])
            yield row

    def _parent(self, row: Row, sheet: Sheet) -> int | None:
        if not sheet.parent:
            return None
        if row.parent not in self.above:
            raise SourceError(f"{sheet.file} 第 {row.line} 行：上级代码 {row.parent} 不在上一级文件中（{row.name}）")
        return self.above[row.parent]

    def _new(self, row: Row, sheet: Sheet) -> int:
        number, self.next_id = self.next_id, self.next_id + 1
        kind, urban = classes.kind(row.code, row.name), classes.area_class(row.code)
        parent, since = self._parent(row, sheet) or "", self.since or ""
        fields = (number, row.code, row.name, sheet.level, kind, urban, since, "", parent)
        self._put(NEW, fields, f"{row.code} {row.name}")
        return number

    def _same(self, row: Row, place: Stood, sheet: Sheet) -> int:
        parent = self._parent(row, sheet)
        if row.name != place.name and self._free(place, "name"):
            kind = classes.kind(row.code, row.name)
            words = f"{row.code} {place.name} → {row.name}"
            self._put(RENAMED, (place.id, place.name, row.name, place.kind, kind), words)
        if parent != place.parent_id and self._free(place, "parent"):
            before = self.codes.get(place.parent_id, "")
            words = f"{row.code} {row.name}：{before} → {row.parent}"
            self._put(MOVED, (place.id, before, row.parent, parent), words)
        if place.ends and place.ends <= self.on and self._free(place, "ends"):
            self._put(RETURNED, (place.id, place.ends), f"{row.code} {row.name}（{place.ends} 撤销）")
        return place.id

    def _missing(self, place: Stood) -> None:
        """A standing place the files no longer have: gone, if its province is among them and nobody vouches for it."""
        if place.ends or place.code[:2] not in self.provinces or (place.starts and place.starts > self.on):
            return
        if self._free(place, "starts"):
            self._put(GONE, (place.id,), f"{place.code} {place.name}")

    def _free(self, place: Stood, field: str) -> bool:
        if (place.id, field) not in self.by_hand:
            return True
        self.tally.kept += 1
        return False

    def _put(self, verb: str, fields: tuple, words: str) -> None:
        """Note a difference; `words` begins with the code of the place."""
        self.writers[verb].writerow(fields)
        self.concerned.add(words[:2])
        self.tally.add(verb, words)


@contextmanager
def taken(directory: Path, *, on: dt.date, since: dt.date | None = None, show: int = 10) -> Iterator[Survey]:
    """A finished survey of a directory; its lists on disk live as long as the block.

    `on` is the day from which differences count, `since` the first day written for new places (None: not known).
    """
    with tempfile.TemporaryDirectory() as scratch:
        survey = Survey(directory, Path(scratch), on=on, since=since, show=show)
        survey.run()
        yield survey
