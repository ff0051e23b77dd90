"""What is asked of all places at once: where, on which day, counting whom."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from registry import codes
from registry.policy.parameters import NATION
from registry.scope import within

COUNTED = ("registered", "filed")


@dataclass(frozen=True)
class Question:
    """A place (12 digits; twelve zeros for the nation), a day, and how the documents count.

    `tiers` are the standings that count (`count.tiers`); `staff_min` the social workers a hub must have.
    """

    code: str
    on: dt.date
    tiers: tuple[str, ...] = COUNTED
    staff_min: int = 2

    def inside(self, rows: QuerySet, field: str) -> QuerySet:
        """The rows whose 12-digit code in `field` lies in the place."""
        return rows if self.code == NATION else rows.filter(within([self.code], field))

    def lasting(self, starts: str = "starts", ends: str = "ends") -> Q:
        """Intervals [starts, ends) that hold the day."""
        return Q(**{f"{starts}__lte": self.on}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": self.on}))

    def width(self) -> int:
        """How many digits name the places right below: 2 under the nation, 12 under a street and in a community."""
        if self.code == NATION:
            return codes.WIDTHS[0]
        return codes.WIDTHS[min(codes.level(self.code), len(codes.WIDTHS) - 1)]
