"""One act on many cases: each looked at first, each moved in its own transaction, each with its own result.

Only moves that say so (`Move.bulk`) can be made this way, and never on a case with a warning: a rule that must hold
and fails or is unknown, a required opinion that is not in, an overdue promise, somebody else who has the case in hand,
the same person twice, or anything a guard says when the whole move is tried and taken back.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from portal.errors import Refusal
from portal.models import User
from registry import codes, verdicts
from registry.casework import actions, guards, kinds
from registry.flows import Move
from registry.models import Case, Interval, Material, Opinion
from registry.scope import Role, reach

MOST = 200  # cases in one act
KEY = "bulk"  # under which the key of the act stands in the data of its steps: a second sending finds them
UNSAID = "批量办理"  # stands for the opinion while a move is only tried


@dataclass
class Item:
    """A case chosen for a bulk act: what would follow, or why it is left out."""

    case: Case
    move: Move | None = None
    data: dict[str, Any] = field(default_factory=dict)
    follows: str = ""
    why: str = ""


@dataclass(frozen=True)
class Result:
    """What became of one case of a bulk act; `why` is empty when it was done."""

    case: Case
    why: str = ""


def offered(user: User, cases: Iterable[Case]) -> tuple[dict[str, str], set[int]]:
    """The acts {verb: label} this person may choose for some of these cases, and which cases those are; one query."""
    held, acts, fit = reach(user), {}, set()
    for case in cases:
        for move in moves(case):
            if _may(held, move.role, case):
                acts.setdefault(move.verb, {})[move.label] = True
                fit.add(case.pk)
    return {verb: "、".join(labels) for verb, labels in acts.items()}, fit


def moves(case: Case) -> list[Move]:
    """The moves a case may take together with others, where it stands."""
    return [move for move in kinds.of(case.kind).flow(case) if move.bulk and case.state in move.sources]


def _may(held: list[tuple[str, str]], role: str, case: Case) -> bool:
    return any(its == role and codes.contains(code, case.place_code) for its, code in held)


def chosen(user: User, numbers: Sequence[int]) -> QuerySet[Case]:
    """The cases with these keys that the person may see, with what a warning may come from.

    `Refusal` for none and for more than `MOST`.
    """
    if not numbers:
        raise Refusal("先勾选要办理的办件", code="none_chosen")
    if len(numbers) > MOST:
        raise Refusal(f"一次最多办理 {MOST} 件，这次选了 {len(numbers)} 件", code="too_many")
    asked = Opinion.objects.open().filter(required=True)
    rows = Case.objects.visible_to(user).for_lists().filter(pk__in=numbers).order_by("due_on", "id")
    return rows.prefetch_related(
        Prefetch("opinions", asked, to_attr="unanswered"),
        Prefetch("materials", Material.objects.owed(), to_attr="owed"),
        Prefetch("intervals", Interval.objects.standing(), to_attr="resting"),
    )


def look(cases: Iterable[Case], verb: str, *, by: User, on: dt.date) -> list[Item]:
    """What a bulk act would do to each case; every case is tried whole, and nothing stays."""
    held = reach(by)
    items = [_item(case, verb, held, by, on) for case in cases]
    for item in items:
        if item.move and not item.why:
            item.why = _tried(item, by)
    return items


def _item(case: Case, verb: str, held: list[tuple[str, str]], by: User, on: dt.date) -> Item:
    move = next((one for one in moves(case) if one.verb == verb), None)
    if move is None:
        return Item(case, why=f"当前状态为“{case.get_state_display()}”，不能批量办理这一步")
    if not _may(held, move.role, case):
        return Item(case, why=f"需要“{Role(move.role).label}”权限")
    kind = kinds.of(case.kind)
    data, follows = kind.bulk_data(case, verb) if kind.bulk_data else ({}, "")
    return Item(case, move, data, follows, warning(case, by, on))


def warning(case: Case, by: User, on: dt.date) -> str:
    """Why somebody should look at this case by itself; empty when nothing speaks against it.

    The case carries `unanswered`, `owed` and `resting` (`chosen`).
    """
    if case.holder and case.holder != by:
        return f"由{case.holder}领取，正在办理"
    settled = {key for key in guards.BY_HAND if case.decision.get(key)}
    rules, _ = verdicts.split(case.road, case.receipt.get("rules", []))
    still = [one for one in guards.open_findings({"rules": rules}) if guards.by_hand(one) not in settled]
    if still:
        return f"有不符合或待核的要求：{'；'.join(one['label'] for one in still[:3])}"
    if case.resting:
        return f"正在暂停计时：{case.resting[0].get_cause_display()}"
    if case.unanswered:
        return f"还没有答复的意见：{'、'.join(one.unit for one in case.unanswered)}"
    if any(one.promised_by < on for one in case.owed):
        return "承诺补交的材料已经过期，还没有补交"
    return ""


def _tried(item: Item, by: User) -> str:
    try:
        with transaction.atomic():
            actions.move(item.case, item.move.verb, by=by, note=UNSAID, data=dict(item.data), seen=item.case.version)
            transaction.set_rollback(True)
    except Refusal as no:
        return no.reason
    return ""


def carry_out(
    cases: Iterable[Case], verb: str, *, seen: dict[int, int], by: User, on: dt.date, note: str, key: str
) -> list[Result]:
    """Move each case, one transaction each, as it stood on the confirmation page (`seen`: case → version).

    The same `key` again does nothing again and tells the same result.
    """
    held = reach(by)
    return [Result(case, _done(case, verb, seen[case.pk], held, by, on, note, key)) for case in cases]


def _done(
    case: Case, verb: str, seen: int, held: list[tuple[str, str]], by: User, on: dt.date, note: str, key: str
) -> str:
    if _is_done(case, verb, by, key):
        return ""
    item = _item(case, verb, held, by, on)
    if item.why and seen == case.version:
        return item.why
    try:
        actions.move(case, verb, by=by, note=note, data=item.data | {KEY: key}, seen=seen)
    except Refusal as no:
        return "" if _is_done(case, verb, by, key) else no.reason
    return ""


def _is_done(case: Case, verb: str, by: User, key: str) -> bool:
    return case.steps.filter(verb=verb, by=by, data__bulk=key).exists()
