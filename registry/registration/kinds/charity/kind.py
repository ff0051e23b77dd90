"""慈善组织认定: a registered organisation is recognised as a charity (慈善法 10)."""

import datetime as dt

from registry import register, reports
from registry.casework import submission
from registry.casework.kinds import Kind, Limit, Paper, Section
from registry.casework.step import Turn
from registry.forms.decisions import MoveForm, OpinionForm, ReasonForm, ReturnForm
from registry.models import Case, Organisation, StandingKind
from registry.registration.kinds.charity import flow, forms
from registry.registration.kinds.charity.checklist import LAW, OPINION, PAPERS
from registry.registration.kinds.charity.guards import GUARDS

SECTIONS = (
    Section("work", "慈善活动", forms.WorkForm),
    Section("conditions", "认定条件", forms.ConditionsForm),
)


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Registered organisations that are no charity yet."""
    if organisation.standing != StandingKind.REGISTERED:
        return None
    since = organisation.charity_since
    return f"已于{since:%Y年%-m月%-d日}认定为慈善组织" if since else ""


def papers(case: Case) -> tuple[Paper, ...]:
    """Under dual management the supervising unit has its say on paper."""
    dual = case.organisation and reports.regime(case.organisation, submission.today())[0] == "dual"
    return (*PAPERS, OPINION) if dual else PAPERS


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def approve(turn: Turn) -> None:
    register.amend(turn.case.organisation, {"charity_since": turn.on}, by=turn.by, on=turn.on, case=turn.case)


KIND = Kind(
    key="charity",
    road="registration",
    label="慈善组织认定",
    flows=flow.FLOWS,
    variant=lambda case: flow.EXAMINED,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS,
    forms={
        "accept": MoveForm,
        "return": ReturnForm,
        "refuse": ReasonForm,
        "examine": OpinionForm,
        "approve": MoveForm,
        "back": ReasonForm,
        "reject": ReasonForm,
    },
    effects={"submit": submit, "approve": approve},
    limits=(
        Limit("statutory", "charity.recognise_days", 20, starts="accept", document=LAW, clause="第十条"),
        Limit("promised", "charity.recognise_days", 20, starts="submit", document=LAW, clause="第十条"),
    ),
    hint="已登记的组织申请认定为慈善组织",
    about=about,
    judged=False,
)
