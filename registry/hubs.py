"""What the officials record of a hub: its social workers in post, and its demonstration site.

津民发〔2018〕61号 三（四）: two to three full-time social workers at every hub, one demonstration site a district.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.models import Hub, HubStaff, Organisation
from registry.scope import Role, require
from registry.touches import touch


@transaction.atomic
def appoint(hub: Hub, *, by: User, name: str, full_time: bool, starts: dt.date) -> HubStaff:
    """A social worker takes up a post at a hub. `Refusal` for a day before the hub began."""
    require(by, Role.STREET, hub.serves_code)
    _held(hub.pk)
    if starts < hub.starts:
        raise Refusal(f"到岗日期不能早于枢纽组织成立的 {hub.starts:%Y年%-m月%-d日}", code="too_early", field="starts")
    if hub.staff.in_force(starts).filter(name=name).exists():
        raise OutOfTurn(f"{name}在这一天已经在岗", code="in_post")
    made = HubStaff.objects.create(hub=hub, name=name, full_time=full_time, starts=starts)
    touch(hub.serves_code, starts)
    audit.note("hub.appoint", f"hub:{hub.pk}", by=by, place_code=hub.serves_code, summary=f"{hub}：{name}到岗")
    return made


@transaction.atomic
def release(post: HubStaff, *, by: User, on: dt.date) -> HubStaff:
    """A social worker leaves the post today."""
    require(by, Role.STREET, post.hub.serves_code)
    _held(post.hub_id)
    found = HubStaff.objects.select_for_update().get(pk=post.pk)
    if found.ends and found.ends <= on:
        raise OutOfTurn(f"{found.name}已经离岗", code="left_post")
    found.ends = max(on, found.starts)
    found.save(update_fields=["ends"])
    touch(post.hub.serves_code, found.ends)
    audit.note("hub.release", f"hub:{post.hub_id}", by=by, place_code=post.hub.serves_code, summary=found.name)
    return found


@transaction.atomic
def demonstrate(hub: Hub, *, by: User, since: dt.date | None) -> Hub:
    """The district names a hub a demonstration site since a day, or takes the name away."""
    require(by, Role.DISTRICT, hub.serves_code)
    found = _held(hub.pk)
    before, found.demonstration_since = found.demonstration_since, since
    found.save(update_fields=["demonstration_since"])
    Organisation.objects.filter(pk=found.organisation_id).changed()
    touch(hub.serves_code, before, since)
    audit.note(
        "hub.demonstrate",
        f"hub:{hub.pk}",
        by=by,
        place_code=hub.serves_code,
        summary=str(hub),
        since=[str(before or ""), str(since or "")],
    )
    return found


def _held(pk: int) -> Hub:
    """A hub, locked. `OutOfTurn` for one that ended: with its organisation, or to begin again at another place."""
    found = Hub.objects.select_for_update(of=["self"]).get(pk=pk)
    if found.ends and found.ends <= timezone.localdate():
        raise OutOfTurn(f"这里的枢纽组织到 {found.ends:%Y年%-m月%-d日} 已经结束，不能再记录", code="hub_ended")
    return found
