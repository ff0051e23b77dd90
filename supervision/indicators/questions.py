"""What is asked of all places at once: where, on which day, counting whom."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q, QuerySet

from registry import codes
from registry.codes import NATION
from registry.scope import within

COUNTED = ("registered", "filed")
HEAD = codes.WIDTHS[3]  # digits of a head: a street, or what stands at a higher place itself (it ends in 000)


@dataclass(frozen=True)
class Question:
    """A place (12 digits; twelve zeros for the nation), a day, and how the documents count.

    `tiers` are the standings that count (`count.tiers`); `staff_min` the social workers a hub must have; `resident`
    whether the population is that of residents or of registered households (`count.population`). With `heads` only
    what stands under these nine-digit heads is asked.
    """

    code: str
    on: dt.date
    tiers: tuple[str, ...] = COUNTED
    staff_min: int = 2
    resident: bool = True
    heads: tuple[str, ...] | None = None

    def inside(self, rows: QuerySet, field: str) -> QuerySet:
        """The rows whose 12-digit code in `field` lies in the place, and under the heads where they are given.

        A set that is only looked into and may lie elsewhere (the hubs of a county's streets) is asked `anywhere`.
        """
        if self.heads is not None:
            under = Q(pk__in=[])
            for head in self.heads:
                under |= Q(**{f"{field}__gte": f"{head}000", f"{field}__lt": f"{int(head) + 1:09}000"})
            return rows.filter(under)
        return rows if self.code == NATION else rows.filter(within([self.code], field))

    def anywhere(self) -> Self:
        """The same question of the whole nation."""
        return replace(self, code=NATION, heads=None)

    def lasting(self, starts: str = "starts", ends: str = "ends") -> Q:
        """Intervals [starts, ends) that hold the day."""
        return Q(**{f"{starts}__lte": self.on}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": self.on}))

    def width(self) -> int:
        """How many digits name the places right below: 2 under the nation, 12 under a street and in a community."""
        return codes.WIDTHS[min(codes.level(self.code), len(codes.WIDTHS) - 1)]
