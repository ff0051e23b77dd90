"""注销登记: wound up first, then examined by one and approved by another; the certificates die with it."""

import datetime as dt
from collections.abc import Iterator

from portal.errors import Refusal
from registry import changes, register
from registry.casework import answers, submission
from registry.casework.kinds import Kind, Paper, Section
from registry.casework.step import Turn
from registry.findings import Finding
from registry.forms.decisions import OpinionForm
from registry.models import Case, Organisation, StandingKind
from registry.policy.resolve import Rules
from registry.registration.guards import GUARDS
from registry.registration.kinds.cancel.checklist import (
    CHARITY,
    CHARITY_PROPERTY,
    CONSENT,
    GROUNDS,
    LIQUIDATION,
    PAPERS,
)
from registry.registration.kinds.cancel.flow import FLOWS
from registry.registration.kinds.cancel.forms import EndingForm, LiquidationForm
from registry.registration.kinds.change.checklist import REGIME
from registry.registration.kinds.establish.kind import KIND as REGISTRATION

SECTIONS = (Section("ending", "注销的原因", EndingForm), Section("liquidation", "清算情况", LiquidationForm))
SETTLED = {
    "debts_cleared": "债权债务还没有清理完毕",
    "taxes_cleared": "税务和银行账户还没有注销",
    "seals_returned": "证书和印章还没有交回",
}


def about(organisation: Organisation, on: dt.date) -> str | None:
    return "" if organisation.standing == StandingKind.REGISTERED else None


def papers(case: Case) -> tuple[Paper, ...]:
    charity = (CHARITY_PROPERTY,) if case.organisation.charity_since else ()
    return (*PAPERS, *charity, *((CONSENT,) if changes.consent_on_paper(case) else ()))


def checks(case: Case, rules: Rules, on: dt.date) -> Iterator[Finding]:
    """Applied for within the days after the liquidation; late is a warning."""
    ended = answers.cleaned(SECTIONS, case).get("ended_on")
    rule = rules.get("deregister.apply_days", form=case.organisation.legal_form)
    if rule and ended:
        yield changes.in_time(case, rule, ended, on, "清算结束", "申请注销登记")


def liquidation_done(turn: Turn) -> None:
    """Nothing is struck off before it is wound up; a charity leaves its property to a similar one."""
    told = answers.cleaned(SECTIONS, turn.case)
    open_ones = [words for name, words in SETTLED.items() if not told.get(name)]
    if open_ones:
        clause = LIQUIDATION.get(turn.case.organisation.legal_form, "")
        raise Refusal(f"还不能注销：{'；'.join(open_ones)}", code="not_wound_up", clause=clause)
    if turn.case.organisation.charity_since and not told.get("to_similar_charity"):
        raise Refusal("慈善组织的剩余财产要转给宗旨相同或相近的慈善组织", code="charity_property", clause=CHARITY)


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def approve(turn: Turn) -> None:
    """Off the register; the public reads the ground."""
    told = answers.cleaned(SECTIONS, turn.case)
    turn.case.decision = turn.case.decision | {"property_left": told["property_left"]}
    register.end(turn.case.organisation, by=turn.by, on=turn.on, reason=f"注销登记：{GROUNDS[told['ground']]}")


KIND = Kind(
    key="registration-cancel",
    road="registration",
    label="注销登记",
    flows=FLOWS,
    variant=REGISTRATION.variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS | {"on_the_register": changes.still_there, "liquidation_done": liquidation_done},
    forms={**REGISTRATION.forms, "examine": OpinionForm},
    effects={"submit": submit, "consent": REGISTRATION.effects["consent"], "approve": approve},
    limits=REGISTRATION.limits,
    hint="清算结束后十五日内申请",
    about=about,
    said=lambda case: changes.known(case.organisation) | changes.consent(case),
    rules=lambda case: REGIME,
    checks=checks,
)
