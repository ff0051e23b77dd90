"""The lists behind the numbers of data gaps: exactly the organisations or places that were counted."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.paging import KeyPage, key_page
from registry.scope import within
from supervision import territory
from supervision.gaps.board import TOTAL
from supervision.gaps.facts import BY_KEY, organisations

PAGE = 50


@dataclass(frozen=True)
class Lacking:
    """One page of the organisations of a place that lack a fact; `own` leaves out what lies in the places below."""

    place: Jurisdiction
    key: str
    words: str
    own: bool
    total: int
    page: KeyPage


def lacking(
    place: Jurisdiction, key: str, on: dt.date, *, own: bool = False, after: str = "", before: str = ""
) -> Lacking:
    """The organisations behind a number, in code order, fifty a page. `Refusal` for an unknown fact."""
    rows = organisations(place.code)
    if key != TOTAL:
        if key not in BY_KEY:
            raise Refusal("没有这样的清单", code="unknown_fact")
        rows = rows.filter(BY_KEY[key].missing(on))
    if own:
        rows = beside(rows, place, on)
    words = BY_KEY[key].label if key in BY_KEY else "在册组织"
    found = key_page(rows.select_related("place__parent"), after=after, before=before, size=PAGE)
    total = rows.count()
    return Lacking(place, key, words, own, total, replace(found, total=str(total)))


def beside(rows: QuerySet, place: Jurisdiction, on: dt.date) -> QuerySet:
    """The rows that lie in none of the places right below."""
    return rows.exclude(within([child.code for child in territory.below(place, on)]))
