"""The yearly sheet of one place: every item its level owns, what was said of it before, and who said it."""

from dataclasses import dataclass, field

from registry.models import Jurisdiction, Population
from supervision import owing
from supervision.items import BY_KEY, Item, owned_by
from supervision.models import Entry
from supervision.owing import Owing

YES_NO = {1: "是", 0: "否"}


def said(row: Entry) -> str:
    """The figure of a row in words: 12 人, 是."""
    item = BY_KEY.get(row.item)
    if item and item.kind == "flag":
        return YES_NO.get(row.value, str(row.value))
    return f"{row.value} {item.unit}".rstrip() if item else str(row.value)


@dataclass(frozen=True)
class Line:
    """An item of the sheet: the figure of the year, former ones of the year, the newest of an earlier year."""

    item: Item
    asked: bool
    now: Entry | None = None
    before: Entry | None = None
    former: list[Entry] = field(default_factory=list)

    @property
    def now_words(self) -> str:
        return said(self.now) if self.now else ""

    @property
    def before_words(self) -> str:
        return said(self.before) if self.before else ""

    @property
    def former_words(self) -> list[tuple[str, Entry]]:
        """The earlier figures of the year in words, newest first."""
        return [(said(row), row) for row in self.former]

    @property
    def given(self) -> bool:
        """Whether the year has a figure: its own, or one that holds until a newer one."""
        return self.now is not None or (self.before is not None and not self.item.exact_year)


@dataclass(frozen=True)
class Sheet:
    """The lines asked by the documents of the place come first, then what its level may enter besides."""

    place: Jurisdiction
    year: int
    lines: list[Line]
    people: list[Population]

    @property
    def asked(self) -> list[Line]:
        return [line for line in self.lines if line.asked]

    @property
    def others(self) -> list[Line]:
        return [line for line in self.lines if not line.asked]

    @property
    def owes(self) -> Owing:
        return Owing(len(self.asked), sum(line.given for line in self.asked))


def sheet(place: Jurisdiction, year: int) -> Sheet:
    """The sheet of a place and a year; three statements."""
    items = owned_by(place.level)
    asked = {item.key for item in owing.asked_of(place, year)}
    rows = Entry.objects.filter(place_code=place.code, year__lte=year, item__in=[item.key for item in items])
    by_item: dict[str, list[Entry]] = {}
    for row in rows.select_related("by").order_by("-year", "-id"):
        by_item.setdefault(row.item, []).append(row)
    lines = [_line(item, item.key in asked, year, by_item.get(item.key, [])) for item in items]
    return Sheet(place, year, lines, list(_people(place, year)))


def _line(item: Item, asked: bool, year: int, rows: list[Entry]) -> Line:
    this_year = [row for row in rows if row.year == year]
    return Line(
        item,
        asked,
        next((row for row in this_year if row.current), None),
        next((row for row in rows if row.year < year and row.current), None),
        [row for row in this_year if not row.current],
    )


def _people(place: Jurisdiction, year: int) -> list[Population]:
    """The newest population of each kind up to the year; it has its own page and writer."""
    found: dict[str, Population] = {}
    for row in place.populations.filter(year__lte=year).order_by("-year", "kind") if place.level <= 3 else ():
        found.setdefault(row.kind, row)
    return list(found.values())
