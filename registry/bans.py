"""Occupational bans: recorded by a county, holding everywhere.

A ban needs its legal basis and its last day; the documents of places cannot create one (行政处罚法 16).
"""

import datetime as dt

from django.db import transaction

from portal import actions as audit
from portal.crypto import blind
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.identity import mask_identity_number
from registry.models import Jurisdiction, OccupationalBan
from registry.scope import Role, require


@transaction.atomic
def record(
    county: Jurisdiction,
    *,
    by: User,
    on: dt.date,
    name: str,
    id_number: str,
    until: dt.date,
    basis: str,
    decided_by: str,
) -> OccupationalBan:
    """Somebody may not lead an organisation until a day (inclusive). `Refusal` for a day that is over."""
    require(by, Role.DISTRICT, county.code)
    if until < on:
        raise Refusal("期限已经过去，不需要记录", code="ban_over", field="until")
    Jurisdiction.objects.select_for_update().get(pk=county.pk)
    made, new = OccupationalBan.objects.get_or_create(
        id_index=blind(id_number),
        place_code=county.code,
        until=until,
        lifted_on=None,
        defaults={
            "name": name,
            "masked": mask_identity_number(id_number),
            "basis": basis,
            "decided_by": decided_by,
        },
    )
    if not new:
        return made
    audit.note("ban.record", f"ban:{made.pk}", by=by, place_code=county.code, summary=made.masked)
    return made


@transaction.atomic
def lift(ban: OccupationalBan, *, by: User, on: dt.date, reason: str) -> OccupationalBan:
    """End a ban before its last day, by the county that recorded it; the row stays and says why.

    `OutOfTurn` when it is lifted already or over, `Refusal` without a reason.
    """
    require(by, Role.DISTRICT, ban.place_code)
    found = OccupationalBan.objects.select_for_update().get(pk=ban.pk)
    if found.lifted_on or found.until < on:
        raise OutOfTurn(f"{found.name}的从业禁止已经解除或期满", code="ban_lifted")
    if not reason.strip():
        raise Refusal("填写解除的原因和依据", code="reason_missing", field="reason")
    found.lifted_on, found.lift_reason = on, reason.strip()[:200]
    found.save(update_fields=["lifted_on", "lift_reason"])
    told = f"{found.masked}：{found.lift_reason}"
    audit.note("ban.lift", f"ban:{found.pk}", by=by, place_code=found.place_code, summary=told)
    return found
