"""Corrections (补正): what was found wrong, what was changed since, and where the case goes on.

A correction that changed nothing but what was questioned goes back to the desk that asked for it: what earlier desks
approved is untouched. Anything else goes to the first desk whose matter changed (`docs/decisions/0015-corrections.md`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.casework import answers, demands, kinds, snapshots
from registry.casework.kinds import Kind, Section
from registry.casework.snapshots import MATERIALS, Change, Key
from registry.casework.step import Turn
from registry.flows import Move
from registry.models import CLOSED, Case, Defect, State, Step
from registry.scope import Role

CALLS_BACK = "our_notice"  # the guard of every move that calls a notice back
UNLOCKED = "unlocked"  # the notice under which the applicant asked to change more than was questioned


def route(turn: Turn) -> None:
    """Before a move is recorded: a correction handed in goes on at the desk that asked for it, or at an earlier one.

    Every hand-in keeps a snapshot. `Refusal` when a correction changes nothing at all.
    """
    case, told = turn.case, last_notice(turn.case)
    if calls_back(turn.move) and told:
        turn.target = told.source
    if turn.move.role != Role.APPLICANT or turn.move.target in (State.REJECTED, State.WITHDRAWN):
        return
    turn.data = turn.data | {"snapshot": snapshots.take(case)}
    former = handed_in(case).last()
    if told is None or former is None or case.state != State.RETURNED:
        return
    changed = {one.key for one in snapshots.difference(case, former.data["snapshot"], turn.data["snapshot"])}
    asked = keys(told.defects.all())
    owed = {(MATERIALS, paper.kind) for paper in case.materials.exclude(brought_at=None)}
    changed -= owed - asked  # brought because it was promised, not corrected
    if not changed:
        raise Refusal("还没有改动任何内容。请按退回的原因修改后再提交", code="nothing_changed")
    turn.target = told.source if changed <= asked else _first_desk(turn, changed, told.source)
    turn.data |= {"resumed": turn.target != turn.move.target}


def keep(turn: Turn, step: Step) -> None:
    """After a move is recorded: keep the defects told with it, and which of them could have been told before."""
    given = turn.data.get("defects", [])
    if not given:
        return
    named = {(one["section"], one["field"]) for one in given}
    late = seen_before(turn.case, named, but=step) - told_before(turn.case, but=step)
    for one in given:
        Defect.objects.create(step=step, untold=(one["section"], one["field"]) in late, **one)


def keys(defects: Iterable[Defect]) -> set[Key]:
    return {(defect.section, defect.field) for defect in defects}


def handed_in(case: Case) -> QuerySet[Step]:
    """The steps by which the application came in, each with its snapshot, oldest first."""
    return case.steps.filter(role=Role.APPLICANT, data__has_key="snapshot")


def last_notice(case: Case) -> Step | None:
    """The notice (补正告知) under which the case is being corrected; None while it is not."""
    return case.steps.filter(target=State.RETURNED).last() if case.state == State.RETURNED else None


def notices(case: Case, *, but: Step | None = None) -> list[Step]:
    """The notices that reached the applicant, oldest first; one that was called back counts as never sent."""
    steps = list(case.steps.prefetch_related("defects"))
    called_back = recalled(steps)
    return [
        step
        for step in steps
        if step.target == State.RETURNED and step.pk not in called_back and (but is None or step.pk != but.pk)
    ]


def recalled(steps: Iterable[Step]) -> set[int]:
    """The notices among the steps of a case that their desk called back; the steps oldest first."""
    return {told.pk for told, after in pairwise(steps) if after.source == State.RETURNED and _by_desk(after)}


def _by_desk(step: Step) -> bool:
    return step.role != Role.APPLICANT and step.target not in CLOSED


def told_before(case: Case, *, but: Step | None = None) -> set[Key]:
    """Everything that an earlier notice questioned."""
    return {key for told in notices(case, but=but) for key in keys(told.defects.all())}


def seen_before(case: Case, named: set[Key], *, but: Step | None = None) -> set[Key]:
    """Which of these stand as they stood when the last notice was written: one look could have told them then."""
    former = notices(case, but=but)
    now = handed_in(case).last()
    then = handed_in(case).filter(pk__lt=former[-1].pk).last() if former else None
    if then is None or now is None:
        return set()
    return named - {one.key for one in snapshots.difference(case, then.data["snapshot"], now.data["snapshot"])}


# --- what the applicant may change --------------------------------------------------------------------------------


def unlocked(case: Case, told: Step) -> bool:
    """Whether the applicant said under this notice that more than the questioned matter has to change."""
    return case.decision.get(UNLOCKED) == told.pk


def questioned(case: Case) -> set[Key] | None:
    """What may be changed in a case that was given back; None where everything may (a draft, or unlocked)."""
    told = last_notice(case)
    return None if told is None or unlocked(case, told) else keys(told.defects.all())


def open_fields(case: Case, section: Section) -> set[str] | None:
    """The fields of a section that may be changed now: what was questioned, and what does not fit any more."""
    asked = questioned(case)
    if asked is None:
        return None
    return {field for name, field in asked if name == section.key} | set(answers.bound(section, case).errors)


Typed = dict[str, str]


def only_questioned(case: Case, section: Section, said: Typed, sealed: Typed) -> tuple[Typed, Typed]:
    """What was typed, less what nobody asked to change: there the stored answer stands."""
    fields = open_fields(case, section)
    if fields is None:
        return said, sealed
    stored = case.answers.get(section.key, {})
    said = {name: value if name in fields else stored.get(name, "") for name, value in said.items()}
    return said, {name: value for name, value in sealed.items() if name in fields}


def is_open(case: Case, kind: str) -> bool:
    """Whether a paper may be changed now: it was questioned, is still required, or the rest was unlocked."""
    asked = questioned(case)
    if asked is None or (MATERIALS, kind) in asked:
        return True
    missing = not case.materials.filter(kind=kind).exclude(stored=None).exists()
    return missing and any(one.paper.kind == kind and one.paper.required for one in demands.demands(case))


def require_open(case: Case, kind: str) -> None:
    """`OutOfTurn` for a paper that may not be changed now."""
    if is_open(case, kind):
        return
    raise OutOfTurn("这份材料没有要求修改。要改其他内容，请先按“还要改其他内容”", code="not_questioned")


def touched(case: Case) -> bool:
    """Whether the applicant has saved anything since the application came in."""
    former = handed_in(case).last()
    return bool(former and snapshots.difference(case, former.data["snapshot"], snapshots.take(case)))


def calls_back(move: Move) -> bool:
    return CALLS_BACK in move.needs


def ours(case: Case, move: Move) -> bool:
    """Whether the desk of this move is the one that wrote the notice."""
    told = last_notice(case)
    return told is None or told.role == move.role


def require_ours(turn: Turn) -> None:
    """A notice is called back by the desk that wrote it, before the applicant has begun to follow it."""
    if not ours(turn.case, turn.move):
        raise NotAllowed("这份补正通知是另一个环节发出的，由发出的环节撤回", code="not_our_notice")
    if touched(turn.case):
        raise Refusal("申请人已经按通知开始修改，不能撤回。等重新提交后再办理", code="already_mending")


# --- where it goes on ---------------------------------------------------------------------------------------------


def stages(kind: Kind, case: Case, first: str) -> list[str]:
    """The states in which a desk looks at the case, in the order in which it passes them."""
    found = [first]
    for state in found:
        for move in kind.flow(case):
            if state in move.sources and move.target not in (*CLOSED, State.RETURNED, *found):
                found.append(move.target)
    return found


def _first_desk(turn: Turn, changed: set[Key], asker: str) -> str:
    """The first state whose matter changed, not beyond the one that gave the case back."""
    kind, first = kinds.of(turn.case.kind), turn.move.target
    order = stages(kind, turn.case, first)
    at = [_desk(kind, key, first) for key in changed]
    known = [order.index(state) for state in (*at, asker) if state in order]
    return order[min(known)] if len(known) > len(changed) else first


def _desk(kind: Kind, key: Key, first: str) -> str:
    section, field = key
    named = f"{MATERIALS}.{field}" if section == MATERIALS else section
    return kind.desks.get(named, first)


# --- what there is to read ----------------------------------------------------------------------------------------


def changes(case: Case) -> dict[int, list[Change]]:
    """What each correction changed, by the step that handed it in; steps that changed nothing are left out."""
    told = {}
    for before, after in pairwise(handed_in(case)):
        found = snapshots.difference(case, before.data["snapshot"], after.data["snapshot"])
        if found:
            told[after.pk] = found
    return told


@dataclass(frozen=True)
class Point:
    """A thing that was questioned, and what the correction did about it (None: it stands as it stood)."""

    defect: Defect
    change: Change | None


@dataclass(frozen=True)
class Correction:
    """The last correction as the desk reads it: point by point, and what changed besides."""

    points: list[Point]
    besides: list[Change]
    resumed: bool


def latest(case: Case) -> Correction | None:
    """What the last correction changed, while the case is under way; None where none was handed in."""
    if case.state in (State.DRAFT, State.RETURNED, *CLOSED):
        return None
    last = list(handed_in(case).order_by("-pk")[:2])
    if len(last) < 2:
        return None
    told = case.steps.filter(target=State.RETURNED, pk__lt=last[0].pk).prefetch_related("defects").last()
    found = {one.key: one for one in snapshots.difference(case, last[1].data["snapshot"], last[0].data["snapshot"])}
    points = [Point(defect, found.pop((defect.section, defect.field), None)) for defect in told.defects.all()]
    return Correction(points, list(found.values()), bool(last[0].data.get("resumed")))


def panel(case: Case, user: User) -> dict:
    """For the page of the case: the last correction, to whoever has to look at it again."""
    return {"correction": latest(case)}


# --- how often a notice came late (行政许可法 32) -------------------------------------------------------------------

DIGITS = {Role.STREET: 9, Role.DISTRICT: 6, Role.APPROVER: 6}  # the office of a role: the place it decides for


def told_late(rows: QuerySet[Defect], since: dt.date) -> dict[tuple[str, str], int]:
    """Notices since a day that named what an earlier one could have named: how many, by (place code, role) of the
    office that wrote them. Persons are not counted.
    """
    found = rows.filter(untold=True, step__at__date__gte=since).order_by("step__case__place_code")
    steps = found.values_list("step", "step__role", "step__case__place_code").distinct()
    told: Counter[tuple[str, str]] = Counter()
    for _, role, code in steps:
        told[codes.normalise(code[: DIGITS.get(Role(role), 12)]), role] += 1
    return dict(told)
