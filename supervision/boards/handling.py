"""How long cases take against their limits, by kind of case and by place. Never by person.

Every table is summed from the same few statements, however many cases there are: days are grouped by their number,
so medians are exact. Days on the clock are what the ledger says: the days of the limit less those left when it
stopped; what is suspended does not count.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr, TruncDate

from registry import clock
from registry.casework import kinds
from registry.models import CLOSED, CalendarDay, Case, Clock, Interval, Jurisdiction, State, Step
from registry.scope import DESK, within
from supervision import durations, territory
from supervision.boards.feeds import midnight

DECIDED = (State.APPROVED, State.REJECTED)
PROMISED, STATUTORY = Clock.Scope.PROMISED, Clock.Scope.STATUTORY
LIMITS = (PROMISED, STATUTORY)


@dataclass(frozen=True)
class Span:
    """A place, and the days from `since` to `on`, both included."""

    place: Jurisdiction
    since: dt.date
    on: dt.date

    @property
    def ends(self) -> dt.datetime:
        return midnight(self.on, 1)

    def during(self, column: str) -> Q:
        """A moment of a case that lies in the span."""
        return Q(**{f"{column}__gte": midnight(self.since), f"{column}__lt": self.ends})


def span(place: Jurisdiction, on: dt.date, months: int) -> Span:
    """The months that end with a day."""
    return Span(place, durations.since(on, months), on)


class Kept(NamedTuple):
    """How many of the closed cases kept a limit, of those that had one."""

    hits: int = 0
    base: int = 0

    def __add__(self, other: "Kept") -> "Kept":  # type: ignore[override]
        return Kept(self.hits + other.hits, self.base + other.base)


@dataclass
class Times:
    """What became of the cases of one kind, or of one place.

    `took` are calendar days from handing in to the decision, waiting for the applicant included; `used` the days on
    the promised clock by unit; `rounds` correction notices of the decided cases and `corrected` how many had one;
    `held` days the clocks of the decided cases were suspended. `open`, `overdue`, `suspended` are as of the last day.
    """

    received: int = 0
    decided: int = 0
    withdrawn: int = 0
    open: int = 0
    overdue: int = 0
    suspended: int = 0
    rounds: int = 0
    corrected: int = 0
    held: int = 0
    took: Counter[int] = field(default_factory=Counter)
    used: dict[str, Counter[int]] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=lambda: dict.fromkeys(LIMITS, Kept()))

    def __add__(self, other: "Times") -> "Times":
        numbers = {name: getattr(self, name) + getattr(other, name) for name in SUMMED}
        used = {
            unit: self.used.get(unit, Counter()) + other.used.get(unit, Counter())
            for unit in {**self.used, **other.used}
        }
        return Times(**numbers, used=used, kept={limit: self.kept[limit] + other.kept[limit] for limit in LIMITS})


COUNTED = ("received", "decided", "withdrawn", "open", "overdue", "suspended")
SUMMED = (*COUNTED, "rounds", "corrected", "held", "took")
Cells = dict[tuple[str, str], Times]


@dataclass(frozen=True)
class Handling:
    """The times of a place: of all cases, by kind in the order of the kinds, by the places right below."""

    span: Span
    whole: Times
    kinds: list[tuple[str, Times]]
    rows: list[tuple[Jurisdiction, Times]]
    rest: Times


def handling(found: Span) -> Handling:
    """Read the times of a place; the same statements whatever the number of cases."""
    children = territory.below(found.place, found.on)
    cells = _cells(found, territory.width(children))
    by_kind, by_head = _summed(cells, 0), _summed(cells, 1)
    for (kind, unit), days in _used(found).items():
        by_kind.setdefault(kind, Times()).used[unit] = days
    at = territory.spread(by_head, children, Times())
    whole = sum(by_kind.values(), Times())
    named = [(kind.label, by_kind[key]) for key, kind in kinds.every().items() if key in by_kind]
    return Handling(found, whole, named, [(child, at[child.code]) for child in children], at[territory.OWN])


def _summed(cells: Cells, by: int) -> dict[str, Times]:
    found: dict[str, Times] = {}
    for key, times in cells.items():
        found[key[by]] = found.get(key[by], Times()) + times
    return found


def _cells(found: Span, width: int) -> Cells:
    cells: Cells = {}
    for kind, head, *numbers in _counted(found, width):
        cells[kind, head] = Times(*numbers)
    for kind, head, took, many in _taken(found, width):
        cells[kind, head].took[took.days] += many
    for kind, head, limit, base, hits in _limits(found, width):
        cells[kind, head].kept[limit] = Kept(hits, base)
    for kind, head, given, back, corrected in _rounds(found, width):
        cells[kind, head].rounds, cells[kind, head].corrected = given - back, corrected
    for kind, head, held in _held(found, width):
        cells[kind, head].held = held.days
    return cells


# --- which cases ---------------------------------------------------------------------------------------------------


def _inside(found: Span) -> QuerySet:
    """Cases of the place that were handed in by the last day; drafts are none."""
    return Case.objects.filter(within([found.place.code]), submitted_at__lt=found.ends).order_by()


def _decided(found: Span) -> Q:
    return Q(state__in=DECIDED) & found.during("closed_at")


def _open(found: Span) -> Q:
    return Q(closed_at=None) | Q(closed_at__gte=found.ends)


def _overdue(found: Span) -> Q:
    """Open past the last day of a limit of the whole case, promised or statutory."""
    clocks = Clock.objects.filter(case=OuterRef("pk"), scope__in=LIMITS, starts__lte=found.on, due_on__lt=found.on)
    return _open(found) & Q(Exists(clocks))


def _suspended(found: Span) -> Q:
    over = Q(ends=None) | Q(ends__gt=found.on)
    return _open(found) & Q(Exists(Interval.objects.holding().filter(over, case=OuterRef("pk"), starts__lte=found.on)))


def _late(found: Span) -> Q:
    """Decided after the last day of a limit."""
    return _decided(found) & Q(
        Exists(Clock.objects.filter(case=OuterRef("pk"), scope__in=LIMITS, stopped__gt=F("due_on")))
    )


LISTS = {
    "received": ("收件", lambda found: found.during("submitted_at")),
    "decided": ("办结", _decided),
    "late": ("超过期限才办结", _late),
    "open": ("在办", _open),
    "overdue": ("在办并已超过期限", _overdue),
    "suspended": ("正在暂停计时", _suspended),
}


def behind(found: Span, which: str, *, kind: str = "", own: bool = False) -> QuerySet:
    """Exactly the cases behind a number; with `own` those at the place itself. `LookupError` for no such number."""
    rows = _inside(found).filter(LISTS[which][1](found))
    if kind:
        rows = rows.filter(kind=kinds.of(kind).key)
    return rows.exclude(within([child.code for child in territory.below(found.place, found.on)])) if own else rows


# --- the statements ------------------------------------------------------------------------------------------------


def _grouped(rows: QuerySet, width: int, *also: str, case: str = "") -> QuerySet:
    """Rows by kind and by the first digits of the place, and by what else is named."""
    rows = rows.annotate(head=Substr(f"{case}place_code", 1, width), matter_key=F(f"{case}kind"))
    return rows.order_by().values_list("matter_key", "head", *also)


def _counted(found: Span, width: int) -> QuerySet:
    conditions = {
        "received": found.during("submitted_at"),
        "decided": _decided(found),
        "withdrawn": Q(state=State.WITHDRAWN) & found.during("closed_at"),
        "open": _open(found),
        "overdue": _overdue(found),
        "suspended": _suspended(found),
    }
    rows = _inside(found).filter(_open(found) | Q(closed_at__gte=midnight(found.since)))
    many = {f"n_{name}": Count("pk", filter=meant) for name, meant in conditions.items()}
    return _grouped(rows, width).annotate(**many)


def _taken(found: Span, width: int) -> QuerySet:
    took = ExpressionWrapper(TruncDate("closed_at") - TruncDate("submitted_at"), output_field=DurationField())
    rows = _inside(found).filter(_decided(found)).annotate(days_taken=took)
    return _grouped(rows, width, "days_taken").annotate(many=Count("pk"))


def _of_decided(rows: QuerySet, found: Span) -> QuerySet:
    return rows.filter(case__in=_inside(found).filter(_decided(found)).values("pk"))


def _limits(found: Span, width: int) -> QuerySet:
    rows = _of_decided(Clock.objects.filter(scope__in=LIMITS, due_on__isnull=False), found)
    kept = Count("pk", filter=Q(stopped__lte=F("due_on")))
    return _grouped(rows, width, "scope", case="case__").annotate(base=Count("pk"), hits=kept)


def _rounds(found: Span, width: int) -> QuerySet:
    """Correction notices, those the desk called back itself left out."""
    given = Q(target=State.RETURNED)
    back = Q(source=State.RETURNED, role__in=DESK) & ~Q(target__in=CLOSED)
    rows = _of_decided(Step.objects.filter(given | back), found)
    grouped = _grouped(rows, width, case="case__")
    cases = Count("case", distinct=True, filter=given)
    return grouped.annotate(given=Count("pk", filter=given), back=Count("pk", filter=back), corrected=cases)


def _held(found: Span, width: int) -> QuerySet:
    days = ExpressionWrapper(F("ends") - F("starts"), output_field=DurationField())
    rows = _of_decided(Interval.objects.holding().filter(ends__isnull=False), found)
    return _grouped(rows, width, case="case__").annotate(held=Sum(days))


def _used(found: Span) -> dict[tuple[str, str], Counter[int]]:
    """Days on the promised clock by kind and unit, counted with the calendar of the place."""
    calendar = CalendarDay.objects.calendar(found.place.code)
    rows = _of_decided(Clock.objects.filter(scope=PROMISED, due_on__isnull=False), found)
    shapes = rows.order_by().values_list("case__kind", "unit", "days", "stopped", "due_on").annotate(many=Count("pk"))
    known: dict[tuple[dt.date, dt.date, str], int] = {}
    counted: dict[tuple[str, str], Counter[int]] = {}
    for kind, unit, days, stopped, due, many in shapes:
        if (due, stopped, unit) not in known:
            known[due, stopped, unit] = clock.left(due, stopped, unit, calendar=calendar)
        counted.setdefault((kind, unit), Counter())[max(days - known[due, stopped, unit], 0)] += many
    return counted
