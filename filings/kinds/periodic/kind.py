"""定期报告: to the 两委 of the community, where a document asks for it."""

import datetime as dt
from collections.abc import Mapping

from filings.kinds.periodic import flow, forms
from registry import reports
from registry.casework import submission
from registry.casework.guards import GUARDS
from registry.casework.kinds import Kind, Said, Section
from registry.casework.step import Turn
from registry.forms.decisions import MoveForm, ReturnForm
from registry.models import Organisation

SECTIONS = (Section("work", "这一期的工作", forms.WorkForm),)


def about(organisation: Organisation, on: dt.date) -> str | None:
    """Every organisation of a community whose documents ask for it, once a period."""
    return reports.why_not(organisation, reports.PERIODIC, on)


def prefill(organisation: Organisation) -> tuple[Said, Mapping[str, str]]:
    return reports.opening(organisation, reports.PERIODIC), {}


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.STREET)


def take_note(turn: Turn) -> None:
    reports.keep(turn, reports.PERIODIC)


KIND = Kind(
    key="periodic",
    road="filing",
    label="向社区“两委”定期报告",
    flows=flow.FLOWS,
    variant=lambda case: flow.NOTED,
    sections=SECTIONS,
    papers=lambda case: (),
    guards=GUARDS,
    forms={"take_note": MoveForm, "return": ReturnForm},
    effects={"submit": submit, "take_note": take_note},
    hint="按本地文件的间隔，四个问题",
    about=about,
    prefill=prefill,
    judged=False,
)
