"""Reports organisations owe: which, until when by whose rule, handed in or not, and who is reminded.

The only writer of `Report`. A report is owed by whoever stood on the register on the last day of its period.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.errors import OutOfTurn
from registry import codes, periods
from registry.casework import conversion, facts
from registry.casework.step import Turn
from registry.eligibility.context import Context
from registry.eligibility.regime import regime_of
from registry.models import Case, Jurisdiction, Organisation, Report, StandingKind
from registry.periods import Period
from registry.policy.parameters import Modality, Parameter
from registry.policy.resolve import Rules
from registry.touches import touch

ANNUAL, PERIODIC, DUTY = Report.Kind.ANNUAL, Report.Kind.PERIODIC, Report.Kind.DUTY
RULE = {PERIODIC: "report.two_committees.cadence", DUTY: "legal_rep.duty_report"}  # only where a document says so
REGISTERED_DAY, FILED_DAY, PERIODIC_DAYS = "05-31", "03-31", 30  # 暂定, where no document speaks
DUE_DAYS = "report.two_committees.due_days"
CASES = {ANNUAL: ("annual", "annual_sheet"), PERIODIC: ("periodic",), DUTY: ("duty",)}  # the kinds that bring it
OWING = {
    ANNUAL: (StandingKind.REGISTERED, StandingKind.FILED),
    PERIODIC: (StandingKind.REGISTERED, StandingKind.FILED, StandingKind.LISTED),
    DUTY: (StandingKind.REGISTERED,),
}


@dataclass(frozen=True)
class Owed:
    """One report that is owed: the period, the last day (inclusive), and the rule that names the day (None: 暂定)."""

    kind: str
    period: Period
    due: dt.date
    rule: Parameter | None
    binding: bool  # a MUST: who does not report is late; else it is only invited

    @property
    def source(self) -> str:
        """Document and clause that name the day; 暂定 where none does."""
        if self.rule is None or self.rule.assumed:
            return "暂定"
        return f"{self.rule.document} {self.rule.clause}"


def asked(rules: Rules, kind: str) -> Parameter | None:
    """The rule by which a place asks for this report; None where none does (the yearly one is asked everywhere)."""
    rule = rules.get(RULE[kind])
    return rule if rule is not None and rule.value else None


def owed(kind: str, standing: str, form: str, rules: Rules, on: dt.date, period: Period | None = None) -> Owed | None:
    """The report somebody of this standing and legal form owes for a period, by default the last one that is over."""
    if standing not in OWING[kind]:
        return None
    if kind == ANNUAL:
        period = period or periods.before(on)
        return Owed(kind, period, *_yearly(standing, form, rules, period), binding=True)
    rule = asked(rules, kind)
    if rule is None:
        return None
    if kind == DUTY:
        period = period or periods.before(on)
        return Owed(kind, period, *_yearly(standing, form, rules, period), rule.modality == Modality.MUST)
    period = period or periods.before(on, periods.months_of(int(rule.exact or 365)))
    due = periods.due_by_days(period, rules.number(DUE_DAYS, PERIODIC_DAYS))
    return Owed(kind, period, due, rules.get(DUE_DAYS), rule.modality == Modality.MUST)


def _yearly(standing: str, form: str, rules: Rules, period: Period) -> tuple[dt.date, Parameter | None]:
    if standing == StandingKind.REGISTERED:
        rule, day = rules.get("annual.to_authority", form=form), REGISTERED_DAY
    else:
        rule, day = rules.get("annual.filed"), FILED_DAY
    return periods.due_by_date(period, str(rule.value) if rule else day), rule


def owed_by(organisation: Organisation, kind: str, on: dt.date, period: Period | None = None) -> Owed | None:
    """The report an organisation owes, None when it owes none of this kind."""
    if kind == PERIODIC and codes.level(organisation.place_code) < Jurisdiction.Level.COMMUNITY:
        return None  # at home in a street: there is no one community to report to
    rules = facts.rules_at(organisation.place_code, on)
    found = owed(kind, organisation.standing, organisation.legal_form, rules, on, period)
    stood = found and organisation.standings.on(found.period.last).exists()
    return found if stood else None


def why_not(organisation: Organisation, kind: str, on: dt.date) -> str | None:
    """Why an organisation cannot hand in this report now: "" when it can, None when it is not for it at all."""
    if organisation.standing not in OWING[kind]:
        return None
    if kind in RULE and asked(facts.rules_at(organisation.place_code, on), kind) is None:
        return None
    found = owed_by(organisation, kind, on)
    if found is None:
        return "成立后还没有满一个报告期，下一期再报送"
    noted = organisation.reports.filter(kind=kind, period=found.period.key).first()
    if noted:
        return f"{found.period.label}的已于{noted.noted_on:%Y年%-m月%-d日}收悉"
    return ""


def opening(organisation: Organisation, kind: str) -> dict[str, dict[str, str]]:
    """What a report case says from the start: for which period it is."""
    found = owed_by(organisation, kind, timezone.localdate())
    return {"report": {"period": found.period.key}} if found else {}


def period_of(case: Case) -> Period:
    """The period a case reports on, fixed when it was opened."""
    key = case.answers.get("report", {}).get("period")
    return periods.read(key) if key else periods.before(timezone.localdate(case.opened_at))


def regime(organisation: Organisation, on: dt.date) -> tuple[str, str]:
    """(direct or dual, who supervises) by the rules of the organisation's place; direct where no rule speaks."""
    rules = facts.rules_at(organisation.place_code, on)
    found = regime_of(Context(conversion.facts_of(organisation), rules, on)) or "direct"
    unit = rules.get("registration.supervising_unit")
    return found, str(unit.value) if unit and found == "dual" else ""


def to_supervisor(organisation: Organisation, on: dt.date, period: Period) -> dt.date | None:
    """The day until which a report is due at the supervising unit; None where there is no such unit or day."""
    if regime(organisation, on)[0] != "dual":
        return None
    rule = facts.rules_at(organisation.place_code, on).get("annual.to_supervisor", form=organisation.legal_form)
    return periods.due_by_date(period, str(rule.value)) if rule else None


def keep(turn: Turn, kind: str) -> Report:
    """Enter a report that was just noted; `OutOfTurn` when this period's is there already."""
    case, period = turn.case, period_of(turn.case)
    found = owed_by(case.organisation, kind, turn.on, period)
    filed = timezone.localdate(case.submitted_at) if case.submitted_at else turn.on
    for code in sorted({case.place_code, case.organisation.place_code}):
        touch(code, filed, turn.on)
    try:
        with transaction.atomic():
            return Report.objects.create(
                organisation=case.organisation,
                place_code=case.place_code,
                kind=kind,
                period=period.key,
                case=case,
                filed_on=filed,
                noted_on=turn.on,
                late=bool(found and found.binding and periods.late(filed, found.due)),
            )
    except IntegrityError as fault:
        raise OutOfTurn(f"{period.label}的{Report.Kind(kind).label}已经收悉，不用再办", code="report_there") from fault
