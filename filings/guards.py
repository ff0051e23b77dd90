"""Conditions of the road of 备案."""

import datetime as dt

from filings.models import Delegation
from portal.errors import Refusal
from registry.casework import facts
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import another_person, authority, stored
from registry.casework.step import Turn
from registry.models import Jurisdiction

MUST_HOLD = (
    "leader.",
    "name.forbidden_words",
    "name.restricted_words",
    "name.conflict.identical",
)  # rules that bind a filed organisation too: bans, approval of serving cadres


def _delegation(turn: Turn, what: str, label: str) -> None:
    community = Jurisdiction.objects.above(turn.case.place_code).filter(level=Jurisdiction.Level.COMMUNITY)
    given = Delegation.objects.in_force(turn.on).filter(community__in=community, **{what: True})
    if not given.exists():
        rule = facts.rules_at(turn.case.place_code, turn.on).get("filing.preliminary_reviewer")
        raise Refusal(
            f"街道（乡镇）对“{turn.case.place}”的{label}委托今天不在有效期内，不能{label}。请先由街道办理委托",
            code="no_delegation",
            clause=f"{rule.document} {rule.clause}" if rule else "",
        )


def delegation_for_review(turn: Turn) -> None:
    _delegation(turn, "covers_review", "初审")


def delegation_for_report(turn: Turn) -> None:
    _delegation(turn, "covers_report", "上报")


def not_first_reviewer(turn: Turn) -> None:
    another_person(turn, {"submit", "review"}, "提交人或初审人")


def tier_chosen(turn: Turn) -> None:
    """The deciding desk records the tier and who manages the organisation."""
    if turn.data.get("tier") not in tiers(turn.case.place_code, turn.on):
        raise Refusal("请选择分类层次", code="tier_missing", field="tier")
    if not turn.data.get("managing_body"):
        raise Refusal("请填写管理单位", code="managing_body_missing", field="managing_body")


def tiers(place_code: str, on: dt.date) -> list[str]:
    """The tiers below registration that the rules of the place know, the higher first."""
    rule = facts.rules_at(place_code, on).get("tier.model")
    known = list(rule.value) if rule and isinstance(rule.value, list | tuple) else ["registered", "filed"]
    return [tier for tier in known if tier != "registered"]


def filing_rules_met(turn: Turn) -> None:
    """What binds a filed organisation too (`MUST_HOLD`): bans, approvals, words no name may carry, names in use."""
    authority(turn, Jurisdiction.Level.STREET)
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))
    failed = [
        finding
        for finding in turn.case.receipt["rules"]
        if finding["verdict"] == "fail" and finding["modality"] == "MUST" and finding["key"].startswith(MUST_HOLD)
    ]
    if failed:
        raise Refusal(
            "；".join(finding["label"] for finding in failed),
            code="rules_not_met",
            clause=f"{failed[0]['document']} {failed[0]['clause']}",
        )


GUARDS = SHARED | {
    "delegation_for_review": delegation_for_review,
    "delegation_for_report": delegation_for_report,
    "not_first_reviewer": not_first_reviewer,
    "tier_chosen": tier_chosen,
    "filing_rules_met": filing_rules_met,
}
