"""Conditions of the road of 登记."""

from portal.errors import Refusal
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import another_person
from registry.casework.step import Turn
from registry.models import Organisation


def consent_in_hand(turn: Turn) -> None:
    """Under dual management nothing is accepted without the supervising unit's consent."""
    findings = {finding["key"]: finding for finding in turn.case.receipt.get("rules", [])}
    consent = findings.get("registration.supervising_consent") or findings.get("registration.regime")
    if turn.case.receipt.get("regime") == "dual" and consent and consent["verdict"] in ("fail", "unknown"):
        raise Refusal(
            "双重管理的组织需要业务主管单位同意后才能受理",
            code="consent_missing",
            clause=f"{consent['document']} {consent['clause']}",
        )


def not_the_examiner(turn: Turn) -> None:
    another_person(turn, {"examine"}, "审查人")


def credit_code_free(turn: Turn) -> None:
    """The credit code is given, and no other organisation bears it."""
    code = turn.data.get("credit_code") or turn.case.decision.get("credit_code", "")
    if not code:
        raise Refusal("请先赋统一社会信用代码", code="credit_code_missing", field="credit_code")
    bearer = Organisation.objects.filter(credit_code=code).exclude(pk=turn.case.organisation_id).first()
    if bearer:
        raise Refusal(f"代码 {code} 已由“{bearer}”使用，请核对", code="credit_code_taken", field="credit_code")


GUARDS = SHARED | {
    "consent_in_hand": consent_in_hand,
    "not_the_examiner": not_the_examiner,
    "credit_code_free": credit_code_free,
}
