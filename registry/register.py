"""The only writer of the register itself: organisations enter, change standing, and leave.

Former standings, leaders and party coverage are closed with a day, never overwritten, so that any past
day can be counted again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from pypinyin import Style, lazy_pinyin

from portal import actions as audit
from portal.errors import OutOfTurn
from portal.models import User
from registry import certificates, events, tenures
from registry.identity import mask_name
from registry.models import (
    Case,
    Certificate,
    FormerName,
    Jurisdiction,
    Organisation,
    StandingKind,
)
from registry.names.folding import fold
from registry.scope import Role, require

PLAIN = (
    "category",
    "activities",
    "scope",
    "individual_members",
    "unit_members",
    "capital",
    "premises",
    "address",
    "post_reachable",
    "larger_scale",
    "operates_normally",
    "full_party_members",
    "probationary_party_members",
    "party_organisation",
)
ENDING_ROLE = {
    StandingKind.REGISTERED: Role.APPROVER,
    StandingKind.FILED: Role.STREET,
    StandingKind.LISTED: Role.COMMUNITY,
}


@dataclass
class Entry:
    """What is known of an organisation when it enters the register or changes its standing."""

    kind: str
    name: str
    place: Jurisdiction
    said: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str | None] = field(default_factory=dict)
    managing_body: str = ""
    valid_until: dt.date | None = None


@transaction.atomic
def enter(entry: Entry, *, by: User, on: dt.date, organisation: Organisation | None = None) -> Organisation:
    """Put an organisation on the register, or give one that is there a new standing; its history is kept."""
    found = _on_register(organisation) if organisation else Organisation()
    before, known = found.standing, tenures.undated(found) if organisation else None
    _call(found, entry.name, on)
    found.place, found.place_code = entry.place, entry.place.code
    for key in PLAIN:
        if entry.said.get(key) is not None:
            setattr(found, key, entry.said[key])
    found.legal_form = entry.said.get("legal_form") or found.legal_form
    for key, value in entry.numbers.items():
        setattr(found, key, value)
    found.managing_body = entry.managing_body or found.managing_body
    found.standing, found.valid_until = entry.kind, entry.valid_until
    _save(found)
    tenures.stand(found, on)
    tenures.lead(found, entry.said, on)
    tenures.cover(found, on)
    tenures.act_as_hub(found, entry.said.get("hub_type"), on)
    tenures.serve(found, entry.said.get("service_groups"))
    tenures.tell(found, on, known)
    events.entered(found)
    audit.note(
        f"register.{entry.kind}",
        f"organisation:{found.pk}",
        by=by,
        place_code=found.place_code,
        summary=found.name,
        standing=[before, entry.kind],
    )
    return found


def _call(organisation: Organisation, name: str, on: dt.date) -> None:
    """Give it a name; the one it bore goes to its former names."""
    if organisation.pk and organisation.name != name:
        _former(organisation, on, FormerName.Cause.CHANGED)
    organisation.name, organisation.folded_name, organisation.pinyin = name, fold(name), initials(name)


def _former(organisation: Organisation, on: dt.date, cause: str) -> None:
    FormerName.objects.create(
        organisation=organisation,
        place_code=organisation.place_code,
        name=organisation.name,
        folded_name=organisation.folded_name,
        until=on,
        cause=cause,
    )


AMENDED = (*PLAIN, "managing_body", "charity_since", "valid_until")


@transaction.atomic
def amend(
    organisation: Organisation, changes: Mapping[str, Any], *, by: User | None, on: dt.date, case: Case
) -> Organisation:
    """Write new values over the present ones; the present ones stay in the history, and the paper follows.

    `changes` names what changes as `Entry.said` does, besides `name`, `place` and `managing_body`; what is not named
    stays. A move, another scope or another form begins a new standing on the day; another leader ends the term of the
    one before. `OutOfTurn` when the organisation left the register meanwhile.
    """
    found = _on_register(organisation)
    before = _told(found)
    _write(found, changes, on)
    certificates.renew(found, case, on=on)
    after = _told(found)
    events.changed(found, [key for key in after if before[key] != after[key]], case)
    audit.note(
        "register.amend",
        f"organisation:{found.pk}",
        by=by,
        place_code=found.place_code,
        summary=f"{found.name}（{case.matter} {case.number or ''}）",
        **{key: [before[key], after[key]] for key in after if before[key] != after[key]},
    )
    return found


def _write(found: Organisation, changes: Mapping[str, Any], on: dt.date) -> None:
    home, known = (found.place_code, found.scope, found.legal_form), tenures.undated(found)
    if changes.get("name"):
        _call(found, changes["name"], on)
    if changes.get("place"):
        found.place, found.place_code = changes["place"], changes["place"].code
    for key in (key for key in AMENDED if key in changes):
        setattr(found, key, changes[key])
    _save(found)
    if (found.place_code, found.scope, found.legal_form) != home:
        tenures.stand(found, on)
    tenures.lead(found, dict(changes), on)
    tenures.cover(found, on)
    tenures.serve(found, changes.get("service_groups"))
    tenures.tell(found, on, known)


def _told(organisation: Organisation) -> dict[str, str]:
    """What may change, in words as the audit trail may tell it: names of people masked, no numbers of theirs."""
    found = {key: organisation.said(key) for key in ("name", "place", *AMENDED)}
    term = organisation.leader_terms.filter(ends=None).last()
    return found | {"leader": mask_name(term.name) if term else "", "service_groups": organisation.services.words()}


def _on_register(organisation: Organisation) -> Organisation:
    """The organisation, locked; `OutOfTurn` when it left the register meanwhile."""
    found = Organisation.objects.select_for_update(of=["self"]).get(pk=organisation.pk)
    if not found.standing:
        raise OutOfTurn(f"“{found}”已经注销，不能再改变状态", code="ended")
    return found


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.updated_at = timezone.now()
            organisation.save()
    except IntegrityError as fault:
        raise OutOfTurn("编号或代码刚刚被另一个组织使用，请核对后重新办理", code="number_taken") from fault


def initials(name: str) -> str:
    """Full pinyin and initials of a name, for search: "yangguang yg"."""
    full = "".join(lazy_pinyin(name))
    short = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{short} {full}"[:120].lower()


@transaction.atomic
def end(
    organisation: Organisation,
    *,
    by: User | None,
    on: dt.date,
    reason: str,
    cause: str = FormerName.Cause.DEREGISTERED,
) -> Organisation:
    """Take an organisation off the register; its certificates say so from this moment on, its name is kept a while.

    Whoever keeps that part of the register may do it (`ENDING_ROLE`); `by` None is an act of the system.
    """
    found = Organisation.objects.select_for_update(of=["self"]).get(pk=organisation.pk)
    if not found.standing:
        raise OutOfTurn(f"“{found.name}”已经不在册，不需要再次注销", code="ended")
    if by is not None:
        require(by, ENDING_ROLE[found.standing], found.place_code)
    before, found.standing, found.updated_at = found.standing, "", timezone.now()
    found.save(update_fields=["standing", "updated_at"])
    tenures.close(found, on, reason)
    tenures.tell(found, on)
    _former(found, on, cause)
    events.ended(found, cause, before)
    cancel_certificates(found, on=on, reason=reason)
    audit.note(
        "register.end",
        f"organisation:{found.pk}",
        by=by,
        place_code=found.place_code,
        summary=f"{found.name}：{reason}",
        standing=[before, ""],
    )
    return found


def cancel_certificates(organisation: Organisation, *, on: dt.date, reason: str) -> int:
    """Mark every valid certificate of an organisation as no longer valid."""
    valid = Certificate.objects.filter(organisation=organisation, cancelled_on=None)
    events.cancelled(valid.select_related("organisation", "case"))
    return valid.update(cancelled_on=on, cancel_reason=reason[:200])
