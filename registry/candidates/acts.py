"""What people do with the ledger: nominate, vouch, list, support, review, remove, apply. One transaction each."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry.casework import conversion, facts
from registry.models import Attestation, Candidate, Case, Organisation, Stage, StandingKind, Support
from registry.policy.resolve import Rules
from registry.scope import Role, roles_over
from registry.touches import touch

REVIEW_DAYS = 180  # where no document speaks
NOMINATORS = frozenset({Role.COMMUNITY, Role.STREET})
VOUCHERS = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT})
PLANNERS = frozenset({Role.STREET, Role.DISTRICT})
LISTERS = frozenset({Role.DISTRICT})
CRITERIA = {
    "large_scale": Attestation.Criterion.SCALE,
    "strong_influence": Attestation.Criterion.INFLUENCE,
    "evident_effect": Attestation.Criterion.EFFECT,
}
BEFORE_LISTING = (Stage.SUGGESTED, Stage.NOMINATED)
ON_LEDGER = (Stage.LISTED, Stage.APPLYING)


def criteria(rules: Rules) -> list[Attestation.Criterion]:
    """What has to be vouched for before listing: what the rules of the place name, else all three (assumed)."""
    rule = rules.get("ledger.candidate.criteria")
    return [CRITERIA[code] for code in rule.value if code in CRITERIA] if rule else list(Attestation.Criterion)


def review_on(rules: Rules, on: dt.date) -> dt.date:
    """The next day a listed organisation is looked at again."""
    return on + dt.timedelta(days=rules.number("ledger.review_days", REVIEW_DAYS))


@transaction.atomic
def nominate(organisation: Organisation, *, by: User, on: dt.date) -> Candidate:
    """The committee or the street proposes a filed organisation, suggested or not; a second click changes nothing."""
    _require(by, NOMINATORS, organisation.place_code, "提名由所在社区或街道（乡镇）提出")
    held = Organisation.objects.select_for_update(of=["self"], no_key=True).get(pk=organisation.pk)
    if held.standing != StandingKind.FILED:
        raise Refusal("只有已备案的组织可以列入拟登记台账", code="not_filed")
    found = Candidate.objects.open().filter(organisation=held).first()
    if found and found.stage != Stage.SUGGESTED:
        return found
    found = found or Candidate(organisation=held, place_code=held.place_code, **measured(held, on))
    found.stage, found.nominated_on, found.nominated_by = Stage.NOMINATED, on, by
    return _kept(found, "nominate", by)


def measured(organisation: Organisation, on: dt.date) -> dict:
    """Distance, missing lines and day of a fresh assessment."""
    receipt = conversion.outlook(organisation, on)
    lines = list(receipt.missing) if receipt else []
    return {"distance": len(lines), "missing": lines, "assessed_on": on if receipt else None}


@transaction.atomic
def attest(candidate: Candidate, criterion: str, evidence: str, *, by: User) -> Attestation:
    """Somebody vouches for one criterion, with evidence; whoever did may put it better, nobody else, until listing."""
    found = _locked(candidate, (Stage.NOMINATED,), "提名以后、列入以前才能认定条件")
    _require(by, VOUCHERS, found.place_code, "条件由所在社区、街道或区县民政部门认定")
    if criterion not in Attestation.Criterion.values or not evidence.strip():
        raise Refusal("写明认定的依据", code="evidence_missing", field="evidence")
    said = found.attestations.filter(criterion=criterion).first()
    if said and said.by_id != by.pk:
        raise OutOfTurn(f"“{said}”已由{said.by}认定", code="attested_already")
    said = said or Attestation(candidate=found, criterion=criterion, by=by)
    said.evidence = evidence.strip()
    said.save()
    _note(found, "attest", by, f"{said}：{said.evidence}")
    return said


@transaction.atomic
def list_(candidate: Candidate, *, by: User, on: dt.date) -> Candidate:
    """The district puts it on the ledger once every criterion is vouched for; somebody else than who proposed it.

    In places whose documents have such a ledger it is a cultivation site from that day (津民发〔2018〕61号 三（三）).
    """
    found = _locked(candidate, (Stage.NOMINATED,), "提名以后才能列入台账")
    _require(by, LISTERS, found.place_code, "列入台账由区县民政部门决定")
    if found.nominated_by_id == by.pk:
        raise NotAllowed("您是提名人，请由另一位同事决定是否列入", code="four_eyes")
    rules = facts.rules_at(found.place_code, on)
    _require_criteria(found, rules)
    found.stage, found.listed_on, found.listed_by = Stage.LISTED, on, by
    found.review_due = review_on(rules, on)
    found.demonstration = rules.get("ledger.candidate.criteria") is not None
    return _kept(found, "list", by)


def _require_criteria(candidate: Candidate, rules: Rules) -> None:
    said = set(candidate.attestations.values_list("criterion", flat=True))
    lacking = [str(one.label) for one in criteria(rules) if one not in said]
    if lacking:
        rule = rules.get("ledger.candidate.criteria")
        raise Refusal(
            f"还没有认定：{'、'.join(lacking)}",
            code="criteria_missing",
            clause=f"{rule.document} {rule.clause}" if rule else "",
        )


@transaction.atomic
def plan(candidate: Candidate, *, by: User, kind: str, plan: str, planned_on: dt.date) -> Support:
    """A line of the support and supervision plan."""
    found = _locked(candidate, ON_LEDGER, "列入台账以后才能安排扶持和监督")
    _require(by, PLANNERS, found.place_code, "扶持和监督由街道（乡镇）或区县民政部门安排")
    made = Support.objects.create(candidate=found, kind=kind, plan=plan.strip(), planned_on=planned_on, by=by)
    _note(found, "plan", by, f"{made.get_kind_display()}：{made.plan}")
    return made


@transaction.atomic
def done(support: Support, *, by: User, on: dt.date, outcome: str) -> Support:
    """What came of a planned line. `OutOfTurn` when somebody said so already."""
    found = _locked(support.candidate, ON_LEDGER, "这一行已经出账")
    _require(by, PLANNERS, found.place_code, "扶持和监督由街道（乡镇）或区县民政部门办理")
    line = Support.objects.select_for_update().get(pk=support.pk)
    if line.done_on:
        raise OutOfTurn(f"“{line}”已于{line.done_on:%-m月%-d日}完成", code="done_already")
    if not outcome.strip():
        raise Refusal("写明结果", code="outcome_missing", field="outcome")
    line.done_on, line.outcome = on, outcome.strip()
    line.save(update_fields=["done_on", "outcome"])
    _note(found, "done", by, f"{line.plan}：{line.outcome}")
    return line


@transaction.atomic
def demonstrate(candidate: Candidate, *, by: User, on: bool) -> Candidate:
    """The district names a listed organisation a cultivation site, or takes the name away."""
    found = _locked(candidate, ON_LEDGER, "列入台账以后才能设为培育示范点")
    _require(by, LISTERS, found.place_code, "培育示范点由区县民政部门决定")
    found.demonstration = on
    return _kept(found, "demonstrate", by)


@transaction.atomic
def review(candidate: Candidate, *, by: User, on: dt.date, finding: str) -> Candidate:
    """The district looks again and keeps it on the ledger; the next review falls due anew."""
    found = _locked(candidate, ON_LEDGER, "只复核台账上的组织")
    _require(by, LISTERS, found.place_code, "复核由区县民政部门办理")
    if not finding.strip():
        raise Refusal("写明复核情况", code="finding_missing", field="finding")
    found.review_due = review_on(facts.rules_at(found.place_code, on), on)
    for key, value in measured(found.organisation, on).items():
        setattr(found, key, value)
    return _kept(found, "review", by, finding.strip())


@transaction.atomic
def remove(candidate: Candidate, *, by: User, on: dt.date, reason: str) -> Candidate:
    """Take it off, with a reason: before listing the street may as well, afterwards only the district."""
    found = _locked(candidate, (*BEFORE_LISTING, Stage.LISTED), "正在申请登记或已经出账，不能移出")
    allowed = PLANNERS if found.stage in BEFORE_LISTING else LISTERS
    _require(by, allowed, found.place_code, "已列入台账的，由区县民政部门移出")
    if not reason.strip():
        raise Refusal("写明移出的原因", code="reason_missing", field="reason")
    found.stage, found.closed_on, found.reason = Stage.REMOVED, on, reason.strip()[:200]
    return _kept(found, "remove", by, found.reason)


@transaction.atomic
def apply(organisation: Organisation, *, by: User) -> Case:
    """Open the registration that carries what the filing knows (`conversion.convert`); the ledger follows."""
    case = conversion.convert(organisation, by=by)
    found = Candidate.objects.open().select_for_update(of=["self"]).filter(organisation=organisation).first()
    if found and found.case_id != case.pk:
        found.stage, found.case = Stage.APPLYING, case
        _kept(found, "apply", by)
    return case


@transaction.atomic
def registered(case: Case, *, by: User | None, on: dt.date) -> None:
    """A registration was approved: its organisation leaves the ledger, wherever it stood."""
    for found in Candidate.objects.open().select_for_update(of=["self"]).filter(organisation=case.organisation_id):
        found.stage, found.case, found.closed_on = Stage.REGISTERED, case, on
        _kept(found, "registered", by)


def _locked(candidate: Candidate, stages: tuple[str, ...], why: str) -> Candidate:
    found = Candidate.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=candidate.pk)
    if found.stage not in stages:
        raise OutOfTurn(f"{why}，现在是“{found.get_stage_display()}”", code="wrong_stage")
    return found


def _require(by: User, roles: frozenset[str], code: str, who: str) -> None:
    if not roles_over(by, code) & roles:
        raise NotAllowed(who, code="not_allowed")


def _kept(candidate: Candidate, verb: str, by: User | None, more: str = "") -> Candidate:
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as fault:
        raise OutOfTurn(f"{candidate}刚刚已经在台账里", code="on_ledger") from fault
    tell([candidate])
    _note(candidate, verb, by, more)
    return candidate


def tell(changed: Iterable[Candidate]) -> None:
    """The counts of their places change: from the day they left the ledger, else from the day they came on it."""
    for code, day in sorted({(one.place_code, _since(one)) for one in changed}):
        touch(code, day)


def _since(one: Candidate) -> dt.date:
    return one.closed_on or one.listed_on or one.nominated_on or one.suggested_on or timezone.localdate()


def _note(candidate: Candidate, verb: str, by: User | None, more: str = "") -> None:
    audit.note(
        f"candidate.{verb}",
        f"candidate:{candidate.pk}",
        by=by,
        place_code=candidate.place_code,
        summary=f"{candidate.organisation}{f'：{more}' if more else ''}",
    )
