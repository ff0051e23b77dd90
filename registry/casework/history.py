"""The history of a case in sentences: who, when, what, and what was found wrong."""

from dataclasses import dataclass
from datetime import datetime

from registry.models import Case, Step
from registry.scope import Role


@dataclass(frozen=True)
class Entry:
    when: datetime
    who: str
    what: str
    note: str


def timeline(case: Case) -> list[Entry]:
    """Every step of a case, oldest first; two queries whatever the length."""
    steps = case.steps.select_related("by").prefetch_related("defects")
    return [Entry(step.at, _who(step), step.label, _note(step)) for step in steps]


def _who(step: Step) -> str:
    """Who did it and in which capacity; whoever hands an application in is called 经办人, whatever the office."""
    capacity = "经办人" if step.role == Role.APPLICANT else step.get_role_display()
    return f"{step.by or '系统'}（{capacity}）"


def _note(step: Step) -> str:
    lines = [f"{defect.label}：{defect.reason}" for defect in step.defects.all()]
    return "\n".join([*lines, *([step.note] if step.note else [])])


def public_steps(case: Case) -> list[Entry]:
    """The steps as the public may read them: what and when, neither who nor why."""
    return [Entry(step.at, "", step.label, "") for step in case.steps.all()]
