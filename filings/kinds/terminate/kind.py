"""注销备案: a filed organisation leaves the register, by its own wish or because the street finds so."""

import datetime as dt
from collections.abc import Iterator

from filings.guards import GUARDS
from filings.kinds.establish.kind import KIND as FILING
from filings.kinds.terminate.checklist import ASKED, CERTIFICATE, GROUNDS, IDLE
from filings.kinds.terminate.flow import FLOWS
from filings.kinds.terminate.forms import EndingForm
from registry import changes, register
from registry.anniversaries import months_after
from registry.casework import answers, submission
from registry.casework.kinds import Kind, Limit, Paper, Section
from registry.casework.step import Turn
from registry.findings import Finding, found
from registry.forms.decisions import OpinionForm, ReasonForm, ReturnForm
from registry.models import Case, Organisation, StandingKind
from registry.policy.resolve import Rules
from registry.scope import Role

SECTIONS = (Section("ending", "注销的原因", EndingForm),)


def about(organisation: Organisation, on: dt.date) -> str | None:
    return "" if organisation.standing == StandingKind.FILED else None


def papers(case: Case) -> tuple[Paper, ...]:
    ground = case.answers.get("ending", {}).get("ground", "")
    return (*((ASKED[ground],) if ground in ASKED else ()), CERTIFICATE)


def checks(case: Case, rules: Rules, on: dt.date) -> Iterator[Finding]:
    """Whether nothing happened for as long as the place asks; the number is assumed, so it only advises."""
    told, rule = answers.cleaned(SECTIONS, case), rules.get("filing.idle_months")
    if rule and rule.exact and told.get("ground") == IDLE and told.get("last_active_on"):
        months, last = int(rule.exact), told["last_active_on"]
        yield found(
            rule,
            on >= months_after(last, months),
            required=months,
            actual=last.isoformat(),
            label=f"连续 {months} 个月没有活动",
            remedy="请向组织核实是否确实不再活动",
        )


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.STREET)


def record(turn: Turn) -> None:
    """Off the register; what becomes of the property stays on the case, the public reads the ground."""
    told = answers.cleaned(SECTIONS, turn.case)
    ground = GROUNDS[turn.case.answers["ending"]["ground"]]  # as handed in: whoever stated it may have left office
    turn.case.decision = turn.case.decision | {"property_left": told["property_left"]}
    register.end(turn.case.organisation, by=turn.by, on=turn.on, reason=f"注销备案：{ground}")


KIND = Kind(
    key="filing-terminate",
    road="filing",
    label="注销备案",
    flows=FLOWS,
    variant=FILING.variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS | {"on_the_register": changes.still_there},
    forms={"review": OpinionForm, "send_back": ReturnForm, "return": ReturnForm, "reject": ReasonForm},
    effects={"submit": submit, "record": record},
    limits=(Limit("promised", "filing.cancel_days", 10, "working"),),
    hint="不再活动了，把备案注销",
    about=about,
    openers=frozenset({Role.APPLICANT, Role.COMMUNITY, Role.STREET}),
    said=lambda case: changes.known(case.organisation),
    rules=lambda case: (),
    checks=checks,
)
