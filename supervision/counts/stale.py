"""Which leaves of a place must be counted again, because something was written since they were kept."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from registry import codes
from registry.codes import NATION
from registry.models import Jurisdiction, Touch
from registry.scope import within
from supervision.counts import heads
from supervision.indicators import ALL
from supervision.models import CountDay

FEW = 300  # leaves that are counted one by one; beyond, the whole place is counted from the register


@dataclass
class Stale:
    """The kept day that serves, and the leaves of the place that must be counted again; `many` means all of them.

    `drifting` are the indicators that change as days pass: asked for any other day than the kept one they are
    counted on that day.
    """

    day: dt.date | None
    leaves: set[str] = field(default_factory=set)
    many: bool = False
    drifting: frozenset[str] = frozenset()

    @property
    def base(self) -> dt.date | None:
        """The day whose kept rows are used; None where none are."""
        return None if self.many else self.day


def find(code: str, on: dt.date) -> Stale:
    """What is stale of a place (12 digits) asked for a day."""
    day = CountDay.objects.filter(on__lte=on).order_by("-on").values_list("on", flat=True).first()
    if day is None:
        return Stale(None, many=True)
    late = Q(on__gt=day, on__lte=on) | Q(on__lte=day, folded_at=None)
    touched = set(Touch.objects.filter(late, about(code)).order_by().values_list("place_code", "whole").distinct())
    if any(whole and codes.contains(one, code) for one, whole in touched):
        return Stale(day, many=True)
    leaves = {leaf for leaf in concerned(touched) if leaf.startswith(codes.prefix(code))}
    if len(leaves) > FEW:
        return Stale(day, many=True)
    return Stale(day, leaves, drifting=frozenset(one.name for one in ALL if one.drifts and on != day))


def about(code: str) -> Q:
    """Touches inside a place, and those of places above it that concern everything below."""
    if code == NATION:
        return ~Q(pk__in=[])
    return within([code]) | Q(whole=True, place_code__in=[*codes.lineage(code), NATION])


def concerned(touched: Iterable[tuple[str, bool]]) -> set[str]:
    """The leaves touches (place, whole) concern."""
    found: set[str] = set()
    for code, whole in touched:
        found.update(heads.leaves(code))
        if whole:
            found.update(_under(code))
    return found


def _under(code: str) -> QuerySet:
    """Every leaf in a place, be it that it stands no longer."""
    inside = Jurisdiction.objects.within(code).order_by()
    return inside.annotate(leaf=Substr("code", 1, heads.LEAF)).values_list("leaf", flat=True).distinct()
