"""What a desk of the sandbox does next in a case, in fixed words: nothing is drawn by lot."""

from dataclasses import dataclass, field
from typing import Any

from django import forms

from registry import uscc
from registry.casework import corrections, kinds, sheet, turns
from registry.flows import Move
from registry.models import Case, Interval, Organisation, State
from registry.sandbox.endings import Plan
from registry.scope import DESK

SUSPEND, RESUME = "suspend", "resume"
WORDS = "沙箱：材料齐全，情况属实"
REFUSED = "沙箱：不予通过。编号以 -BY 结尾的申请都得到这个答复"
DEFECT = "沙箱：请修改后重新提交。编号以 -BZ 结尾的申请都退回一次"
SUSPENDED, BASIS = "沙箱：现场核查。编号以 -GQ 结尾的申请都暂停计时一次", "沙箱约定"
FORWARD = ("success", "primary")
FIRST_SERIAL = 700_000  # credit codes of the sandbox, far from those of the demo data


@dataclass(frozen=True)
class Act:
    """A step of a case, or (without a move) holding and releasing its clocks; `role` is whose desk does it."""

    verb: str
    role: str
    move: Move | None = None
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def following(case: Case, plan: Plan) -> Act | None:
    """The next act of a desk; None where no desk has the next word, or the plan is to leave the case alone."""
    moves = [move for move in turns.waiting(case) if move.role in DESK]
    if not moves or plan.leave or case.state == State.RETURNED:
        return None
    if plan.suspend and (verb := _clocks(case)):
        return Act(verb, moves[0].role)
    back = next((move for move in moves if move.target == State.RETURNED), None)
    if plan.correct and back and not corrections.notices(case):
        return Act(back.verb, back.role, back, DEFECT, {"defects": [_defect(case)]})
    refusal = refusing(moves)
    if plan.refuse and refusal and any(move.tone == "success" for move in moves):
        return Act(refusal.verb, refusal.role, refusal, REFUSED)
    found = next((move for tone in FORWARD for move in moves if move.tone == tone), None)
    return Act(found.verb, found.role, found, WORDS, _filled(case, found)) if found else None


def refusing(moves: list[Move]) -> Move | None:
    """The move that says no, among those that may follow."""
    return next((move for move in moves if move.tone == "danger"), None)


def _clocks(case: Case) -> str:
    held = case.intervals.filter(kind=Interval.Kind.SUSPENDED, cause=Interval.Cause.EXPERT)
    if not held.exists():
        return SUSPEND
    return RESUME if held.filter(ends=None).exists() else ""


def _defect(case: Case) -> dict[str, str]:
    """The first answer of the case that is a text: what a client can change without a second thought."""
    rows = [row for row in sheet.questions(case) if (row.section, row.field) != ("organisation", "name")]
    asked = {section.key: section.form for section in kinds.of(case.kind).sections}
    texts = [row for row in rows if row.section in asked and _text(asked[row.section], row.field)]
    row = (texts or rows)[0]
    return {"section": row.section, "field": row.field, "label": row.label, "reason": DEFECT}


def _text(form: type[forms.Form], name: str) -> bool:
    return isinstance(getattr(form.base_fields.get(name), "widget", None), forms.Textarea)


def _filled(case: Case, move: Move) -> dict[str, Any]:
    """What the form of the step would hold if nothing in it were touched, every box ticked."""
    form = kinds.of(case.kind).forms.get(move.verb)
    fields = form(case=case).fields if form else {}
    return {name: _value(name, one, case) for name, one in fields.items() if name not in ("note", "version")}


def _value(name: str, one: forms.Field, case: Case) -> Any:
    if name == "credit_code":
        return _code(case)
    if isinstance(one, forms.BooleanField):
        return True
    if one.initial is None and isinstance(one, forms.ChoiceField):
        return next((value for value, _ in one.choices if value), "")
    return "" if one.initial is None else one.initial


def _code(case: Case) -> str:
    """A well-formed credit code nobody bears, counted from the number of the case."""
    legal_form = case.answers.get("organisation", {}).get("legal_form", "")
    for serial in range(FIRST_SERIAL + case.pk % 100_000, 1_000_000):
        code = uscc.make(serial, legal_form=legal_form, division_code=case.place_code)
        if not Organisation.objects.filter(credit_code=code).exists():
            return code
    return ""
