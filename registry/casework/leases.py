"""Who has a case in hand: taken for a while, handed back with every step, taken over with a reason.

A lease keeps two people from working on one case at the same time. It never keeps a case from being done: it runs
out by itself, and whoever holds the same role may take it over at any time by saying why.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry.casework import turns
from registry.models import Case, Notice
from registry.scope import Role, roles_over

LEASE = dt.timedelta(hours=4)  # how long a case stays with whoever took it, unless he moves it or gives it back
UNTIL = "%-m月%-d日 %H:%M"


def require_free(case: Case, by: User) -> None:
    """`OutOfTurn` while somebody else has the case in hand."""
    if case.holder and case.holder != by:
        raise OutOfTurn(f"{_in_hand(case)}。需要由您办理的，可以先在办件页上接手", code="held")


def _in_hand(case: Case) -> str:
    until = timezone.localtime(case.held_until).strftime(UNTIL)
    return f"这份办件由{case.holder}领取，到{until}"


def let_go(case: Case) -> None:
    """Nobody has the case in hand any more (not saved here)."""
    case.held_by, case.held_until = None, None


@transaction.atomic
def take(case: Case, *, by: User) -> Case:
    """Have a case in hand until `LEASE` is over; taking one's own again begins anew.

    `NotAllowed` when the next word is not this person's desk's, `OutOfTurn` when somebody else was quicker.
    """
    case = _locked(case, by)
    if case.holder and case.holder != by:
        raise OutOfTurn(_in_hand(case), code="held")
    again = case.holder == by
    _give(case, by)
    if not again:
        audit.note("case.take", f"case:{case.pk}", by=by, place_code=case.place_code, summary=f"{case}：领取")
    return case


@transaction.atomic
def release(case: Case, *, by: User) -> Case:
    """Give back what one has in hand; `OutOfTurn` when it is not (or no longer) one's own."""
    case = _locked(case, by)
    if case.holder != by:
        raise OutOfTurn("这份办件没有由您领取", code="not_held")
    let_go(case)
    case.save(update_fields=["held_by", "held_until"])
    audit.note("case.release", f"case:{case.pk}", by=by, place_code=case.place_code, summary=f"{case}：放回")
    return case


@transaction.atomic
def take_over(case: Case, *, by: User, reason: str, holder: int) -> Case:
    """Take a case out of the hands of a colleague, at any time, for a reason he is told.

    `holder` is the person (pk) the page showed: `OutOfTurn` when the case went to another hand since. `Refusal`
    without a reason, `NotAllowed` for whoever does not hold a role that has the next word.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal("填写接手的原因", code="reason_missing", field="reason")
    case = _locked(case, by)
    former = case.holder
    if former is None or former == by or former.pk != holder:
        told = "现在没有人领取，可以直接领取" if former is None else _in_hand(case)
        raise OutOfTurn(f"领取情况已经变化：{told}", code="held_otherwise")
    _give(case, by)
    line = audit.note(
        "case.take_over",
        f"case:{case.pk}",
        by=by,
        place_code=case.place_code,
        summary=f"由{former}转到{by}：{reason}",
        held_by=[former.name, by.name],
    )
    text = f"{case}已由{by}接手：{reason}"[:200]
    Notice.objects.create(user=former, case=case, kind=Notice.Kind.HANDED, key=f"handed:{line.pk}", text=text)
    return case


def hand(cases: list[Case], *, to: User) -> None:
    """Put locked cases into other hands; the caller checks rights and writes the audit line."""
    for case in cases:
        _give(case, to)


def _give(case: Case, to: User) -> None:
    case.held_by, case.held_until = to, timezone.now() + LEASE
    case.save(update_fields=["held_by", "held_until"])


def _locked(case: Case, by: User) -> Case:
    # No join: a row that changed while we waited for its lock would come back beside the former holder.
    found = Case.objects.select_for_update().get(pk=case.pk)
    wanted = turns.desks(found)
    if not wanted:
        raise OutOfTurn(f"办件当前状态为“{found.get_state_display()}”，不等待工作人员办理", code="out_of_turn")
    if not wanted & roles_over(by, found.place_code):
        named = "、".join(Role(role).label for role in sorted(wanted))
        raise NotAllowed(f"这份办件现在由“{named}”办理", code="not_allowed")
    return found


def acting_for(by: User, role: str, place_code: str) -> User | None:
    """For whom a person acts who holds the role over the place only as a stand-in; None for one's own office."""
    held = by.offices.over(place_code).filter(role=role)
    offices = list(held.select_related("stands_in_for__user").order_by("-place__code"))
    if not offices or any(office.stands_in_for_id is None for office in offices):
        return None
    return offices[0].stands_in_for.user


def speaking_for(by: User, case: Case) -> User | None:
    """For whom a person hands in or withdraws: the opener he stands in for, unless he may do so in his own right."""
    if case.opened_by_id == by.pk:
        return None
    held = by.offices.over(case.place_code)
    own = held.filter(role=Role.COMMUNITY, stands_in_for=None).exists()
    absent = held.filter(stands_in_for__user=case.opened_by_id).exists()
    return case.opened_by if absent and not own else None
