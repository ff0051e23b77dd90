"""The history of a case in sentences: who, when, what, from what to what, and what was found wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.models import AuditEvent, User
from registry.casework import corrections
from registry.models import Case, Organisation, State, Step
from registry.scope import DESK, Role, roles_over

HANDED = {  # deeds that are no step
    "case.take_over": "接手",
    "case.hand": "转交",
    "case.hand_over": "经办人交接",
    "opinion.ask": "征求意见",
    "opinion.answer": "收到答复",
    "opinion.withdraw": "撤回征求意见",
    "clock.suspend": "暂停计时",
    "clock.resume": "恢复计时",
}
LATEST = 60  # steps of an organisation shown on its page


@dataclass(frozen=True)
class Entry:
    when: datetime
    who: str
    what: str
    note: str
    changes: list[Any] = field(default_factory=list)  # each with label, before, after


def timeline(case: Case, user: User) -> list[Entry]:
    """Every step of a case, oldest first; as many queries whatever the length. Which colleague took a case from
    which, and why, is told to the desks."""
    steps = case.steps.select_related("by", "acting_for").prefetch_related("defects")
    changed = corrections.changes(case)
    told = HANDED if roles_over(user, case.place_code) & DESK else {}
    events = AuditEvent.objects.filter(subject=f"case:{case.pk}", verb__in=told).select_related("by")
    entries = [_entry(step, changed.get(step.pk, [])) for step in steps] + [_handed(event) for event in events]
    return sorted(entries, key=lambda entry: entry.when)


def since(case: Case, user: User, at: datetime) -> list[Entry]:
    """What others did with a case after a moment, oldest first."""
    steps = case.steps.filter(at__gt=at).exclude(by=user).select_related("by", "acting_for")
    return [Entry(step.at, who(step), said(step), "") for step in steps]


def _entry(step: Step, changes: list[Any]) -> Entry:
    return Entry(step.at, who(step), said(step), note(step), changes)


def _handed(event: AuditEvent) -> Entry:
    return Entry(event.at, str(event.by or "系统"), HANDED[event.verb], event.summary)


def said(step: Step) -> str:
    """What was done, in words: an application that comes in again after a notice is called so."""
    again = step.source == State.RETURNED and "snapshot" in step.data
    return f"补正后{step.label}" if again else step.label


def who(step: Step) -> str:
    """Who did it, for whom, and in which capacity; whoever hands an application in is 经办人, whatever the office."""
    if step.by is None:
        return "系统"
    capacity = "经办人" if step.role == Role.APPLICANT else step.get_role_display()
    person = f"{step.by}（代 {step.acting_for}）" if step.acting_for_id else str(step.by)
    return f"{person}（{capacity}）"


def note(step: Step) -> str:
    """What was found wrong, why so late, and the opinion of a step; "" where nothing was said."""
    lines = [f"{defect.label}：{defect.reason}" for defect in step.defects.all()]
    late = [f"没有一次告知的原因：{step.data['why']}"] if step.data.get("why") else []
    return "\n".join([*lines, *late, *([step.note] if step.note else [])])


def public_steps(case: Case) -> list[Entry]:
    """The steps as the public may read them: what and when, neither who nor why."""
    return [Entry(step.at, "", said(step), "") for step in case.steps.all()]


def of_organisation(organisation: Organisation, user: User) -> list[Entry]:
    """The latest steps of all cases of an organisation that the person may see, newest first; no opinions."""
    cases: Iterable[Case] = organisation.cases.visible_to(user)
    steps = Step.objects.filter(case__in=cases).select_related("by", "acting_for", "case").order_by("-id")[:LATEST]
    return [Entry(step.at, who(step), f"{step.case.matter}：{step.label}", "") for step in steps]
