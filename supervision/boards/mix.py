"""What kinds of organisations a place has: by tier, category, form and group served; and how filed ones register.

Each table is one statement over the standings of the day, however many places and organisations.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear, Substr

from registry.codes import NATION
from registry.models import Candidate, Jurisdiction, Service, ServiceGroup, Standing
from registry.scope import within
from supervision.territory import below, spread, width

KINDS = ("registered", "filed", "listed")
SENSITIVE = frozenset({ServiceGroup.MINORS, ServiceGroup.MENTAL, ServiceGroup.YOUTH, ServiceGroup.CORRECTION})
UNKNOWN = ""  # no category, no group stated
Crossed = dict[tuple[str, str], int]


class Year(NamedTuple):
    """What happened in a year: `filed` and `registered` anew, `converted` from one to the other, `ended` altogether.

    `before` are those that stood filed when the year began.
    """

    year: int
    before: int
    filed: int
    registered: int
    converted: int
    ended: int


@dataclass(frozen=True)
class Mix:
    """{(row, column): number} tables of a place: rows are categories, forms or 12-digit codes, columns tiers or groups.

    `stated` counts organisations that state at least one group; an organisation may serve several.
    """

    place: Jurisdiction
    on: dt.date
    rows: list[Jurisdiction]
    categories: Crossed
    forms: Crossed
    territories: Crossed
    groups: Crossed
    served: Crossed
    stated: int
    years: list[Year] = field(default_factory=list)
    candidates: dict[str, int] = field(default_factory=dict)

    def total(self, kind: str) -> int:
        return sum(number for (_, one), number in self.forms.items() if one == kind)


def mix(place: Jurisdiction, on: dt.date) -> Mix:
    """The mix of a place as of a day; categories and groups are those the organisations state today."""
    rows = below(place, on)
    stood = _inside(Standing.objects.on(on), place)
    both = stood.order_by().values_list("organisation__category", "legal_form", "kind").annotate(many=Count("pk"))
    categories, forms = _twice(both)
    served = _served(stood)
    return Mix(
        place,
        on,
        rows,
        categories,
        forms,
        _by_place(stood, place, rows, "kind"),
        _crossed(served.values_list("organisation__category", "group").annotate(many=Count("pk"))),
        _by_place(_placed(served, stood), place, rows, "group"),
        stood.filter(organisation__services__isnull=False).values("organisation").distinct().count(),
        years(place, on),
        candidates(place, on),
    )


def _inside(rows: QuerySet, place: Jurisdiction) -> QuerySet:
    return rows if place.code == NATION else rows.filter(within([place.code]))


def _twice(rows: Iterable[tuple[str, str, str, int]]) -> tuple[Crossed, Crossed]:
    categories: Crossed = {}
    forms: Crossed = {}
    for category, form, kind, many in rows:
        categories[category, kind] = categories.get((category, kind), 0) + many
        forms[form, kind] = forms.get((form, kind), 0) + many
    return categories, forms


def _crossed(rows: Iterable[tuple[str, str, int]]) -> Crossed:
    return {(row, column): many for row, column, many in rows}


def _served(stood: QuerySet) -> QuerySet:
    return Service.objects.filter(organisation__in=stood.values("organisation")).order_by()


def _placed(served: QuerySet, stood: QuerySet) -> QuerySet:
    """The services with the place where their organisation stood on the day."""
    return served.annotate(place_code=stood.filter(organisation=OuterRef("organisation")).values("place_code")[:1])


def _by_place(rows: QuerySet, place: Jurisdiction, children: list[Jurisdiction], column: str) -> Crossed:
    """By the places right below; what lies in none of them stands under the place's own code."""
    head = Substr("place_code", 1, width(children))
    grouped = rows.order_by().annotate(head=head).values_list("head", column).annotate(many=Count("pk"))
    found: Crossed = {}
    by_column: dict[str, dict[str, int]] = {}
    for code, name, many in grouped:
        by_column.setdefault(name, {})[code] = many
    for name, counted in by_column.items():
        told = spread(counted, children, 0)
        found |= {(code or place.code, name): many for code, many in told.items() if many}
    return found


def candidates(place: Jurisdiction, on: dt.date) -> dict[str, int]:
    """How many candidates entered the ledger, left it and are on it, as of a day; at home where they stood then."""
    rows = Candidate.objects.all()
    if place.code != NATION:
        here = within([place.code])
        left = Standing.objects.filter(here, ends__gt=on).order_by().values("organisation")
        home = Standing.objects.on(on).filter(organisation=OuterRef("organisation")).order_by().values("place_code")
        rows = rows.filter(here | Q(organisation__in=left)).alias(home=Coalesce(Subquery(home[:1]), F("place_code")))
        rows = rows.filter(within([place.code], "home"))
    listed, out = Q(listed_on__lte=on), Q(closed_on__lte=on)
    return rows.aggregate(
        suggested=Count("pk", filter=Q(suggested_on__lte=on) & ~out & ~listed),
        listed=Count("pk", filter=listed & ~out),
        registered=Count("pk", filter=listed & out & Q(stage="registered")),
        removed=Count("pk", filter=listed & out & Q(stage="removed")),
    )


def years(place: Jurisdiction, on: dt.date) -> list[Year]:
    """Year by year up to the day. A standing that only goes on at another place or scope neither begins nor ends."""
    mine = _inside(Standing.objects.filter(starts__lte=on, kind__in=("registered", "filed")), place).order_by()
    begun = mine.annotate(
        year=ExtractYear("starts"),
        goes_on=_neighbour(ends=OuterRef("starts"), kind=OuterRef("kind")),
        turned=_neighbour(ends=OuterRef("starts"), kind="filed"),
    )
    over = mine.filter(ends__lte=on).annotate(year=ExtractYear("ends"), goes_on=_neighbour(starts=OuterRef("ends")))
    came = begun.values_list("year", "kind", "goes_on", "turned").annotate(many=Count("pk"))
    went = over.values_list("year", "kind", "goes_on").annotate(many=Count("pk"))
    return _told(list(came), list(went))


def _neighbour(**how) -> Exists:
    return Exists(Standing.objects.filter(organisation=OuterRef("organisation"), **how).exclude(pk=OuterRef("pk")))


def _told(came: list[tuple], went: list[tuple]) -> list[Year]:
    known, standing = sorted({row[0] for row in [*came, *went]}), 0
    found = []
    for year in range(known[0], known[-1] + 1) if known else ():
        begun, over = [row[1:] for row in came if row[0] == year], [row[1:] for row in went if row[0] == year]
        new = [(kind, turned, many) for kind, goes_on, turned, many in begun if not goes_on]
        filed = sum(many for kind, _, many in new if kind == "filed")
        converted = sum(many for kind, turned, many in new if kind == "registered" and turned)
        registered = sum(many for kind, turned, many in new if kind == "registered" and not turned)
        ended = sum(many for _, goes_on, many in over if not goes_on)
        found.append(Year(year, standing, filed, registered, converted, ended))
        standing += sum(row[-1] for row in begun if row[0] == "filed") - sum(
            row[-1] for row in over if row[0] == "filed"
        )
    return found
