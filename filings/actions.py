"""The writers of what only 备案 has: delegations, and the light listing kept by the committee."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from filings.models import Delegation
from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import register
from registry.models import Jurisdiction, Organisation, StandingKind
from registry.names.folding import fold
from registry.scope import Role, require
from registry.touches import touch


@transaction.atomic
def entrust(
    community: Jurisdiction, *, by: User, starts: dt.date, ends: dt.date | None, document: str, **covers: bool
) -> Delegation:
    """The street entrusts a committee with first review and upward report (津民发〔2018〕61号 三（二）)."""
    require(by, Role.STREET, community.code)
    if ends and ends <= starts:
        raise Refusal("终止日期应晚于起始日期", code="dates_reversed", field="ends")
    Jurisdiction.objects.select_for_update().get(pk=community.pk)
    others = Delegation.objects.filter(Q(ends=None) | Q(ends__gt=starts), community=community)
    if (others.filter(starts__lt=ends) if ends else others).exists():
        raise OutOfTurn(f"“{community}”在这段时间内已有委托，请先终止原来的委托", code="delegation_exists")
    made = Delegation.objects.create(
        street=community.parent, community=community, starts=starts, ends=ends, document=document, **covers
    )
    touch(community.code, starts, ends)
    audit.note("delegation.grant", f"delegation:{made.pk}", by=by, place_code=community.code, summary=str(made))
    return made


@transaction.atomic
def revoke(delegation: Delegation, *, by: User, on: dt.date) -> Delegation:
    """End a delegation today; cases under first review wait for the next one."""
    require(by, Role.STREET, delegation.community.code)
    found = Delegation.objects.select_for_update(of=["self"]).select_related("community").get(pk=delegation.pk)
    if found.ends and found.ends <= on:
        raise OutOfTurn("这项委托已经终止", code="delegation_over")
    before, found.ends = found.ends, max(on, found.starts)
    found.save(update_fields=["ends"])
    touch(found.community.code, found.ends)
    audit.note(
        "delegation.revoke",
        f"delegation:{found.pk}",
        by=by,
        place_code=found.community.code,
        summary=str(found),
        ends=[str(before or ""), str(found.ends)],
    )
    return found


@transaction.atomic
def list_group(place: Jurisdiction, said: dict[str, Any], *, by: User, on: dt.date) -> Organisation:
    """Keep a small, loose group on the committee's list: no decision, no number, no certificate (广西 2020 四（二）).

    Raises `OutOfTurn` when the place already has a group of that name.
    """
    require(by, Role.COMMUNITY, place.code)
    Jurisdiction.objects.select_for_update().get(pk=place.pk)
    if Organisation.objects.active().inside(place.code).filter(folded_name=fold(said["name"])).exists():
        raise OutOfTurn(f"“{place}”已有名为“{said['name']}”的组织", code="name_taken")
    body = f"{place}村民委员会" if place.kind == "village" else f"{place}居民委员会"
    entry = register.Entry(
        kind=StandingKind.LISTED,
        name=said["name"],
        place=place,
        managing_body=f"{said['leading_party']}、{body}",
        said={**said, "party_organisation": "fallback"},
    )
    return register.enter(entry, by=by, on=on)
