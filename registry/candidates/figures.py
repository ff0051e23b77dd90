"""Numbers of the ledger: how many stand where, how many got there, and how long it took. Exact, never rounded."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, QuerySet

from registry.models import Candidate, Stage


@dataclass(frozen=True)
class Figures:
    """Stages with their counts; of those that were listed and have left again, how many registered and how fast.

    `days` is the median of the days from listing to registration, a fraction of two where two lie in the middle.
    """

    stages: list[tuple[str, str, int]]
    left: int
    converted: int
    days: Fraction | None
    due: int

    @property
    def rate(self) -> Fraction | None:
        """Registered over listed and left; None while nobody has left."""
        return Fraction(self.converted, self.left) if self.left else None

    @property
    def rate_text(self) -> str:
        """2/3（66.6%）: the tenths of a percent cut off, so that nothing short of all reads as 100%."""
        if self.rate is None:
            return "暂无数据"
        tenths = self.rate * 1000 // 1
        return f"{self.converted}/{self.left}（{tenths // 10}.{tenths % 10}%）"

    @property
    def days_text(self) -> str:
        """45 天, 45.5 天."""
        if self.days is None:
            return "暂无数据"
        return f"{int(self.days)}{'' if self.days.denominator == 1 else '.5'} 天"


def figures(rows: QuerySet[Candidate], on: dt.date) -> Figures:
    """The numbers of some candidates on a day, in five queries whatever their number."""
    counts = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    left = rows.exclude(listed_on=None).filter(stage__in=(Stage.REGISTERED, Stage.REMOVED))
    registered = left.filter(stage=Stage.REGISTERED)
    return Figures(
        stages=[(stage.value, str(stage.label), counts.get(stage.value, 0)) for stage in Stage],
        left=left.count(),
        converted=registered.count(),
        days=median(registered),
        due=due(rows, on).count(),
    )


def due(rows: QuerySet[Candidate], on: dt.date) -> QuerySet[Candidate]:
    """Those whose review is due: the day itself counts, as it is the day to do it."""
    return rows.filter(stage__in=(Stage.LISTED, Stage.APPLYING), review_due__lte=on)


def median(rows: QuerySet[Candidate]) -> Fraction | None:
    """The median of the days from listing to leaving."""
    pairs = rows.order_by().values_list("listed_on", "closed_on")
    days = sorted((closed - listed).days for listed, closed in pairs.iterator() if closed and listed)
    if not days:
        return None
    return Fraction(days[(len(days) - 1) // 2] + days[len(days) // 2], 2)
