"""法定代表人履职报告, where a document asks for it (温民社组〔2018〕127号 三（十二）)."""

import datetime as dt
from collections.abc import Mapping

from registry import reports
from registry.casework import submission
from registry.casework.guards import GUARDS
from registry.casework.kinds import Kind, Paper, Said, Section
from registry.casework.step import Turn
from registry.forms.decisions import MoveForm, ReturnForm
from registry.models import Organisation
from registry.registration.kinds.duty import flow, forms

SECTIONS = (Section("duty", "履职情况", forms.DutyForm),)
PAPERS = (Paper("duty_signed", "法定代表人签名的履职报告", required=False, hint="另有书面报告的可以上传"),)


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Registered organisations where the documents ask for it, once a year."""
    return reports.why_not(organisation, reports.DUTY, on)


def prefill(organisation: Organisation) -> tuple[Said, Mapping[str, str]]:
    return reports.opening(organisation, reports.DUTY), {}


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def take_note(turn: Turn) -> None:
    reports.keep(turn, reports.DUTY)


KIND = Kind(
    key="duty",
    road="registration",
    label="法定代表人履职报告",
    flows=flow.FLOWS,
    variant=lambda case: flow.NOTED,
    sections=SECTIONS,
    papers=lambda case: PAPERS,
    guards=GUARDS,
    forms={"take_note": MoveForm, "return": ReturnForm},
    effects={"submit": submit, "take_note": take_note},
    hint="每年一次，由法定代表人述职",
    about=about,
    prefill=prefill,
    judged=False,
)
