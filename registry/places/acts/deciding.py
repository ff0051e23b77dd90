"""The only writer of acts that change divisions: proposed, agreed to, done on their day, or dropped."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from portal.actions import note
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.models import Notice, PlaceAct
from registry.places.acts import doing, numbering, preview
from registry.places.acts.plan import Plan
from registry.scope import Role, require

log = logging.getLogger(__name__)
State = PlaceAct.State
AHEAD = 5 * 366  # days


@transaction.atomic
def propose(kind: str, plan: Plan, *, on: dt.date, document: str, by: User, today: dt.date) -> PlaceAct:
    """Write an act down to be looked at. Sent twice it is written once.

    `NotAllowed` for whoever is no district officer over every place of the plan, `Refusal` for what cannot be done.
    """
    keeper = numbering.keeper(plan.concerned)
    require(by, Role.DISTRICT, keeper)
    if on > today + dt.timedelta(days=AHEAD) or on.year < 1949:
        raise Refusal("生效日期太远，请核对", code="far_day", field="on")
    seen = preview.look(plan, on)
    if seen.faults:
        raise Refusal(seen.faults[0], code="cannot_be_done")
    said = plan.to_json()
    same = PlaceAct.objects.waiting().select_for_update().filter(kind=kind, on=on, place_code=keeper)
    for act in same:
        if act.plan == said:
            return act
    act = PlaceAct.objects.create(
        kind=kind, on=on, document=document, place_code=keeper, plan=said, touched=seen.counted, proposed_by=by
    )
    _note("propose", act, by)
    return act


@transaction.atomic
def agree(act: PlaceAct, *, by: User, seen: str | None, today: dt.date) -> PlaceAct:
    """Agree to an act: done at once when its day has come, else on its day.

    `seen` is the mark of the preview the person read, None for many acts at once. `OutOfTurn` when somebody was
    quicker or what is touched is no longer what was shown; `Refusal` when something stands against it.
    """
    act = _locked(act, by)
    if act.state != State.PROPOSED:
        raise OutOfTurn(f"这项变更{act.get_state_display()}，不用再确认", code="decided")
    shown = preview.look(Plan.from_json(act.plan), act.on)
    if shown.faults:
        raise Refusal(shown.faults[0], code="cannot_be_done")
    if seen is not None and seen != shown.digest:
        raise OutOfTurn("您看过以后，影响范围有了变化。下面是现在的情况，核对后再确认", code="changed_meanwhile")
    act.state, act.agreed_by, act.touched = State.AGREED, by, shown.counted
    act.save(update_fields=["state", "agreed_by", "touched"])
    _note("agree", act, by)
    if act.on <= today:
        doing.do(act, today=today)
    return act


def agree_many(acts: Iterable[PlaceAct], *, by: User, today: dt.date) -> list[tuple[PlaceAct, str]]:
    """Agree to several acts, upper levels first, each in its own transaction: (act, why not; empty when agreed)."""
    found = []
    for act in sorted(acts, key=_order):
        try:
            found.append((agree(act, by=by, seen=None, today=today), ""))
        except Refusal as refusal:
            found.append((act, refusal.reason))
    return found


def _order(act: PlaceAct) -> tuple:
    plan = Plan.from_json(act.plan)
    ends = bool(plan.ends)
    level = min((codes.level(code) for code in plan.concerned), default=0)
    return act.on, ends, -level if ends else level, act.pk  # what ends goes from below upwards


@transaction.atomic
def drop(act: PlaceAct, *, by: User) -> PlaceAct:
    """Give up an act that was not done. `OutOfTurn` when it was."""
    act = _locked(act, by)
    if act.state not in (State.PROPOSED, State.AGREED):
        raise OutOfTurn(f"这项变更{act.get_state_display()}，不能再放弃", code="decided")
    act.state = State.DROPPED
    act.save(update_fields=["state"])
    _note("drop", act, by)
    return act


def come(today: dt.date) -> int:
    """Carry out the agreed acts whose day has come, the earliest first; how many. What cannot be done is told."""
    doing.gather(today)
    waiting = PlaceAct.objects.filter(state=State.AGREED, on__lte=today)
    return sum(_carry_out(act, today) for act in sorted(waiting, key=_order))


def _carry_out(act: PlaceAct, today: dt.date) -> bool:
    try:
        with transaction.atomic():
            found = PlaceAct.objects.select_for_update(of=["self"]).get(pk=act.pk)
            if found.state != State.AGREED:
                return False
            doing.do(found, today=today)
            return True
    except Refusal as refusal:
        log.warning("place act %s: %s", act.pk, refusal.code)
        text = f"区划变更没有办成：{refusal.reason}"[:200]
        told = {"kind": Notice.Kind.OTHER, "text": text, "url": reverse("registry:placeact", args=[act.pk])}
        Notice.objects.get_or_create(user_id=act.agreed_by_id, key=f"placeact:{act.pk}", defaults=told)
        return False


def _locked(act: PlaceAct, by: User) -> PlaceAct:
    require(by, Role.DISTRICT, act.place_code)
    return PlaceAct.objects.select_for_update(of=["self"]).get(pk=act.pk)


def _note(verb: str, act: PlaceAct, by: User) -> None:
    words = f"{act.get_kind_display()}，{act.on:%Y年%-m月%-d日}生效，{act.document}"
    note(f"placeact.{verb}", f"placeact:{act.pk}", by=by, place_code=act.place_code, summary=words)
