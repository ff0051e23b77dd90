"""What is counted for the tables of a period: a few statements a place, however many organisations and rows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr, TruncDate
from django.utils import timezone

from registry import codes
from registry.codes import NATION
from registry.models import Case, Jurisdiction, PartyCoverage, Report, Standing, State, Step
from registry.periods import Period
from registry.scope import within
from supervision import counts, territory
from supervision.indicators import Cell
from supervision.statistics.content import OWN, TOTAL

COUNTED = ("registered", "filed")
CHANGES = ("filing-change", "registration-change")
Heads = dict[str, Counter[str]]


@dataclass(frozen=True)
class Row:
    """A place right below (its code), the place's own level or the whole place, with every number by its key."""

    key: str
    name: str
    numbers: Counter[str]


@dataclass(frozen=True)
class Tally:
    """`rows` add up to `total`."""

    rows: list[Row]
    total: Row


def tally(place: Jurisdiction, period: Period) -> Tally:
    """Every number of every fixed table of a place: standing as of the last day, flows from the first to the last."""
    read = counts.read(place, period.last)
    children = [child for child, _ in read.rows]
    spread = territory.spread(_counted(place, period, territory.width(children)), children, Counter())
    rows = [Row(child.code, child.name, _cells(cells) + spread[child.code]) for child, cells in read.rows]
    rest = _cells(read.rest) + spread[territory.OWN]
    if rows and any(rest.values()):
        rows.append(Row(OWN, f"{place.name}本级", rest))
    total = _cells(read.own) + sum(spread.values(), Counter())
    return Tally(rows, Row(TOTAL, "合计", total))


def whole(place: Jurisdiction, period: Period) -> Counter[str]:
    """What is counted of the whole place beside the figures of its board."""
    return sum(_counted(place, period, codes.WIDTHS[-1]).values(), Counter())


def _cells(cells: dict[str, Cell]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, cell in cells.items():
        found[f"{name}.hits"], found[f"{name}.base"] = cell.hits, cell.base
    return found


def _counted(place: Jurisdiction, period: Period, width: int) -> Heads:
    found: Heads = {}
    for rows in (
        _stood(place, period.last, width),
        _covered(place, period.last, width),
        _begun(place, period, width),
        _ended(place, period, width),
        _cases(place, period, width),
        _corrections(place, period, width),
        _reports(place, period, width),
    ):
        for head, key, many in rows:
            found.setdefault(head, Counter())[key] += many
    return found


def _inside(rows: QuerySet, place: Jurisdiction, width: int, field: str = "place_code") -> QuerySet:
    rows = rows if place.code == NATION else rows.filter(within([place.code], field))
    return rows.order_by().annotate(head=Substr(field, 1, width))


def _stood(place: Jurisdiction, on: dt.date, width: int) -> Iterable[tuple[str, str, int]]:
    rows = _inside(Standing.objects.on(on).filter(kind__in=COUNTED), place, width)
    grouped = rows.values_list("head", "kind", "legal_form", "organisation__category").annotate(many=Count("pk"))
    for head, kind, form, category, many in grouped:
        yield head, "standing", many
        yield head, f"category.{category}", many
        if kind == "registered":
            yield head, f"form.{form}", many


def _covered(place: Jurisdiction, on: dt.date, width: int) -> Iterable[tuple[str, str, int]]:
    """Organisations by the kind of party organisation that covers them; one covered twice counts under each."""
    stood = _inside(Standing.objects.on(on).filter(kind__in=COUNTED), place, width)
    covers = PartyCoverage.objects.in_force(on).order_by().values("organisation")
    for kind, _ in PartyCoverage.KINDS:
        rows = stood.filter(organisation__in=covers.filter(kind=kind))
        for head, many in rows.values_list("head").annotate(many=Count("pk")):
            yield head, f"cover.{kind}", many


def _begun(place: Jurisdiction, period: Period, width: int) -> Iterable[tuple[str, str, int]]:
    """What was filed or registered anew, or turned from filed into registered."""
    new = Standing.objects.filter(starts__gte=period.first, starts__lte=period.last, kind__in=COUNTED)
    rows = _inside(new, place, width).annotate(
        goes_on=_neighbour(ends=OuterRef("starts"), kind=OuterRef("kind")),
        turned=_neighbour(ends=OuterRef("starts"), kind="filed"),
    )
    grouped = rows.filter(goes_on=False).values_list("head", "kind", "turned").annotate(many=Count("pk"))
    for head, kind, turned, many in grouped:
        yield head, "new.converted" if kind == "registered" and turned else f"new.{kind}", many


def _ended(place: Jurisdiction, period: Period, width: int) -> Iterable[tuple[str, str, int]]:
    """What ended altogether; `ends` is the first day on which it no longer stood."""
    over = Standing.objects.filter(ends__gte=period.first, ends__lte=period.last, kind__in=COUNTED)
    rows = _inside(over, place, width).annotate(goes_on=_neighbour(starts=OuterRef("ends")))
    grouped = rows.filter(goes_on=False).values_list("head", "kind").annotate(many=Count("pk"))
    for head, kind, many in grouped:
        yield head, f"ended.{kind}", many


def _neighbour(**how: object) -> Exists:
    return Exists(Standing.objects.filter(organisation=OuterRef("organisation"), **how).exclude(pk=OuterRef("pk")))


def _cases(place: Jurisdiction, period: Period, width: int) -> Iterable[tuple[str, str, int]]:
    start, end = _moments(period)
    closed = Q(closed_at__gte=start, closed_at__lt=end)
    decided = closed & Q(state__in=(State.APPROVED, State.REJECTED), promised_on__isnull=False)
    numbers = {
        "received": Q(submitted_at__gte=start),
        "approved": closed & Q(state=State.APPROVED),
        "rejected": closed & Q(state=State.REJECTED),
        "withdrawn": closed & Q(state=State.WITHDRAWN),
        "open": Q(closed_at=None) | Q(closed_at__gte=end),
        "promised": decided,
        "in_time": decided & Q(closed_day__lte=F("promised_on")),
        "changed": closed & Q(state=State.APPROVED, kind__in=CHANGES),
    }
    handed_in = Case.objects.filter(Q(closed_at=None) | Q(closed_at__gte=start), submitted_at__lt=end)
    rows = _inside(handed_in, place, width).annotate(closed_day=TruncDate("closed_at"))
    counted = {f"n_{key}": Count("pk", filter=wanted) for key, wanted in numbers.items()}
    for head, *many in rows.values("head").annotate(**counted).values_list("head", *counted):
        yield from ((head, key, number) for key, number in zip(numbers, many, strict=True))


def _corrections(place: Jurisdiction, period: Period, width: int) -> Iterable[tuple[str, str, int]]:
    start, end = _moments(period)
    given_back = Step.objects.filter(target=State.RETURNED, at__gte=start, at__lt=end)
    rows = _inside(given_back, place, width, "case__place_code")
    for head, many in rows.values_list("head").annotate(many=Count("pk")):
        yield head, "corrections", many


def _reports(place: Jurisdiction, period: Period, width: int) -> Iterable[tuple[str, str, int]]:
    """Reports handed in within the period, and those of them that came late."""
    filed = Report.objects.filter(filed_on__gte=period.first, filed_on__lte=period.last)
    grouped = _inside(filed, place, width).values_list("head", "kind", "late").annotate(many=Count("pk"))
    for head, kind, late, many in grouped:
        yield head, f"report.{kind}", many
        if late:
            yield head, f"late.{kind}", many


def _moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of the period and the first after it, in local time."""
    first, after = period.first, period.last + dt.timedelta(days=1)
    start, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first, after))
    return start, end
