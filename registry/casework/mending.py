"""The applicant mends what was questioned: everything on one page, saved and handed in with one button."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.casework import actions, answers, corrections, kinds, papers, rights
from registry.casework.kinds import Section
from registry.casework.papers import Line
from registry.casework.sheet import questions
from registry.casework.snapshots import MATERIALS, Key
from registry.flows import Move
from registry.models import CLOSED, Case, State, Step
from registry.scope import Role

STALE = "您打开这一页以后，内容在别处改动过。您刚才写的还在下面，核对后再提交一次"


@dataclass(frozen=True)
class Item:
    """A thing to change: why, what stands there now, and the control to change it with (a field or a paper).

    `told` is False for what was not questioned but no longer fits because of another answer.
    """

    key: str
    label: str
    reasons: tuple[str, ...]
    value: str
    bound: forms.BoundField | None = None
    line: Line | None = None
    told: bool = True


def stamp(case: Case) -> str:
    """What a page was built from: it changes with every step and with every saving."""
    return f"{case.version}-{sum(case.section_versions.values())}"


def items(case: Case, told: Step, *, typed: QueryDict | None = None) -> list[Item]:
    """What the notice questions, in its order, then what else does not fit; with what was typed where it is given."""
    sections = {section.key: section for section in kinds.of(case.kind).sections}
    shown = {key: _form(section, case, typed) for key, section in sections.items()}
    lines = {line.paper.kind: line for line in papers.checklist(case)}
    values = {(row.section, row.field): row for row in questions(case)}
    reasons: dict[Key, list[tuple[str, str]]] = {}
    for defect in told.defects.all():
        reasons.setdefault((defect.section, defect.field), []).append((defect.label, defect.reason))
    besides = [key for key in _unfit(shown, lines) if key not in reasons]
    found = []
    for section, field in [*reasons, *besides]:
        row, said = values.get((section, field)), reasons.get((section, field), [])
        form = shown.get(section)
        found.append(
            Item(
                key=f"{section}.{field}",
                label=said[0][0] if said else row.label if row else "其他内容",
                reasons=tuple(reason for _, reason in said),
                value=row.value if row else "",
                bound=form[field] if form is not None and field in form.fields else None,
                line=lines.get(field) if section == MATERIALS else None,
                told=bool(said),
            )
        )
    return found


def _form(section: Section, case: Case, typed: QueryDict | None) -> forms.Form:
    if typed is None:
        return answers.to_mend(section, case)
    return answers.typed_form(section, case, _merged(section, case, typed))


def _unfit(shown: Mapping[str, forms.Form], lines: Mapping[str, Line]) -> list[Key]:
    wrong = [(key, name) for key, form in shown.items() for name in form.errors if name in form.fields]
    return wrong + [(MATERIALS, kind) for kind, line in lines.items() if line.lacking]


def _merged(section: Section, case: Case, post: QueryDict) -> QueryDict:
    """What was posted where the page showed the question, what is stored everywhere else."""
    said, stored, shown = post.copy(), case.answers.get(section.key, {}), post.getlist("shown")
    for name, field in section.form.base_fields.items():
        if f"{section.key}.{name}" not in shown:
            text = stored.get(name, "")
            said.setlist(name, text.split() if isinstance(field, forms.MultipleChoiceField) else [text])
    return said


def save(case: Case, post: QueryDict, *, by: User) -> None:
    """Keep the answers of the page, right or wrong. `OutOfTurn` when the page is older than what is stored."""
    if post.get("version", "") != stamp(case):
        raise OutOfTurn(STALE, code="stale_section")
    shown = post.getlist("shown")
    for section in kinds.of(case.kind).sections:
        if any(f"{section.key}.{name}" in shown for name in section.form.base_fields):
            seen = case.section_versions.get(section.key, 0)
            actions.save_section(case, section, _merged(section, case, post), by=by, seen=seen)


def bring(
    case: Case, post: QueryDict, files: Mapping[str, UploadedFile], *, by: User, on: dt.date
) -> dict[str, Refusal]:
    """Keep the files and promises of the page; what may not come in is told by kind, the others are kept."""
    faults = {}
    for line in papers.checklist(case):
        kind = line.paper.kind
        file, there = files.get(kind), line.material
        try:
            if file:
                papers.attach(case, kind, file, by=by)
            elif post.get(f"promise-{kind}") and not (there and there.is_promise):
                papers.promise(case, kind, by=by, on=on)
        except Refusal as no:
            faults[kind] = no
    return faults


def hand_in(case: Case, *, by: User) -> Case:
    """The case goes back to the desks, by the move of its flow that the applicant has for it."""
    return actions.move(case, way_in(case).verb, by=by, seen=case.version)


def way_in(case: Case) -> Move:
    """The move by which a correction is handed in."""
    flow = kinds.of(case.kind).flow(case)
    ours = (move for move in flow if State.RETURNED in move.sources and move.role == Role.APPLICANT)
    return next(move for move in ours if move.target not in CLOSED)


@transaction.atomic
def unlock(case: Case, *, by: User) -> Case:
    """The applicant has to change more than was questioned: everything opens until the next hand-in.

    `OutOfTurn` unless the case was given back.
    """
    found = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    rights.require_writer(found, by)
    told = corrections.last_notice(found)
    if told is None:
        raise OutOfTurn("这份申请现在不在补正中", code="not_returned")
    found.decision = found.decision | {corrections.UNLOCKED: told.pk}
    found.save(update_fields=["decision"])
    audit.note(
        "case.unlock", f"case:{found.pk}", by=by, place_code=found.place_code, summary=f"{found}：还要改其他内容"
    )
    return found
