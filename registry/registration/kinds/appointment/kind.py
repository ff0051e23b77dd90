"""任职前公示: a proposed leader is made public before taking office (温民社组〔2018〕127号 三（十二）)."""

import datetime as dt
from typing import Any

from portal.crypto import blind
from registry.casework import answers, facts, noticed, submission
from registry.casework.kinds import Kind, Section
from registry.casework.step import Turn
from registry.clock import after_calendar_days
from registry.forms.decisions import MoveForm, ReasonForm, ReturnForm
from registry.models import Case, Organisation, StandingKind
from registry.registration.kinds.appointment import flow, forms
from registry.registration.kinds.appointment.checklist import PAPERS
from registry.registration.kinds.appointment.guards import GUARDS

SECTIONS = (Section("candidate", "拟任负责人", forms.CandidateForm),)
LEADER_RULES = ("leader.serving", "leader.occupational", "leader.legal_rep")
DAYS = "leader.pre_appointment_notice.days"
SEVEN = 7  # 暂定, where no document speaks


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Registered organisations; one not registered yet is named in the application."""
    return "" if organisation.standing == StandingKind.REGISTERED else None


def said(case: Case) -> dict[str, Any]:
    """The candidate, with what the register knows of the organisation."""
    found = answers.cleaned(SECTIONS, case)
    one = case.organisation
    return found | ({"name": one.name, "legal_form": one.legal_form, "category": one.category} if one else {})


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def publish(turn: Turn) -> None:
    """Public from today; the day itself does not count (民法典 201), the last day does."""
    rules = facts.rules_at(turn.case.place_code, turn.on)
    rule, days = rules.get(DAYS), rules.number(DAYS, SEVEN)
    turn.case.decision = turn.case.decision | {
        "published_on": turn.on.isoformat(),
        "until": after_calendar_days(turn.on, days).on.isoformat(),
        "days": days,
        "assumed": rule is None or rule.assumed,
    }


def confirm(turn: Turn) -> None:
    """Whoever was announced need not be asked about it again (`registry.casework.noticed`)."""
    turn.case.decision = turn.case.decision | {noticed.KEY: blind(turn.case.sealed.get("leader_id_number", ""))}


KIND = Kind(
    key="appointment",
    road="registration",
    label="任职前公示",
    flows=flow.FLOWS,
    variant=lambda case: flow.PUBLIC,
    sections=SECTIONS,
    papers=lambda case: PAPERS,
    guards=GUARDS,
    forms={
        "publish": MoveForm,
        "return": ReturnForm,
        "refuse": ReasonForm,
        "confirm": MoveForm,
        "uphold": ReasonForm,
    },
    effects={"submit": submit, "publish": publish, "confirm": confirm},
    hint="拟任负责人登记以前先公示",
    about=about,
    anew=True,
    said=said,
    rules=lambda case: LEADER_RULES,
)
