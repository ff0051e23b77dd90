"""The list of organisations as it is asked most: by place and by what one column says. Its statements are written once.

What they say is written by `reading.narrowed`, as for every other question; only the values are filled in later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, Q, QuerySet

from portal.api import cursors
from portal.api.statements import Slot, Statement
from portal.models import User
from registry import codes
from registry.api.register.reading import COLUMNS, KEY, narrowed, reached, rows

FILLED = {"category": CharField(), "legal_form": CharField(), "updated_since": DateTimeField()}
ELSEWHERE = {"place", "cursor", "page_size"}  # told apart from the narrowing
SPANS = 3  # of more places than these each combination would be a statement of its own


def source(user: User, places: Sequence[str], asked: Mapping[str, Any]) -> cursors.Source | QuerySet:
    """Where the rows of a question come from: a written statement where there is one for it, else the queryset."""
    spans, names = reached(user, places, asked), frozenset(asked) - ELSEWHERE
    if not 0 < len(spans) <= SPANS or not names <= FILLED.keys():
        return rows(user, places, asked)
    known = {name: asked[name] for name in names}
    for at, code in enumerate(spans):
        known[f"first{at}"], known[f"end{at}"] = codes.span(code)
    return Written(len(spans), names, known)


@dataclass(frozen=True)
class Written:
    """Rows of a written statement: so many places, these parameters, their values."""

    spans: int
    names: frozenset[str]
    known: Mapping[str, Any]

    def total(self) -> int:
        return _total(self.spans, self.names).ask(**self.known)[0]["many"]

    def behind(self, key: Sequence[Any], size: int) -> list[dict[str, Any]]:
        at = dict(zip(KEY, key, strict=True)) if key else {}
        return _page(self.spans, self.names, bool(key), size).ask(**self.known, **at)


@lru_cache(256)
def _total(spans: int, names: frozenset[str]) -> Statement:
    return Statement.count(_narrowed(spans, names).order_by(*KEY).values("pk")[: cursors.CAP + 1])


@lru_cache(512)
def _page(spans: int, names: frozenset[str], later: bool, size: int) -> Statement:
    found = _narrowed(spans, names)
    if later:
        key = [Slot(name, field) for name, field in zip(KEY, (CharField(), BigIntegerField()), strict=True)]
        found = found.filter(cursors.after(KEY, key))
    return Statement(found.values(*COLUMNS).order_by(*KEY)[:size])


def _narrowed(spans: int, names: frozenset[str]) -> QuerySet:
    where = Q()
    for at in range(spans):
        first, end = Slot(f"first{at}", CharField()), Slot(f"end{at}", CharField())
        where |= Q(place_code__gte=first, place_code__lt=end)
    return narrowed(where, {name: Slot(name, FILLED[name]) for name in names})
