"""Conditions of the road of 登记."""

from portal.errors import Refusal
from registry import uscc
from registry.casework.consent import consented
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import another_person
from registry.casework.step import Turn
from registry.models import Organisation
from registry.registration import flows


def consent_in_hand(turn: Turn) -> None:
    """Under dual management nothing is accepted without the supervising unit's consent, in the portal or on paper."""
    if consented(turn.case):
        return
    if turn.case.receipt.get("regime") == "dual" and turn.case.variant == flows.DIRECT:
        _paper_in_hand(turn)
    findings = {finding["key"]: finding for finding in turn.case.receipt.get("rules", [])}
    consent = findings.get("registration.supervising_consent") or findings.get("registration.regime")
    if turn.case.receipt.get("regime") == "dual" and consent and consent["verdict"] in ("fail", "unknown"):
        raise Refusal(
            "双重管理的组织需要业务主管单位同意后才能受理",
            code="consent_missing",
            clause=f"{consent['document']} {consent['clause']}",
        )


def _paper_in_hand(turn: Turn) -> None:
    if not turn.case.materials.filter(kind="consent").exclude(stored=None).exists():
        raise Refusal(
            "双重管理的组织要有业务主管单位的批准文件，请退回补正", code="consent_paper_missing", field="consent"
        )


def our_desk(turn: Turn) -> None:
    """A foundation is not the county's to register (基金会管理条例 第六条)."""
    if turn.case.receipt.get("desk") == "province":
        raise Refusal(
            "基金会由省级民政部门登记，请向省级民政部门申请", code="other_authority", clause="《基金会管理条例》 第六条"
        )


def not_the_examiner(turn: Turn) -> None:
    another_person(turn, {"submit", "examine"}, "提交人或审查人")


def credit_code_free(turn: Turn) -> None:
    """The credit code is given, and no other organisation bears it."""
    code = turn.data.get("credit_code") or turn.case.decision.get("credit_code", "")
    if not code:
        raise Refusal("请先赋统一社会信用代码", code="credit_code_missing", field="credit_code")
    form = turn.case.answers.get("organisation", {}).get("legal_form", "")
    try:
        uscc.check(code, legal_form=form, division_code=turn.case.place_code[:6])
    except ValueError as fault:
        raise Refusal(str(fault), code="credit_code_wrong", field="credit_code") from fault
    bearer = Organisation.objects.filter(credit_code=code).exclude(pk=turn.case.organisation_id).first()
    if bearer:
        raise Refusal(f"代码 {code} 已由“{bearer}”使用，请核对", code="credit_code_taken", field="credit_code")


GUARDS = SHARED | {
    "consent_in_hand": consent_in_hand,
    "our_desk": our_desk,
    "not_the_examiner": not_the_examiner,
    "credit_code_free": credit_code_free,
}
