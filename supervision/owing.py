"""Which places owe which yearly figures, and which of them were given; counted for many places at once.

An item is asked of a place of its levels where a document of the place, of one above or of one below needs it. A
figure serves until a newer one is given; where the clause speaks of each year it serves that year alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils import timezone

from registry import codes
from registry.codes import NATION
from registry.models import Jurisdiction, PolicyPack
from registry.models.jurisdictions import PSEUDO
from registry.scope import within
from supervision.items import ITEMS, Item, owned_by
from supervision.models import Entry


@dataclass(frozen=True)
class Owing:
    """How many figures are asked and how many of them were given."""

    asked: int = 0
    given: int = 0

    @property
    def missing(self) -> int:
        return self.asked - self.given

    def __add__(self, other: "Owing") -> "Owing":
        return Owing(self.asked + other.asked, self.given + other.given)


TOWNS = (Jurisdiction.Kind.TOWN.value, Jurisdiction.Kind.TOWNSHIP.value)
KINDS = {"brands": TOWNS}  # 一乡一镇一品牌 (JL 一（二）): 街道 need not
UNLESS = {"charity_precision_bases": ("accelerated", 0), "charity_bases": ("accelerated", 1)}  # WZ 一（二）


@dataclass(frozen=True)
class Demand:
    """Items asked, in a year, of the places of a level that lie in one of the areas, or hold one.

    With `kinds` only places of these kinds are asked, with `unless` those that did not say so of another item.
    """

    year: int
    level: int
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    unless: tuple[str, int] | None
    items: tuple[Item, ...]

    def reaches(self, field: str) -> Q:
        """Places (by their code in `field`) that are asked, of this level or any other."""
        asked = self._narrowed(field)
        if NATION in self.areas:
            return asked
        above = {code for area in self.areas for code in codes.lineage(area)} | {NATION}
        return asked & (within(list(self.areas), field) | Q(**{f"{field}__in": sorted(above)}))

    def among(self, found: Iterable[Jurisdiction]) -> set[str]:
        """The codes of those places that are asked; a statement only where not all of them are."""
        near = {one.code for one in found if one.level == self.level and any(_touch(a, one.code) for a in self.areas)}
        if not near or not (self.kinds or self.unless):
            return near
        rows = Jurisdiction.objects.filter(self._narrowed("code"), code__in=near)
        return set(rows.values_list("code", flat=True))

    def _narrowed(self, field: str) -> Q:
        asked = Q()
        if self.kinds:
            asked &= Q(**{f"{field}__in": Jurisdiction.objects.filter(kind__in=self.kinds).order_by().values("code")})
        if self.unless:
            asked &= ~Q(**{f"{field}__in": _saying(*self.unless, self.year)})
        return asked


def _touch(area: str, code: str) -> bool:
    return codes.contains(area, code) or codes.contains(code, area)


def _saying(item: str, value: int, year: int) -> QuerySet:
    """Codes of the places whose newest figure of an item, up to a year, is this value."""
    rows = Entry.objects.filter(item=item, current=True, year__lte=year).order_by()
    newer = rows.filter(place_code=OuterRef("place_code"), year__gt=OuterRef("year"))
    return rows.filter(~Exists(newer), value=value).values("place_code")


Tally = dict[tuple[int, str], Owing]  # (level, item)


def day_of(year: int) -> dt.date:
    """The day a year's sheet speaks of: its last, today in the year that runs."""
    return min(timezone.localdate(), dt.date(year, 12, 31))


def asked_of(place: Jurisdiction, year: int) -> list[Item]:
    """The items a place is asked for, in the order of the sheet."""
    wanted = [demand for demand in demands(place.code, year) if demand.among([place])]
    asked = {item.key for demand in wanted for item in demand.items}
    return [item for item in owned_by(place.level) if item.key in asked]


def demands(code: str, year: int) -> list[Demand]:
    """What is asked of a place and of those below it, grouped so that the number depends on the documents alone."""
    areas = _areas(code, year)
    found: dict[tuple, list[Item]] = {}
    for item in ITEMS:
        wanting = tuple(sorted({area for key in item.answers for area in areas.get(key, ())}))
        for level in item.levels:
            if wanting and level >= codes.level(code):
                whom = (level, wanting, KINDS.get(item.key, ()), UNLESS.get(item.key))
                found.setdefault(whom, []).append(item)
    return [Demand(year, *whom, tuple(items)) for whom, items in found.items()]


def _areas(code: str, year: int) -> dict[str, set[str]]:
    """Policy key → areas of documents in force that set it, of those that reach the place or lie in it."""
    on, found = day_of(year), {}
    for pack in PolicyPack.objects.current().order_by("slug").read():
        if pack.starts <= on and _touch(pack.area, code):
            for parameter in pack.parameters:
                if parameter.in_force(on):
                    found.setdefault(parameter.key, set()).add(pack.area)
    return found


def counted(place: Jurisdiction, year: int, width: int) -> dict[str, Tally]:
    """Leading digits → (level, item) → asked and given, of a place and everything below; two statements."""
    wanted = demands(place.code, year)
    found: dict[str, Tally] = {}
    for head, *numbers in _asked(place, year, width, wanted):
        for demand, number in zip(wanted, numbers, strict=True):
            for item in demand.items if number else ():
                found.setdefault(head, {})[demand.level, item.key] = Owing(number)
    for head, level, item, number in _given(place, year, width, wanted):
        tally = found.setdefault(head, {})
        tally[level, item] = tally.get((level, item), Owing()) + Owing(0, number)
    return found


def _asked(place: Jurisdiction, year: int, width: int, wanted: list[Demand]) -> QuerySet:
    tallies = {
        f"n{number}": Count("pk", filter=Q(level=demand.level) & demand.reaches("code"))
        for number, demand in enumerate(wanted)
    }
    rows = places(place, year).filter(level__in={demand.level for demand in wanted}).order_by()
    rows = rows.annotate(head=Substr("code", 1, width)).values("head")
    return rows.annotate(**tallies).values_list("head", *tallies)


def _given(place: Jurisdiction, year: int, width: int, wanted: list[Demand]) -> QuerySet:
    rows = entries(year, [item for demand in wanted for item in demand.items])
    rows = rows.annotate(level=_level("place_code")).filter(_inside(place, "place_code"), _answering(wanted))
    rows = rows.filter(place_code__in=places(place, year).order_by().values("code"))
    rows = rows.annotate(head=Substr("place_code", 1, width)).order_by().values("head", "level", "item")
    return rows.annotate(many=Count("place_code", distinct=True)).values_list("head", "level", "item", "many")


def places(place: Jurisdiction, year: int) -> QuerySet:
    """A place and those below it that stand on the day the year's sheet speaks of; 市辖区 and the like are none."""
    rows = Jurisdiction.objects.standing_on(day_of(year)).filter(_inside(place, "code"))
    return rows.exclude(level__lte=Jurisdiction.Level.COUNTY, name__in=PSEUDO)


def entries(year: int, items: Iterable[Item]) -> QuerySet:
    """The figures that serve a year for these items."""
    items = list(items)
    yearly, lasting = ([item.key for item in items if item.exact_year is exact] for exact in (True, False))
    serving = Q(item__in=yearly, year=year) | Q(item__in=lasting, year__lte=year)
    return Entry.objects.filter(serving, current=True, item__in=[*yearly, *lasting])


def lacking(place: Jurisdiction, year: int, item: str = "") -> QuerySet:
    """The places that have not given an item (any item) they are asked for."""
    wanted = [
        replace(one, items=tuple(i for i in one.items if item in ("", i.key))) for one in demands(place.code, year)
    ]
    wanted = [one for one in wanted if one.items]
    return places(place, year).filter(_any(wanted, "code")).exclude(code__in=_complete(place, year, wanted))


def _any(wanted: list[Demand], field: str) -> Q:
    asked = Q(pk__in=[])
    for demand in wanted:
        asked |= Q(level=demand.level) & demand.reaches(field)
    return asked


def _complete(place: Jurisdiction, year: int, wanted: list[Demand]) -> QuerySet:
    """Codes of the places that gave everything: found from the figures, which are fewer than the places."""
    rows = entries(year, [item for demand in wanted for item in demand.items])
    rows = rows.annotate(level=_level("place_code")).filter(_inside(place, "place_code"), _answering(wanted))
    asked = Value(0)
    for demand in wanted:
        here = When(Q(level=demand.level) & demand.reaches("place_code"), then=Value(len(demand.items)))
        asked = asked + Case(here, default=Value(0))
    rows = rows.annotate(asked=asked).order_by().values("place_code", "asked")
    return rows.annotate(many=Count("item", distinct=True)).filter(many=F("asked")).values("place_code")


def _answering(wanted: list[Demand]) -> Q:
    """Figures somebody asked for."""
    found = Q(pk__in=[])
    for demand in wanted:
        found |= Q(level=demand.level, item__in=keys(demand.items)) & demand.reaches("place_code")
    return found


def keys(items: Iterable[Item]) -> list[str]:
    return [item.key for item in items]


def _inside(place: Jurisdiction, field: str) -> Q:
    return Q() if place.code == NATION else within([place.code], field)


def _level(field: str) -> Case:
    """The level of a code, by the zeros it ends in."""
    ends = [(NATION, 0)] + [("0" * (12 - width), level) for level, width in enumerate(codes.WIDTHS[:-1], start=1)]
    return Case(*[When(**{f"{field}__endswith": zeros}, then=Value(level)) for zeros, level in ends], default=Value(5))
