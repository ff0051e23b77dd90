"""Who is away and who stands in, and the handing over of all open work: the only writer of absences and stand-ins.

A stand-in gets exactly the desks of the absent person, from a day to a day, as offices that name whom they are held
for. He may hold more in his own right; what he does through a stand-in office is written "B（代 A）".
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.casework import leases, turns
from registry.models import CLOSED, Absence, Case, Material, NameReservation, Notice, Office
from registry.models.cases import CaseQuerySet
from registry.scope import DESK, Role, within
from registry.touches import touch

RANK = {Role.COMMUNITY: 1, Role.STREET: 2, Role.DISTRICT: 3, Role.APPROVER: 3}
LONGEST = dt.timedelta(days=366)
MANY = 400  # people in a list to choose from


@dataclass(frozen=True)
class Handed:
    """How much work went over: cases had in hand, and cases opened and not closed."""

    leases: int
    cases: int

    @property
    def words(self) -> str:
        return f"已转交 {self.leases} 件领取中的办件、{self.cases} 件本人经办还没有办完的办件"


def desks(user: User, on: dt.date) -> list[Office]:
    """The desks a person holds in his own right on a day."""
    held = user.offices.in_force(on).filter(role__in=DESK, stands_in_for=None)
    return list(held.select_related("place"))


def last_desks(user: User, on: dt.date) -> list[Office]:
    """The desks of a person; of whoever has left, those he held last."""
    ended = user.offices.filter(role__in=DESK, stands_in_for=None, ends__lte=on).select_related("place")
    return desks(user, on) or list(ended.order_by("-ends")[:3])


def may_arrange(by: User, user: User, on: dt.date) -> bool:
    """Whether `by` may speak for the absence of `user`: himself, or a desk as high over every one of his places."""
    own, his = desks(by, on), last_desks(user, on)
    return by == user or (bool(his) and all(any(_directs(mine, one) for mine in own) for one in his))


def _directs(mine: Office, one: Office) -> bool:
    """Whether an office is the same post or one above it: who examines speaks for nobody who approves."""
    approves = one.role == Role.APPROVER and mine.role != Role.APPROVER
    return _over(mine, one) and not approves


def _over(mine: Office, one: Office) -> bool:
    return RANK[mine.role] >= RANK[one.role] and codes.contains(mine.place.code, one.place.code)


def may_deputise(deputy: User, user: User, on: dt.date) -> bool:
    """Whether somebody's own desk is at or above every desk of the absent, or at the same height next door."""
    own, his = desks(deputy, on), desks(user, on)
    fits = all(any(_over(mine, one) or _beside(mine, one) for mine in own) for one in his)
    return deputy != user and bool(his) and fits


def _beside(mine: Office, one: Office) -> bool:
    here, there = codes.lineage(mine.place.code), codes.lineage(one.place.code)
    return mine.role == one.role and len(here) > 3 and len(here) == len(there) and here[1] == there[1]


def people(by: User, on: dt.date) -> dict[int, str]:
    """Whom `by` may arrange for, himself first: {person: desk in words}."""
    own = desks(by, on)
    inside = within([one.place.code for one in own], "place__code")
    rows = Office.objects.in_force(on).filter(inside, role__in=DESK, stands_in_for=None)
    found = {one.user_id: _words(one) for one in own}
    for one in rows.select_related("place").order_by("place__code", "user_id")[:MANY]:
        if any(_directs(mine, one) for mine in own):
            found.setdefault(one.user_id, _words(one))
    return found


def deputies(by: User, on: dt.date) -> dict[int, str]:
    """Who could stand in for anybody `by` may arrange for: desks around and above his own."""
    around = [codes.lineage(one.place.code) for one in desks(by, on)]
    inside = [line[min(1, len(line) - 1)] if len(line) > 3 else line[0] for line in around]
    above = {code for line in around for code in line}
    rows = Office.objects.in_force(on).filter(role__in=DESK, stands_in_for=None)
    rows = rows.filter(within(inside, "place__code") | Q(place__code__in=above))
    return {one.user_id: _words(one) for one in rows.select_related("place").order_by("-place__code", "user_id")[:MANY]}


def _words(one: Office) -> str:
    return f"{one.place} {one.title or one.get_role_display()}"


def known_to(user: User, on: dt.date) -> QuerySet[Absence]:
    """The absences that are on or to come of whom the person may arrange for, and those in which he stands in."""
    rows = Absence.objects.filter(Q(user__in=people(user, on)) | Q(deputy=user), ends__gt=on)
    return rows.select_related("user", "deputy").order_by("starts", "id")


@transaction.atomic
def announce(
    user: User, *, deputy: User, starts: dt.date, ends: dt.date, reason: str, by: User, on: dt.date
) -> Absence:
    """Somebody is away from `starts` up to but not including `ends`, and `deputy` stands in at all his desks.

    What he has in hand goes to the stand-in in the same act when the absence has begun. `NotAllowed` for whoever may
    not speak for him, `Refusal` for days or a stand-in that cannot be, `OutOfTurn` when he is away already.
    """
    if not may_arrange(by, user, on):
        raise NotAllowed(f"为{user}安排代办，要由本人、同岗位或上级岗位的同事办理", code="not_allowed")
    User.objects.select_for_update().get(pk=user.pk)
    _require_days(starts, ends, on)
    _require_deputy(user, deputy, starts, ends)
    absence = Absence.objects.create(user=user, deputy=deputy, starts=starts, ends=ends, reason=reason.strip(), by=by)
    for office in desks(user, starts):
        _stand_in(office, absence)
    line = audit.note(
        "absence.announce", f"user:{user.pk}", by=by, place_code=_seat(user, on), summary=f"{user}外出，{deputy}代办"
    )
    words = f"{starts:%-m月%-d日}起由您代{user}办理，到{ends - dt.timedelta(days=1):%-m月%-d日}"
    Notice.objects.create(user=deputy, kind=Notice.Kind.HANDED, key=f"handed:{line.pk}", text=words)
    if by != user:
        told = f"{by}安排{deputy}从{starts:%-m月%-d日}起代您办理，到{ends - dt.timedelta(days=1):%-m月%-d日}"
        Notice.objects.create(user=user, kind=Notice.Kind.HANDED, key=f"handed:{line.pk}", text=told)
    if starts <= on:
        _hand_leases(user, deputy, by)
    return absence


def _require_days(starts: dt.date, ends: dt.date, on: dt.date) -> None:
    if starts < on:
        raise Refusal("开始日期不能早于今天", code="starts_in_the_past", field="starts")
    if ends <= starts:
        raise Refusal("结束日期要晚于开始日期", code="dates_reversed", field="ends")
    if ends - starts > LONGEST:
        raise Refusal("一次最多安排一年。时间更长的，可以办理职责交接", code="too_long", field="ends")


def _require_deputy(user: User, deputy: User, starts: dt.date, ends: dt.date) -> None:
    during = Absence.objects.filter(starts__lt=ends, ends__gt=starts)
    if during.filter(user=user).exists():
        raise OutOfTurn(f"{user}在这段时间已有代办安排，可以先结束原来的安排", code="away_already")
    if during.filter(user=deputy).exists():
        raise Refusal(f"{deputy}在这段时间也外出，另选一位代办人", code="deputy_away", field="deputy")
    if not deputy.is_active or not may_deputise(deputy, user, starts):
        raise Refusal("代办人要在同岗位、相邻同级岗位或上级岗位工作", code="deputy_unfit", field="deputy")


def _stand_in(office: Office, absence: Absence) -> None:
    last = min(absence.ends, office.ends or absence.ends)
    Office.objects.create(
        user=absence.deputy,
        role=office.role,
        place=office.place,
        title=office.title,
        starts=absence.starts,
        ends=last,
        stands_in_for=office,
    )
    touch(office.place.code, absence.starts, last)


@transaction.atomic
def end(absence: Absence, *, by: User, on: dt.date) -> Absence:
    """The absent is back (or never goes): the stand-in's offices end today. `OutOfTurn` when it is over already."""
    absence = Absence.objects.select_for_update(of=["self"]).select_related("user", "deputy").get(pk=absence.pk)
    if not (may_arrange(by, absence.user, on) or by == absence.deputy):
        raise NotAllowed("结束代办，要由本人、代办人、同岗位或上级岗位的同事办理", code="not_allowed")
    if absence.ends <= on:
        raise OutOfTurn("这项代办已经结束", code="over_already")
    before, last = absence.ends, max(on, absence.starts)
    stand_ins = Office.objects.filter(user=absence.deputy, stands_in_for__user=absence.user, starts=absence.starts)
    shortened = stand_ins.filter(Q(ends=None) | Q(ends__gt=last))
    for code in sorted(set(shortened.values_list("place__code", flat=True))):
        touch(code, last)
    shortened.update(ends=last)
    absence.ends = last
    absence.save(update_fields=["ends"])
    audit.note(
        "absence.end",
        f"user:{absence.user_id}",
        by=by,
        place_code=_seat(absence.user, on),
        summary=f"{absence.user}恢复办理，{absence.deputy}不再代办",
        ends=[before.isoformat(), last.isoformat()],
    )
    return absence


@transaction.atomic
def hand_over(user: User, *, to: User, by: User, reason: str, on: dt.date) -> Handed:
    """All open work of one person goes to another for good, in one act: what he has in hand and what he opened.

    `to` must hold every role over the places of that work himself; `Refusal` names what is missing. Who did what so
    far stays in the history; the papers that go out from now on name the new person.
    """
    if not may_arrange(by, user, on):
        raise NotAllowed(f"交接{user}的工作，要由本人、同岗位或上级岗位的同事办理", code="not_allowed")
    if user == to:
        raise Refusal("交出人和接手人不能是同一个人", code="same_person", field="to")
    if not reason.strip():
        raise Refusal("填写交接原因", code="reason_missing", field="reason")
    _require_same_desks(user, to, on)
    held = _hand_leases(user, to, by)
    opened = list(_locked().filter(_unfinished(), opened_by=user))
    for case in opened:
        case.opened_by, case.open_key = to, None
        case.save(update_fields=["opened_by", "open_key"])
        audit.note(
            "case.hand_over",
            f"case:{case.pk}",
            by=by,
            place_code=case.place_code,
            summary=f"经办人由{user}转到{to}：{reason.strip()}",
            opened_by=[user.name, to.name],
        )
    done = Handed(held, len(opened))
    _tell(done, user, to, by, reason.strip(), on)
    return done


def _unfinished() -> Q:
    """Cases somebody still has to see to: open ones, and closed ones with a name kept or a paper promised."""
    kept = NameReservation.objects.filter(released_on=None).values("case")
    return ~Q(state__in=CLOSED) | Q(pk__in=kept) | Q(pk__in=Material.objects.owed().values("case"))


def _require_same_desks(user: User, to: User, on: dt.date) -> None:
    own = desks(to, on)
    lacking = [
        one
        for one in last_desks(user, on)
        if not any(mine.role == one.role and codes.contains(mine.place.code, one.place.code) for mine in own)
    ]
    if lacking or not to.is_active:
        named = "、".join(f"{one.place}{one.get_role_display()}" for one in lacking) or "账号"
        raise Refusal(f"{to}还没有这些岗位：{named}。先由管理员任职，再办理交接", code="desk_missing", field="to")


def _hand_leases(user: User, to: User, by: User) -> int:
    """What a person has in hand goes to another who may hold it; the rest is put back for everybody."""
    held = [case for case in _locked().filter(held_by=user) if case.holder == user]
    fit = [case for case in held if turns.at_desk(case, to)]
    leases.hand(fit, to=to)
    for case in held:
        if case not in fit:
            leases.let_go(case)
            case.save(update_fields=["held_by", "held_until"])
        words = f"领取人由{user}转到{to}" if case in fit else f"{user}不再领取"
        audit.note("case.hand", f"case:{case.pk}", by=by, place_code=case.place_code, summary=words)
    return len(fit)


def _tell(done: Handed, user: User, to: User, by: User, reason: str, on: dt.date) -> None:
    line = audit.note(
        "work.hand_over",
        f"user:{user.pk}",
        by=by,
        place_code=_seat(user, on),
        summary=f"{user}的在办工作交给{to}：{reason}",
        handed=[done.leases, done.cases],
    )
    text = f"{user}的在办工作由{by}交给您：领取中 {done.leases} 件，经办 {done.cases} 件。{reason}"[:200]
    Notice.objects.create(user=to, kind=Notice.Kind.HANDED, key=f"handed:{line.pk}", text=text)


def _locked() -> CaseQuerySet:
    return Case.objects.select_for_update().order_by("id")


def _seat(user: User, on: dt.date) -> str:
    held = last_desks(user, on)
    return held[0].place.code if held else ""
