"""How far the yearly sheets of a place and of the places below it are, and which places have not finished theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.paging import KeyPage, key_page
from registry.scope import within
from supervision import owing, territory
from supervision.items import BY_KEY, Item
from supervision.owing import Owing, Tally

PAGE = 50
EVERY = "sheets"  # the list of the places that have not given everything they are asked for


@dataclass(frozen=True)
class Row:
    """A place right below: what it owes itself, and how many places in it (itself too) are not complete."""

    code: str
    name: str
    owes: Owing
    incomplete: int


@dataclass(frozen=True)
class Line:
    """One item in a whole place: of how many places it is asked, and how many have given it."""

    item: Item
    levels: str
    owes: Owing


@dataclass(frozen=True)
class Progress:
    """A place and a year: its own sheet, each item, each place right below, and all places that are not complete."""

    place: Jurisdiction
    year: int
    own: Owing
    lines: list[Line]
    rows: list[Row]
    incomplete: int

    @property
    def all_own(self) -> Owing:
        """What the place and those right below it owe for themselves: the foot of the table."""
        return sum((row.owes for row in self.rows), self.own)


def progress(place: Jurisdiction, year: int) -> Progress:
    """Counted by a few statements, whatever the number of places."""
    children = territory.below(place, owing.day_of(year))
    width = territory.width(children)
    tallies = owing.counted(place, year, width)
    incomplete = territory.spread(_by_head(owing.lacking(place, year), width), children, 0)
    levels = {child.code: child.level for child in children}
    owes = territory.spread({head: _of_levels(tally) for head, tally in tallies.items()}, children, Levels())
    rows = [Row(one.code, one.name, owes[one.code].of(levels[one.code]), incomplete[one.code]) for one in children]
    own = sum((found.of(place.level) for found in owes.values()), Owing())
    return Progress(place, year, own, _lines(tallies.values()), rows, sum(incomplete.values()))


@dataclass(frozen=True)
class Levels:
    """What is owed, by level of the places that owe it."""

    by: tuple[tuple[int, Owing], ...] = ()

    def __add__(self, other: "Levels") -> "Levels":
        return Levels(self.by + other.by)

    def of(self, level: int) -> Owing:
        return sum((owes for one, owes in self.by if one == level), Owing())


def _of_levels(tally: Tally) -> Levels:
    return Levels(tuple((level, owes) for (level, _), owes in tally.items()))


def _lines(tallies: Iterable[Tally]) -> list[Line]:
    """Each item that is asked of anybody, in the order of the sheet."""
    found: Tally = {}
    for tally in tallies:
        for key, owes in tally.items():
            found[key] = found.get(key, Owing()) + owes
    lines = []
    for key, item in BY_KEY.items():
        levels = sorted(level for level, one in found if one == key)
        if levels:
            words = "、".join(Jurisdiction.Level(level).label for level in levels)
            lines.append(Line(item, words, sum((found[level, key] for level in levels), Owing())))
    return lines


def _by_head(rows: QuerySet, width: int) -> dict[str, int]:
    heads = rows.annotate(head=Substr("code", 1, width)).order_by().values("head")
    return dict(heads.annotate(many=Count("pk")).values_list("head", "many"))


@dataclass(frozen=True)
class Behind:
    """One page of the places behind a number; `lacks` names what each of them has not given, by code."""

    place: Jurisdiction
    year: int
    key: str
    words: str
    total: int
    page: KeyPage
    lacks: dict[str, list[str]]

    @property
    def rows(self) -> list[tuple[Jurisdiction, str]]:
        return [(one, "、".join(self.lacks[one.code])) for one in self.page]


def behind(place: Jurisdiction, year: int, key: str, *, own: bool = False, after: str = "", before: str = "") -> Behind:
    """The places that have not given an item (`EVERY`: something), in code order. `Refusal` for an unknown item."""
    if key != EVERY and key not in BY_KEY:
        raise Refusal("没有这样的清单", code="unknown_item")
    rows = owing.lacking(place, year, "" if key == EVERY else key).annotate(place_code=F("code"))
    if own:
        rows = rows.exclude(within([one.code for one in territory.below(place, owing.day_of(year))], "code"))
    found = key_page(rows.select_related("parent"), after=after, before=before, size=PAGE)
    total = rows.count()
    words = "没有填齐的地方" if key == EVERY else f"没有填“{BY_KEY[key].label}”的地方"
    return Behind(place, year, key, words, total, replace(found, total=str(total)), _lacks(place, year, found.rows))


def owed(place: Jurisdiction, year: int, most: int) -> list[tuple[Jurisdiction, str]]:
    """Each place with each item it has not given, in code order; at most so many."""
    found = list(owing.lacking(place, year).select_related("parent").order_by("code")[:most])
    lacks = _lacks(place, year, found)
    return [(one, label) for one in found for label in lacks[one.code]][:most]


def _lacks(place: Jurisdiction, year: int, shown: list[Jurisdiction]) -> dict[str, list[str]]:
    wanted = owing.demands(place.code, year)
    items = {item.key: item for demand in wanted for item in demand.items}.values()
    rows = owing.entries(year, items).filter(place_code__in=[one.code for one in shown])
    given = set(rows.values_list("place_code", "item"))
    found: dict[str, list[str]] = {one.code: [] for one in shown}
    for demand in wanted:
        for code in demand.among(shown):
            found[code] += [item.label for item in demand.items if (code, item.key) not in given]
    return found
