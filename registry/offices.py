"""The only writer of accounts and offices."""

import datetime as dt

from django.db import transaction

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.models import Jurisdiction, Office
from registry.scope import Role
from registry.touches import touch


@transaction.atomic
def appoint(
    username: str,
    *,
    name: str,
    secret: str,
    role: str,
    place: Jurisdiction,
    title: str,
    starts: dt.date,
    ends: dt.date | None,
) -> tuple[Office, bool]:
    """Give an office, and an account with the password `secret` where there is none yet: (office, whether new).

    An adviser holds it for the unit in `title`, which is what questions are put to. Raises `Refusal` for a new account
    without a name, an adviser without a unit and dates the wrong way round, `OutOfTurn` when it is held already.
    """
    if ends and ends <= starts:
        raise Refusal("离任日期应晚于任职日期", code="dates_reversed", field="ends")
    if role == Role.ADVISER and not title.strip():
        raise Refusal("会商单位人员要写明单位全称（--title）", code="unit_missing", field="title")
    user = User.objects.filter(username=username).first()
    new = user is None
    if new:
        if not name:
            raise Refusal("新账号需要姓名（--name）", code="name_missing", field="name")
        user = User.objects.create_user(username=username, password=secret, name=name)
    unit = {"title": title} if role == Role.ADVISER else {}
    if user.offices.in_force(starts).filter(role=role, place=place, **unit).exists():
        raise OutOfTurn(f"{user} 已有这个任职", code="held_already")
    made = Office.objects.create(user=user, role=role, place=place, title=title, starts=starts, ends=ends)
    touch(place.code, starts, ends)
    audit.note("office.appoint", f"office:{made.pk}", by=None, place_code=place.code, summary=str(made))
    return made, new


@transaction.atomic
def end(username: str, *, role: str, place: Jurisdiction, on: dt.date) -> Office:
    """End an office from a day on; the person sees nothing of the place from then. `Refusal` when nobody holds it."""
    held = Office.objects.select_for_update(of=["self"]).in_force(on)
    found = held.filter(user__username=username, role=role, place=place).first()
    if found is None:
        raise Refusal(f"{username} 没有这个任职", code="not_held")
    found.ends = max(on, found.starts)
    found.save(update_fields=["ends"])
    found.stand_ins.filter(ends__gt=found.ends).update(ends=found.ends)
    touch(place.code, found.ends)
    audit.note("office.end", f"office:{found.pk}", by=None, place_code=place.code, summary=str(found))
    return found
