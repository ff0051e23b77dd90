"""What an indicator is: two sets of the register, one over the other, counted for many places by one statement."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Count, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Substr

from registry.models import Jurisdiction, Organisation
from supervision.indicators.questions import Question

Population = Callable[[Question], QuerySet]


class Cell(NamedTuple):
    """What was counted of one indicator in one place; `missing` places owe a figure and have not given it."""

    hits: int = 0
    base: int = 0
    missing: int = 0

    def plus(self, other: tuple[int, ...], sign: int = 1) -> "Cell":
        """The sum (or difference) cell by cell; `other` may leave out what is missing."""
        hits, base, missing = (*other, 0)[:3]
        return Cell(self.hits + sign * hits, self.base + sign * base, self.missing + sign * missing)

    def stored(self) -> list[int]:
        """As it is kept: two numbers, three where something is missing."""
        return list(self) if self.missing else [self.hits, self.base]


NOTHING = Cell()
ROOM = 2000  # statements a process remembers: all indicators of some forty places and days


@dataclass(frozen=True)
class Indicator:
    """`hits` are counted on top, `base` below (None for a plain number).

    Each population is a set with `at` (12-digit code), `thing` (id of what is listed) and, where it is not each row
    that counts one, `amount`. `absent` are the places that owe a figure and have not entered it. `lists` says what
    the hits are (places, organisations, entries), `base_lists` the same below. `lacks` names what a gap is counted
    in. `formal_down_to` is the lowest level at which the result is formal and not a contribution. `drifts` marks
    what changes as days pass although nobody writes anything: it is counted on the day, never kept.

    A kind "ratio" divides two sums of figures (volunteers by people); there a missing figure leaves no verdict.
    """

    name: str
    label: str
    short: str
    definition: str
    hits: Population
    base: Population | None = None
    absent: Population | None = None
    kind: str = "share"
    lists: type = Jurisdiction
    base_lists: type = Jurisdiction
    lacks: str = "个"
    hits_words: str = ""
    base_words: str = ""
    formal_down_to: int = 4
    drifts: bool = False

    def counts(self, question: Question, width: int) -> dict[str, Cell]:
        """Cells by the first `width` digits of the place, in one statement; sums roll up without loss."""
        found: dict[str, Cell] = {}
        for head, *numbers in self.rows(question, width):
            found[head] = found.get(head, NOTHING).plus(tuple(numbers))
        return found

    def rows(self, question: Question, width: int) -> list[tuple[str, int, int, int]]:
        """(head, hits, base, missing) as the database gives them; a head comes once for each of the sets it is in."""
        try:
            statement = self.statement(question, width)
        except EmptyResultSet:  # asked of no heads at all
            return []
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            return cursor.fetchall()

    def statement(self, question: Question, width: int) -> tuple[str, tuple]:
        """The statement itself and its parameters. Written once a process for a question that comes again."""
        return _written(self, question, width) if question.heads is None else _write(self, question, width)

    def _union(self, question: Question, width: int) -> QuerySet:
        rows = _tally(self.hits(question), width, 0)
        for place, population in enumerate((self.base, self.absent), start=1):
            if population is not None:
                rows = rows.union(_tally(population(question), width, place), all=True)
        return rows

    def behind(self, question: Question, side: str) -> tuple[QuerySet, type]:
        """The set behind a number and what it lists: `hits`, `base`, `missing` (in the base but not hit), `absent`."""
        if side == "hits":
            return self.hits(question), self.lists
        if side == "base" and self.base is not None:
            return self.base(question), self.base_lists
        if side == "missing" and self.can_miss:
            return self.base(question).exclude(pk__in=self.hits(question).values("pk")), self.base_lists
        if side == "absent" and self.absent is not None:
            return self.absent(question), Jurisdiction
        raise LookupError(side)

    @property
    def below_streets(self) -> bool:
        """Whether something of it lies in communities, so that the rows of a street say something of it."""
        return Organisation in (self.lists, self.base_lists) or "社区" in self.base_words

    @property
    def bounded(self) -> bool:
        """Whether the base counts places that gave no figure too, so that a share reached without them is reached."""
        return self.kind == "share" and self.base is not None

    @property
    def can_miss(self) -> bool:
        """Whether hits are a part of the base, so that the rest can be listed."""
        return self.base is not None and self.kind == "share" and self.lists is self.base_lists


def _write(indicator: Indicator, question: Question, width: int) -> tuple[str, tuple]:
    return indicator._union(question, width).query.sql_with_params()


_written = lru_cache(maxsize=ROOM)(_write)  # to write one takes ten times as long as a street needs to answer it


def _tally(rows: QuerySet, width: int, place: int) -> QuerySet:
    """(head, hits, base, missing) of a set, counted into one of the three."""
    many = Cast(Coalesce(Sum("amount"), 0), BigIntegerField()) if "amount" in rows.query.annotations else Count("pk")
    columns = {f"c{number}": many if number == place else Value(0) for number in range(3)}
    grouped = rows.annotate(head=Substr("at", 1, width)).order_by().values("head")
    return grouped.annotate(**columns).values_list("head", *columns)
