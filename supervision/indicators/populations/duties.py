"""Who handed in the reports it owed, and which street has somebody to look after organisations."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from registry import periods
from registry.models import Office, Report, Standing
from registry.periods import Period
from registry.scope import Role
from supervision.indicators.populations.organisations import of_communities, standings
from supervision.indicators.populations.places import streets
from supervision.indicators.questions import Question

REGISTERED_DUE, FILED_DUE = "05-31", "03-31"  # as `registry.reports` asks for them
CADENCE, GRACE = 180, 30  # days between reports to the two committees, and to hand one in (渝北 2021; 暂定)
TIERS = ("registered", "filed", "listed")


def staffed_streets(question: Question) -> QuerySet:
    """Streets where somebody holds the office of the street's desk; a stand-in for a time is nobody assigned."""
    held = Office.objects.filter(question.lasting(), role=Role.STREET, stands_in_for=None).order_by()
    return streets(question).filter(pk__in=held.values("place"))


def owing_yearly(question: Question, kind: str) -> QuerySet:
    """Organisations of a standing that owed the last yearly report whose last day is over."""
    return _stood(standings(question, kind), year_due(question.on, kind))


def reported_yearly(question: Question, kind: str) -> QuerySet:
    return _reported(owing_yearly(question, kind), Report.Kind.ANNUAL, year_due(question.on, kind), question.on)


def reported_duty(question: Question) -> QuerySet:
    """Registered organisations whose legal representative reported on duty (温民社组〔2018〕127号 三（十二）)."""
    rows = owing_yearly(question, "registered")
    return _reported(rows, Report.Kind.DUTY, year_due(question.on, "registered"), question.on)


def owing_periodic(question: Question) -> QuerySet:
    """Organisations of communities that owed the last report to the two committees whose last day is over."""
    return _stood(of_communities(question, *TIERS), period_due(question.on))


def reported_periodic(question: Question) -> QuerySet:
    return _reported(owing_periodic(question), Report.Kind.PERIODIC, period_due(question.on), question.on)


def year_due(on: dt.date, kind: str) -> Period:
    """The last year whose report is due before the day: on the due day itself there is still time."""
    last = periods.before(on)
    due = periods.due_by_date(last, REGISTERED_DUE if kind == "registered" else FILED_DUE)
    return last if periods.late(on, due) else periods.before(last.last)


def period_due(on: dt.date) -> Period:
    """The last period whose report to the two committees is due before the day."""
    return periods.before(on - dt.timedelta(days=GRACE), periods.months_of(CADENCE))


def _stood(rows: QuerySet, period: Period) -> QuerySet:
    """Those that stood on the register on the last day of the period, in whatever tier."""
    stood = Standing.objects.on(period.last).filter(organisation=OuterRef("organisation_id")).order_by()
    return rows.filter(Exists(stood))


def _reported(rows: QuerySet, kind: str, period: Period, on: dt.date) -> QuerySet:
    there = Report.objects.filter(kind=kind, period=period.key, filed_on__lte=on).order_by()
    return rows.filter(Exists(there.filter(organisation=OuterRef("organisation_id"))))
