"""How many organisations of a place lack which fact, by the places right below; counted on reading."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse

from registry.models import Jurisdiction
from supervision import territory
from supervision.gaps.facts import FACTS, Fact, organisations
from supervision.territory import OWN

TOTAL = "organisations"  # all organisations asked; no fact
Numbers = dict[str, int]
Cell = tuple[str, int, str]


@dataclass(frozen=True)
class Row:
    """A place right below, the place's own level (`own`), or the whole place: key of a fact → how many lack it."""

    code: str
    name: str
    numbers: Numbers
    own: bool = False


@dataclass(frozen=True)
class Board:
    """What the organisations of a place lack; `rows` add up to `total`."""

    place: Jurisdiction
    total: Row
    rows: list[Row]

    @property
    def facts(self) -> list[Fact]:
        """The facts somebody lacks."""
        return [fact for fact in FACTS if self.total.numbers[fact.key]]

    @property
    def known(self) -> str:
        """The facts nobody lacks, in words."""
        return "、".join(fact.short for fact in FACTS if not self.total.numbers[fact.key])

    @property
    def lines(self) -> list[tuple[Row, list[Cell]]]:
        return [(row, self.cells(row)) for row in self.rows]

    @property
    def foot(self) -> list[Cell]:
        return self.cells(self.total)

    def cells(self, row: Row) -> list[Cell]:
        """(heading, number, address of its list) of all organisations and of each fact somebody lacks."""
        headings = {TOTAL: "在册组织"} | {fact.key: f"缺{fact.short}" for fact in self.facts}
        root, suffix = reverse("supervision:gaps", args=[row.code]), "?own=1" if row.own else ""
        return [(words, row.numbers[key], f"{root}{key}/{suffix}") for key, words in headings.items()]


def board(place: Jurisdiction, on: dt.date) -> Board:
    """Counted by one statement for the facts that stand on the organisation, and one for each other fact."""
    children = territory.below(place, on)
    counted = {key: territory.spread(heads, children, 0) for key, heads in _counted(place, on, children).items()}
    rows = [Row(child.code, child.name, _of(counted, child.code)) for child in children]
    rest = _of(counted, OWN)
    if children and any(rest.values()):
        rows.append(Row(place.code, f"{place.name}本级", rest, own=True))
    total = {key: sum(found.values()) for key, found in counted.items()}
    return Board(place, Row(place.code, place.name, total), rows)


def _of(counted: dict[str, Numbers], code: str) -> Numbers:
    return {key: found[code] for key, found in counted.items()}


def _counted(place: Jurisdiction, on: dt.date, children: list[Jurisdiction]) -> dict[str, Numbers]:
    """Fact → leading digits → how many organisations lack it."""
    rows = organisations(place.code).annotate(head=Substr("place_code", 1, territory.width(children)))
    columns = [fact for fact in FACTS if fact.column]
    tallies = {f"n{number}": Count("pk", filter=fact.missing(on)) for number, fact in enumerate(columns)}
    found: dict[str, Numbers] = {TOTAL: {}, **{fact.key: {} for fact in FACTS}}
    for head, many, *numbers in (
        rows.values("head").annotate(many=Count("pk"), **tallies).values_list("head", "many", *tallies)
    ):
        found[TOTAL][head] = many
        for fact, number in zip(columns, numbers, strict=True):
            found[fact.key][head] = number
    for fact in FACTS:
        if not fact.column:
            found[fact.key] = _by_head(rows.filter(fact.missing(on)))
    return found


def _by_head(rows: QuerySet) -> Numbers:
    return dict(rows.values("head").annotate(many=Count("pk")).values_list("head", "many"))
