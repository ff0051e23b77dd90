"""The clocks of a case: the only writer of its limits and of the ledger of intervals.

The ledger is the truth; `registry.casework.deadlines` counts the days from it. Whatever waits for the applicant is a
suspension of every clock: it never counts against the office.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import events
from registry.casework import facts, kinds, leases, turns
from registry.casework.deadlines import PUT_IN_COPY, refresh
from registry.casework.kinds import Limit
from registry.casework.step import Turn
from registry.flows import Move
from registry.models import Case, Clock, Interval, State, Step, Unit
from registry.policy.parameters import ANY
from registry.scope import DESK, Role

UNITS = {"working_day": Unit.WORKING, "day": Unit.CALENDAR}  # the unit of a parameter, as a clock counts it
BASIS = {"registration": "《行政许可法》第三十二条", "filing": "参照《行政许可法》第三十二条"}


def tick(turn: Turn, step: Step) -> None:
    """After a move: close the stage that ended, open the next, start what starts now, stop everything when closed."""
    case, on = turn.case, turn.on
    _end_stage(turn, step)
    if not case.is_closed:
        _open_stage(turn, step)
        for limit in kinds.of(case.kind).limits:
            if _begins(limit, turn):
                _start(case, on, limit.scope, limit.key, limit.days, limit.unit, limit)
    refresh(case, on=on)
    if case.is_closed:
        case.clocks.running().update(stopped=on)


def _end_stage(turn: Turn, step: Step) -> None:
    """The stage's interval and clock end; what held the clocks is over, for work goes on.

    A notice that the desk called back itself counts as never sent: it holds no day.
    """
    case, on = turn.case, turn.on
    ended = Greatest(F("starts"), Value(on))
    if _called_back(turn, step):
        case.intervals.standing().update(ends=F("starts"))
    if case.intervals.standing().exclude(cause=Interval.Cause.CORRECTION).exists():
        events.released(case)
    case.intervals.filter(ends=None).update(ends=ended)
    case.clocks.running().filter(scope=Clock.Scope.STAGE).update(stopped=on)


def _called_back(turn: Turn, step: Step) -> bool:
    return step.source == State.RETURNED and turn.move.role != Role.APPLICANT and not turn.case.is_closed


def _open_stage(turn: Turn, step: Step) -> None:
    case, on = turn.case, turn.on
    here = {"case": case, "stage": case.state, "holder": holder(case), "starts": on, "by": turn.by}
    Interval.objects.create(kind=Interval.Kind.RUNNING, **here)
    if case.state == State.RETURNED:
        Interval.objects.create(
            kind=Interval.Kind.SUSPENDED,
            cause=Interval.Cause.CORRECTION,
            reason="等待申请人补正",
            basis=BASIS.get(case.road, ""),
            **here,
        )
        return
    former = case.clocks.filter(scope=Clock.Scope.STAGE, stage=case.state).last()
    if _called_back(turn, step) and former:  # goes on where it was
        former.pk, former.stopped = None, None
        former.save(force_insert=True)
        return
    found = _leading_here(turn)
    if found.days or found.limit:
        _start(case, on, Clock.Scope.STAGE, found.limit, found.days, found.unit)


def _leading_here(turn: Turn) -> Move:
    """The move whose days the next desk has: the one made, or, where a correction goes on further, the one before."""
    if turn.target == turn.move.target:
        return turn.move
    flow = kinds.of(turn.case.kind).flow(turn.case)
    return next((found for found in flow if found.target == turn.target and (found.days or found.limit)), turn.move)


def holder(case: Case) -> str:
    """The role whose turn it is: a desk before the applicant, who may nearly always withdraw."""
    roles = [one.role for one in turns.waiting(case)]
    return next((role for role in roles if role in DESK), roles[0] if roles else "")


def _begins(limit: Limit, turn: Turn) -> bool:
    """Whether the move starts this limit, itself or silently in the place of the one that does."""
    if turn.case.clocks.filter(scope=limit.scope).exists():
        return False
    if turn.move.verb == limit.starts:
        return True
    flow = kinds.of(turn.case.kind).flow(turn.case)
    meant = [one for one in flow if one.verb == limit.starts]
    return turn.move.silent and any(one.target == turn.move.target for one in meant)


def _start(case: Case, on: dt.date, scope: str, key: str, days: int, unit: str, given: Limit | None = None) -> None:
    found = length(case, on, key, days, unit, given)
    if found["days"]:
        stage = case.state if scope == Clock.Scope.STAGE else ""
        Clock.objects.create(case=case, scope=scope, stage=stage, starts=on, **found)


def length(
    case: Case, on: dt.date, key: str, days: int, unit: str, given: Limit | None = None
) -> dict[str, int | str | bool]:
    """How long a clock runs and who says so: the rules of the case under `key`, else the days given, marked assumed."""
    form = case.answers.get("organisation", {}).get("legal_form") or ANY
    rule = facts.rules_of(case, on).get(key, form=form) if key else None
    if rule is not None and rule.exact is not None and rule.unit in UNITS:
        found = {"days": int(rule.exact), "unit": UNITS[rule.unit], "assumed": rule.assumed}
        return found | {"document": rule.document[:80], "clause": rule.clause[:40]}
    document, clause = (given.document, given.clause) if given else ("", "")
    return {"days": days, "unit": unit, "assumed": not document, "document": document, "clause": clause}


# --- suspending by hand -------------------------------------------------------------------------------------------


@transaction.atomic
def suspend(
    case: Case,
    *,
    by: User,
    cause: str,
    reason: str,
    basis: str,
    cap: int | None = None,
    starts: dt.date | None = None,
) -> Interval:
    """Hold every clock of a case from a day on (today, or back to the first day of the stage), for a cause of law.

    `cap` is the most days it may hold, in the unit of each clock. The next step of the case ends it by itself.
    `NotAllowed` for who has not the next word, `OutOfTurn` while the case is held already or waits for nobody here.
    """
    case, on = _in_hand(case, by)
    if case.intervals.standing().exists():
        raise OutOfTurn("这份办件已经暂停计时", code="already_suspended")
    stage = case.intervals.filter(kind=Interval.Kind.RUNNING).last()
    first = stage.starts if stage else on
    begins = on if starts is None else starts
    if not first <= begins <= on:
        raise Refusal(
            f"开始日要在本环节开始（{first:%Y年%-m月%-d日}）和今天之间", code="suspension_out_of_stage", field="starts"
        )
    if not reason or not basis:
        raise Refusal("写明原因和依据", code="suspension_unexplained", field="basis" if reason else "reason")
    made = Interval.objects.create(
        case=case,
        kind=Interval.Kind.SUSPENDED,
        stage=case.state,
        holder=holder(case),
        cause=cause,
        starts=begins,
        reason=reason,
        basis=basis,
        cap=cap,
        by=by,
    )
    events.held(case)
    _settle(case, on, by, "suspend", f"暂停计时：{made.get_cause_display()}", state=["running", "suspended"])
    return made


@transaction.atomic
def resume(case: Case, *, by: User, ends: dt.date | None = None) -> Interval:
    """Let the clocks run again; `ends` is the last day held: today, or a day back to where the suspension began."""
    case, on = _in_hand(case, by)
    found = case.intervals.standing().last()
    if found is None:
        raise OutOfTurn("这份办件没有暂停计时", code="not_suspended")
    last = on if ends is None else ends
    if not found.starts <= last <= on:
        raise Refusal(
            f"结束日要在开始日（{found.starts:%Y年%-m月%-d日}）和今天之间", code="suspension_out_of_order", field="ends"
        )
    found.ends = last
    found.save(update_fields=["ends"])
    events.released(case)
    _settle(case, on, by, "resume", "恢复计时", state=["suspended", "running"])
    return found


def _in_hand(case: Case, by: User) -> tuple[Case, dt.date]:
    """The case, locked, for a desk that has the next word in it."""
    case = Case.objects.select_for_update(of=("self",)).select_related("place").get(pk=case.pk)
    require_desk(case, by)
    leases.require_free(case, by)
    return case, timezone.localdate()


def require_desk(case: Case, by: User) -> None:
    """`NotAllowed` for whoever has not the next word: the clocks are held and released by nobody else."""
    if not turns.at_desk(case, by):
        raise NotAllowed("由当前办理环节的人员暂停或恢复计时", code="not_allowed")


def _settle(case: Case, on: dt.date, by: User, verb: str, words: str, **changes: list[str]) -> None:
    refresh(case, on=on)
    case.save(update_fields=list(PUT_IN_COPY.values()))
    audit.note(
        f"clock.{verb}", f"case:{case.pk}", by=by, place_code=case.place_code, summary=f"{case}：{words}", **changes
    )
