"""名称保留: a name is kept for an applicant before the registration (社会组织名称管理办法)."""

import datetime as dt
from collections.abc import Iterator

from registry import reservations
from registry.casework import submission
from registry.casework.kinds import Kind, Section
from registry.casework.step import Turn
from registry.findings import Finding, Verdict
from registry.forms.decisions import ReasonForm, ReturnForm
from registry.models import Case
from registry.names.check import NAMES_RULE
from registry.policy.parameters import Modality
from registry.policy.resolve import Rules
from registry.registration.kinds.name import flow, forms
from registry.registration.kinds.name.guards import GUARDS

SECTIONS = (Section("organisation", "拟用名称", forms.NameForm),)


def checks(case: Case, rules: Rules, on: dt.date) -> Iterator[Finding]:
    """A name somebody asked for earlier, and is still waiting for, is not free."""
    earlier = reservations.asked_earlier(case)
    if earlier:
        yield Finding(
            key="name.conflict.asked_earlier",
            document=NAMES_RULE[0],
            clause=NAMES_RULE[1],
            modality=Modality.MUST,
            required=[],
            actual=[one.name for one in earlier],
            verdict=Verdict.FAIL,
            label=f"已有先提交的申请使用这个名称：{'、'.join(sorted({one.matter for one in earlier}))}",
            remedy="换一个名称，或者等先提交的申请有了结论",
        )


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def reserve(turn: Turn) -> None:
    reservations.keep(turn.case, on=turn.on)


def give_up(turn: Turn) -> None:
    reservations.release(turn.case, on=turn.on)


KIND = Kind(
    key="name",
    road="registration",
    label="名称保留",
    flows=flow.FLOWS,
    variant=lambda case: flow.KEPT,
    sections=SECTIONS,
    papers=lambda case: (),
    guards=GUARDS,
    forms={"reserve": forms.ReserveForm, "return": ReturnForm, "reject": ReasonForm},
    effects={"submit": submit, "reserve": reserve, "give_up": give_up},
    hint="登记以前先把名称留住",
    rules=lambda case: ("name.",),
    checks=checks,
)
