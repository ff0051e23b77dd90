"""Who has reported and who has not, in many places at once: the documents are read once and held against each place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from registry import codes, periods, reports
from registry.models import (
    Jurisdiction,
    Organisation,
    PolicyPack,
    Report,
    Standing,
)
from registry.periods import Period
from registry.policy.parameters import NATION
from registry.policy.resolve import Rules, in_force
from registry.reports import ANNUAL, PERIODIC, Owed
from registry.scope import within

STATES = {"missing": "未报送", "late": "逾期报送", "reported": "按期报送"}
BACK = 3  # how many periods a page offers


class Book:
    """The documents in use on a day, read once; the rules of any place without asking the database again."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self.packs = PolicyPack.objects.current().read()
        self._known: dict[str, Rules] = {}

    def rules(self, code: str) -> Rules:
        if code not in self._known:
            self._known[code] = Rules(tuple(in_force(self.packs, code, self.on)), self.on)
        return self._known[code]

    def areas(self, kind: str) -> list[str]:
        """The places whose documents ask for this report; the nation asks everybody for the yearly one."""
        if kind == ANNUAL:
            return [NATION]
        wanted = reports.RULE[kind]
        return sorted({pack.area for pack in self.packs if any(p.key == wanted and p.value for p in pack.parameters)})

    def owed(self, organisation: Organisation, kind: str, period: Period | None = None) -> Owed | None:
        """What one organisation owes, as `reports.owed` says."""
        rules = self.rules(organisation.place_code)
        return reports.owed(kind, organisation.standing, organisation.legal_form, rules, self.on, period)


def offered(book: Book, held: Iterable[str]) -> list[str]:
    """The kinds of report that are asked for somewhere in these places."""
    return [kind for kind in Report.Kind if any(_asked(book, kind, code) for code in held)]


def _asked(book: Book, kind: str, code: str) -> bool:
    return any(area == NATION or _touch(area, code) for area in book.areas(kind))


def _touch(area: str, code: str) -> bool:
    return codes.contains(area, code) or codes.contains(code, area)


def spans(book: Book, kind: str) -> list[Period]:
    """The last periods of a kind that are over, newest first."""
    found = []
    for months in sorted({_months(book, area) for area in book.areas(kind)}) if kind == PERIODIC else [periods.YEAR]:
        on = book.on
        for _ in range(BACK):
            found.append(periods.before(on, months))
            on = found[-1].last
    return sorted(found, key=lambda one: one.last, reverse=True)


def _months(book: Book, area: str) -> int:
    rule = reports.asked(book.rules(area), PERIODIC)
    return periods.months_of(int(rule.exact or 365)) if rule else periods.YEAR


def owing(book: Book, kind: str, period: Period) -> QuerySet[Organisation]:
    """The organisations that owe a report for a period, each with `filed`, `noted` and `late` (None: not there)."""
    stood = Standing.objects.on(period.last).filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(stood), standing__in=reports.OWING[kind])
    areas = book.areas(kind)
    if NATION not in areas:
        rows = rows.filter(within(areas))
    if kind == PERIODIC:
        rows = rows.exclude(place__level__lt=Jurisdiction.Level.COMMUNITY)
    told = FilteredRelation("reports", condition=Q(reports__kind=kind, reports__period=period.key))
    return rows.annotate(told=told).annotate(
        filed=F("told__filed_on"), noted=F("told__noted_on"), was_late=F("told__late")
    )


def narrowed(rows: QuerySet[Organisation], state: str) -> QuerySet[Organisation]:
    """The rows in one state; all of them for any other word."""
    wanted = {"missing": Q(filed=None), "late": Q(was_late=True), "reported": Q(was_late=False)}
    return rows.filter(wanted[state]) if state in wanted else rows


def counts(rows: QuerySet[Organisation]) -> dict[str, int]:
    """How many owe the report, and how many are in each state; one query."""
    return rows.order_by().aggregate(
        all=Count("pk"),
        missing=Count("pk", filter=Q(filed=None)),
        late=Count("pk", filter=Q(was_late=True)),
        reported=Count("pk", filter=Q(was_late=False)),
    )


@dataclass(frozen=True)
class Line:
    """One organisation on the page: when its report is due by which rule, and where it stands."""

    organisation: Organisation
    owed: Owed | None
    state: str

    @property
    def label(self) -> str:
        return {"soon": "未到期", "free": "没有报送"}.get(self.state, STATES.get(self.state, ""))


def lines(book: Book, rows: Iterable[Organisation], kind: str, period: Period) -> list[Line]:
    """The rows of a page in words; no further queries."""
    return [_line(one, book.owed(one, kind, period), book.on) for one in rows]


def _line(one: Organisation, owed: Owed | None, on: dt.date) -> Line:
    if one.filed is not None:
        return Line(one, owed, "late" if one.was_late else "reported")
    if owed and not periods.late(on, owed.due):
        return Line(one, owed, "soon")
    return Line(one, owed, "missing" if owed and owed.binding else "free")
