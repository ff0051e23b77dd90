"""The only writer of assignments: opened where a target will be missed, answered by the street, closed with a reason.

The night opens, updates and closes what it foresees. A district officer may open one by hand and close any; what was
opened by hand the night closes too when the target is reached or its day has passed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import RunRecord, User
from registry.models import Jurisdiction
from registry.policy.parameters import Parameter
from registry.scope import Role, require
from supervision import figures, prospects, summons
from supervision.actions import NIGHT
from supervision.boards.experience import Experience
from supervision.boards.outlook import Outlook
from supervision.forecasts import Forecast
from supervision.indicators import Indicator
from supervision.models import Assignment
from supervision.prospects import Prospect

ROUND = "assignments"
BATCH = 500
LONGEST = 2000
REACHED, GONE = "目标已经达到", "这项目标不再适用于本地"
State = Assignment.State


@dataclass
class Tally:
    """What one round did. `state` is done, already, or waiting: the night before it is not finished."""

    on: dt.date
    state: str = "done"
    opened: int = 0
    updated: int = 0
    closed: int = 0

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"on": self.on.isoformat()}


def assign(on: dt.date) -> Tally:
    """Open, update and close the assignments of the nation as of a day, a province in a transaction.

    Waits for the night of the day, whose judgements it reads. Another round at the same time, a second one on the same
    day and one of a day before the last change nothing.
    """
    if not RunRecord.objects.filter(name=NIGHT, day=on).exclude(finished_at=None).exists():
        return Tally(on, "waiting")
    if RunRecord.objects.filter(name=ROUND, day__gte=on).exclude(finished_at=None).exists():
        return Tally(on, "already")
    run, _ = RunRecord.objects.get_or_create(name=ROUND, day=on)
    tally, agenda, known = Tally(on), prospects.Agenda(on), Experience(on)
    provinces = Jurisdiction.objects.filter(level=Jurisdiction.Level.PROVINCE).order_by("code")
    for code in provinces.values_list("code", flat=True):
        with transaction.atomic():
            _settle(code, prospects.foresee(code, agenda, known), tally)
    run.finished_at, run.result = timezone.now(), tally.to_json()
    run.save(update_fields=["finished_at", "result"])
    return tally


def _settle(province: str, foreseen: list[Prospect], tally: Tally) -> None:
    rows = Assignment.objects.open().inside(province).select_for_update()
    standing = {(one.place_code, one.parameter): one for one in rows}
    told = {(one.code, one.asked.parameter.id): one for one in foreseen}
    ended = [(one, why) for key, one in standing.items() if (why := _over(one, told.get(key), tally.on))]
    over = {one.pk for one, _ in ended}
    moved = [one for key, one in standing.items() if one.pk not in over and _follow(one, told[key])]
    fresh = [_row(one, tally.on) for key, one in told.items() if one.needed and key not in standing]
    _end(ended, tally.on)
    Assignment.objects.bulk_update(moved, ["needed", "forecast"], BATCH)
    Assignment.objects.bulk_create(fresh, BATCH, ignore_conflicts=True)
    opened = _opened(fresh, tally.on)
    summons.call(opened, tally.on)
    tally.opened, tally.updated, tally.closed = (
        tally.opened + len(opened),
        tally.updated + len(moved),
        tally.closed + len(ended),
    )
    if opened or moved or ended:
        words = f"交办 {len(opened)} 项，更新 {len(moved)} 项，结束 {len(ended)} 项"
        audit.note("assignment.round", "assignments", by=None, place_code=province, summary=words)


def _over(one: Assignment, prospect: Prospect | None, on: dt.date) -> str:
    """Why an open assignment ends tonight; empty while it stands."""
    if one.due and one.due < on:
        return f"期限已过（{figures.day(one.due)}）"
    if prospect is None:
        return GONE
    return REACHED if prospect.gap == 0 else ""


def _follow(one: Assignment, prospect: Prospect) -> bool:
    """Put the newer forecast in; True where it says something else. What cannot be foreseen stays as it was."""
    if prospect.needed is None or prospect.forecast is None:
        return False
    before = one.needed, one.forecast.get("range")
    one.needed, one.forecast = prospect.needed, prospect.forecast.to_json()
    return (one.needed, one.forecast["range"]) != before


def _end(ended: Iterable[tuple[Assignment, str]], on: dt.date) -> None:
    rows = []
    for one, why in ended:
        one.state, one.closed_on, one.reason = State.CLOSED, on, why
        rows.append(one)
    Assignment.objects.bulk_update(rows, ["state", "closed_on", "reason"], BATCH)


def _opened(fresh: list[Assignment], on: dt.date) -> list[Assignment]:
    """Those that were really written: somebody may have opened one by hand meanwhile."""
    wanted = {(one.place_code, one.parameter) for one in fresh}
    places = sorted({one.place_code for one in fresh})
    found: list[Assignment] = []
    for start in range(0, len(places), BATCH):
        rows = Assignment.objects.open().filter(place_code__in=places[start : start + BATCH], opened_on=on)
        found += [one for one in rows.filter(opened_by=None) if (one.place_code, one.parameter) in wanted]
    return found


def _row(one: Prospect, on: dt.date) -> Assignment:
    made = _assignment(one.code, one.asked.parameter, one.asked.indicator, one.forecast, on)
    made.needed = one.needed or 0
    return made


def _assignment(
    code: str, parameter: Parameter, indicator: Indicator, forecast: Forecast | None, on: dt.date
) -> Assignment:
    return Assignment(
        place_code=code,
        parameter=parameter.id,
        indicator=indicator.name,
        document=parameter.document,
        clause=parameter.clause,
        title=parameter.summary[:120],
        due=parameter.due,
        forecast=forecast.to_json() if forecast else {},
        opened_on=on,
    )


@transaction.atomic
def open_by_hand(found: Outlook, *, by: User) -> Assignment:
    """A district officer asks a street to do something about a target it has not reached; one open at a time.

    `Refusal` where there is nothing to ask for, `NotAllowed` for anybody else. A second click opens nothing.
    """
    require(by, Role.DISTRICT, found.place.code)
    why = refused(found)
    if why:
        raise Refusal(why, code="nothing_to_assign", clause=f"{found.parameter.document} {found.parameter.clause}")
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=found.place.pk)
    same = Assignment.objects.open().filter(place_code=found.place.code, parameter=found.parameter.id)
    if standing := same.first():
        return standing
    asked = _assignment(found.place.code, found.parameter, found.indicator, found.forecast, found.on)
    asked.needed, asked.opened_by = (found.forecast.short if found.forecast else found.gap) or 0, by
    Assignment.objects.bulk_create([asked], ignore_conflicts=True)  # the night may be at it
    made = same.get()
    if made.opened_by == by:
        summons.call([made], found.on)
        _note("assignment.open", made, by, made.title)
    return made


def refused(found: Outlook) -> str:
    """Why a street cannot be asked to do something about a target; empty when it can."""
    if found.place.level != Jurisdiction.Level.STREET:
        return "只能交办给街道（乡镇）"
    if not prospects.assignable(found.parameter, found.indicator, found.on):
        return "这项要求不能交办：只有本地文件里期限未到的目标可以交办"
    return "" if found.gap else "这项目标没有差额，不需要交办"


@transaction.atomic
def answer(assignment: Assignment, *, by: User, text: str) -> Assignment:
    """The street says in writing what it will do; it may say it again while the assignment is open.

    `Refusal` for no words or too many, `OutOfTurn` when it is closed.
    """
    require(by, Role.STREET, assignment.place_code)
    found, words = _held(assignment), text.strip()
    if not words or len(words) > LONGEST:
        reason = f"回复不能超过 {LONGEST} 个字" if words else "填写回复"
        raise Refusal(reason, code="answer_unfit", field="answer")
    if found.answer == words:
        return found
    found.state, found.answer, found.answered_by, found.answered_at = State.ANSWERED, words, by, timezone.now()
    found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    summons.tell_answer(found)
    _note("assignment.answer", found, by, words)
    return found


@transaction.atomic
def close(assignment: Assignment, *, by: User, on: dt.date, reason: str) -> Assignment:
    """The district ends an assignment and says why. `Refusal` without a reason, `OutOfTurn` when it is closed."""
    require(by, Role.DISTRICT, assignment.place_code)
    found, words = _held(assignment), reason.strip()
    if not words or len(words) > 200:
        raise Refusal("结束原因不能超过 200 个字" if words else "填写结束原因", code="reason_unfit", field="reason")
    found.state, found.closed_on, found.reason = State.CLOSED, on, words
    found.save(update_fields=["state", "closed_on", "reason"])
    summons.tell_end(found)
    _note("assignment.close", found, by, words)
    return found


def _held(assignment: Assignment) -> Assignment:
    found = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if found.state == State.CLOSED:
        raise OutOfTurn("这项交办已经结束", code="assignment_closed")
    return found


def _note(verb: str, one: Assignment, by: User, summary: str) -> None:
    audit.note(verb, f"assignment:{one.pk}", by=by, place_code=one.place_code, summary=summary)
