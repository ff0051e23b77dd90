"""年度情况表: the short sheet a filed organisation hands in once a year."""

import datetime as dt
from collections.abc import Mapping

from filings.kinds.annual import flow, forms
from registry import reports
from registry.casework import submission
from registry.casework.guards import GUARDS
from registry.casework.kinds import Kind, Said, Section
from registry.casework.step import Turn
from registry.forms.decisions import MoveForm, ReturnForm
from registry.models import Organisation, StandingKind

SECTIONS = (Section("year", "这一年的情况", forms.YearForm),)


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Only filed organisations, once a year."""
    if organisation.standing != StandingKind.FILED:
        return None
    return reports.why_not(organisation, reports.ANNUAL, on)


def prefill(organisation: Organisation) -> tuple[Said, Mapping[str, str]]:
    return reports.opening(organisation, reports.ANNUAL), {}


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.STREET)


def take_note(turn: Turn) -> None:
    reports.keep(turn, reports.ANNUAL)


KIND = Kind(
    key="annual_sheet",
    road="filing",
    label="年度情况表",
    flows=flow.FLOWS,
    variant=lambda case: flow.NOTED,
    sections=SECTIONS,
    papers=lambda case: (),
    guards=GUARDS,
    forms={"take_note": MoveForm, "return": ReturnForm},
    effects={"submit": submit, "take_note": take_note},
    hint="每年一次，七个问题",
    about=about,
    prefill=prefill,
    judged=False,
)
