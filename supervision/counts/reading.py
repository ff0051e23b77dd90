"""What a place and the places below it have, as of any day: read from the kept counts, corrected where they are stale.

Kept are whole days (`CountDay`). Asked for another day, the kept day before it is taken, and every leaf that was
touched with effect in between is counted again; so is every leaf whose touch is not folded in yet. The answer is
that of a full recount, and costs the same with three thousand organisations and with three million.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Case, JSONField, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from portal.models import RunRecord
from registry import codes
from registry.models import Jurisdiction, Touch
from registry.places import history
from registry.policy import resolve
from supervision import territory
from supervision.counts import heads, live
from supervision.counts import stale as stales
from supervision.counts.heads import Cells
from supervision.counts.stale import Stale
from supervision.counts.ways import current_packs, question
from supervision.indicators import ALL, Cell, Indicator
from supervision.models import Count, CountDay

KEEPER = "counts"  # the record a keeper holds while it works, and marks with the moment it is done
TRIES = 5
Answer = TypeVar("Answer")
Names = Collection[str] | None
LEVEL = Jurisdiction.Level


@dataclass(frozen=True)
class Reading:
    """What was counted: of the whole place, of each place right below in code order, and at the place itself alone."""

    place: Jurisdiction
    on: dt.date
    own: dict[str, Cell]
    rows: list[tuple[Jurisdiction, dict[str, Cell]]]
    rest: dict[str, Cell]
    as_at: dt.datetime


def read(place: Jurisdiction, on: dt.date, names: Names = None) -> Reading:
    """The counts of a place on a day; of the named indicators alone where some must be counted anew."""
    if place.level >= LEVEL.STREET:
        return _small(place, on, names)
    return _steady(lambda: _read(place, on, names))


def _steady(ask: Callable[[], Answer]) -> Answer:
    """The answer of one moment: asked again where a keeper changed the kept counts in between."""
    for _ in range(TRIES - 1):
        before, answer = _moment(), ask()
        if before == _moment():
            return answer
    return ask()


def _moment() -> dt.datetime | None:
    """When a keeper last changed the kept counts."""
    return RunRecord.objects.filter(name=KEEPER).values_list("started_at", flat=True).first()


def _read(place: Jurisdiction, on: dt.date, names: Names) -> Reading:
    stale = stales.find(place.code, on)
    head = codes.prefix(place.code)
    children, own, rest = _children(place, on, stale), _kept(head, stale), _kept(head.ljust(heads.LEAF, "0"), stale)
    for leaf, cells in _fresh(place, on, stale, names).items():
        heads.add(own, cells)
        child = next((cells_ for one, cells_ in children if leaf.startswith(codes.prefix(one.code))), rest)
        heads.add(child, cells)
    rows = [(child, _cells(cells)) for child, cells in children]
    return Reading(place, on, _cells(own), rows, _cells(rest), timezone.now())


def totals(place: Jurisdiction, on: dt.date, names: Names = None) -> dict[str, Cell]:
    """The counts of the whole place alone."""
    if place.level > LEVEL.STREET:
        return _cells(live.within(_ask(place, on), codes.WIDTHS[4], _named(names)).get(place.code, {}))
    return _cells(_steady(lambda: _totals(place, on, names)))


def _totals(place: Jurisdiction, on: dt.date, names: Names) -> Cells:
    stale = stales.find(place.code, on)
    own = _kept(codes.prefix(place.code), stale)
    for cells in _fresh(place, on, stale, names).values():
        heads.add(own, cells)
    return own


def series(place: Jurisdiction, days: list[dt.date], names: Names = None) -> list[tuple[dt.date, dict[str, Cell]]]:
    """The counts of a place on several days; three statements where all of them are kept and nothing is stale."""
    if place.level > LEVEL.STREET or not days:
        return [(day, totals(place, day, names)) for day in days]
    kept = set(CountDay.objects.filter(on__in=days).values_list("on", flat=True))
    waiting = Touch.objects.filter(stales.about(place.code), folded_at=None).aggregate(since=Min("on"))["since"]
    head = codes.prefix(place.code)
    rows = list(Count.objects.filter(head=head, on__lte=max(days)).order_by("on").values_list("on", "counts"))
    found = []
    for day in days:
        if day in kept and (waiting is None or waiting > day):
            cells = next((counts for on, counts in reversed(rows) if on <= day), {})
            found.append((day, _cells(cells)))
        else:
            found.append((day, totals(place, day, names)))
    return found


def _fresh(place: Jurisdiction, on: dt.date, stale: Stale, names: Names) -> dict[str, Cells]:
    """Leaf → what must be added to the kept counts; everything there is where nothing kept serves."""
    if stale.many:
        return live.leaves(on, place.code, _named(names))
    found: dict[str, Cells] = {}
    if stale.leaves:
        found = live.of(on, stale.leaves)
        for leaf, counts in Count.objects.filter(head__in=stale.leaves).as_of(stale.day).values_list("head", "counts"):
            heads.add(found.setdefault(leaf, {}), heads.kept(counts), -1)
    found = {leaf: heads.without(cells, stale.drifting) for leaf, cells in found.items()}
    asked = [indicator for indicator in _named(names) if indicator.name in stale.drifting]
    if asked:
        for leaf, cells in live.leaves(on, place.code, asked).items():
            heads.add(found.setdefault(leaf, {}), cells)
    return found


def _children(place: Jurisdiction, on: dt.date, stale: Stale) -> list[tuple[Jurisdiction, Cells]]:
    """The places right below with their kept cells, called as on the day."""
    found = territory.below(place, on, lambda standing: _with_counts(standing, stale.base))
    rows = [(child, heads.without(heads.kept(child.kept), stale.drifting)) for child in found]
    _call(rows, on)
    return rows


def _with_counts(rows: QuerySet, base: dt.date | None) -> QuerySet:
    if base is None:
        return rows.annotate(kept=Value({}, JSONField()))
    width = Case(*[When(level=level, then=Value(codes.WIDTHS[level - 1])) for level in range(1, 5)], default=Value(12))
    newest = Count.objects.filter(head=OuterRef("head"), on__lte=base).order_by("-on").values("counts")[:1]
    return rows.annotate(head=Substr("code", 1, width)).annotate(
        kept=Coalesce(Subquery(newest), Value({}, JSONField()))
    )


def _call(rows: list[tuple[Jurisdiction, Cells]], on: dt.date) -> None:
    """Places bear the name of the day."""
    if on >= timezone.localdate():
        return
    names = history.names_then([child for child, _ in rows], on)
    for child, _ in rows:
        child.name = names[child.pk]


def _kept(head: str, stale: Stale) -> Cells:
    if stale.base is None:
        return {}
    row = Count.objects.filter(head=head, on__lte=stale.base).order_by("-on").values_list("counts", flat=True).first()
    return heads.without(heads.kept(row), stale.drifting)


def _cells(cells: Cells) -> dict[str, Cell]:
    return {name: Cell(*numbers) for name, numbers in cells.items()}


def _ask(place: Jurisdiction, on: dt.date):
    return question(place.code, on, resolve.in_force(current_packs(), place.code, on))


def _small(place: Jurisdiction, on: dt.date, names: Names) -> Reading:
    """A street: its sums as they are kept, its communities counted as they stand; they are few enough."""
    asked = [one for one in _named(names) if one.below_streets or place.level > LEVEL.STREET]
    found = live.within(_ask(place, on), codes.WIDTHS[4], asked)
    own = _steady(lambda: _totals(place, on, names)) if place.level == LEVEL.STREET else dict(found.get(place.code, {}))
    rows = [(child, found.get(child.code, {})) for child in territory.below(place, on)]
    rest = dict(own)
    for _, cells in rows:
        heads.add(rest, cells, -1)
    _call(rows, on)
    told = [(child, _cells(cells)) for child, cells in rows]
    return Reading(place, on, _cells(own), told, _cells(rest), timezone.now())


def _named(names: Names) -> list[Indicator]:
    return list(ALL) if names is None else [indicator for indicator in ALL if indicator.name in names]
