"""年度报告: what a registered organisation reports every year (社会团体登记管理条例 28 and its sisters)."""

import datetime as dt
from collections.abc import Mapping

from registry import reports
from registry.casework import submission
from registry.casework.guards import GUARDS, another_person
from registry.casework.kinds import Kind, Paper, Said, Section
from registry.casework.step import Turn
from registry.forms.decisions import MoveForm, OpinionForm, ReturnForm
from registry.models import Case, LegalForm, Organisation, StandingKind
from registry.registration.kinds.annual import flow, forms

SECTIONS = (
    Section("compliance", "遵守法律法规和章程", forms.ComplianceForm),
    Section("changes", "登记事项变动", forms.ChangesForm),
    Section("activities", "业务活动", forms.ActivitiesForm),
    Section("staff", "人员和机构", forms.StaffForm),
    Section("finance", "财务情况", forms.FinanceForm),
    Section("party_work", "党的建设", forms.PartyWorkForm),
)
ACCOUNTS = Paper("accounts", "年度财务会计报告", hint="资产负债表、业务活动表等")
AUDIT = Paper("audit", "财务审计报告", hint="基金会和慈善组织须经会计师事务所审计")
OPINION = Paper("supervisor_opinion", "业务主管单位初审意见", hint="由业务主管单位盖章")


def papers(case: Case) -> tuple[Paper, ...]:
    """Accounts from everybody; audited ones from foundations and charities (基金会管理条例 36, 慈善法 13)."""
    found = (ACCOUNTS,)
    organisation = case.organisation
    if organisation and (organisation.legal_form == LegalForm.FOUNDATION or organisation.charity_since):
        found += (AUDIT,)
    if organisation and case.variant == flow.DIRECT and reports.regime(organisation, submission.today())[0] == "dual":
        found += (OPINION,)
    return found


def variant(case: Case) -> str:
    """Whether the street, as supervising unit, looks first."""
    regime, unit = reports.regime(case.organisation, submission.today())
    return flow.SUPERVISED if regime == "dual" and unit == "street_town" else flow.DIRECT


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Only registered organisations, once a year."""
    if organisation.standing != StandingKind.REGISTERED:
        return None
    return reports.why_not(organisation, reports.ANNUAL, on)


def prefill(organisation: Organisation) -> tuple[Said, Mapping[str, str]]:
    """The period; everything else the register knows is shown beside the questions."""
    return reports.opening(organisation, reports.ANNUAL), {}


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def take_note(turn: Turn) -> None:
    reports.keep(turn, reports.ANNUAL)


def not_the_sender(turn: Turn) -> None:
    another_person(turn, {"submit", "pass_on"}, "提交人或初审人")


KIND = Kind(
    key="annual",
    road="registration",
    label="年度报告",
    flows=flow.FLOWS,
    variant=variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS | {"not_the_sender": not_the_sender},
    forms={
        "pass_on": OpinionForm,
        "return_street": ReturnForm,
        "take_note": MoveForm,
        "return": ReturnForm,
    },
    effects={"submit": submit, "take_note": take_note},
    hint="每年一次，报上一年度的情况",
    about=about,
    prefill=prefill,
    desks={"materials.supervisor_opinion": "consented"},
    judged=False,
)
