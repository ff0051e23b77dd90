"""The only writer of the register itself: organisations enter, change standing, and leave.

Former standings, leaders and party coverage are closed with a day, never overwritten, so that any past
day can be counted again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from pypinyin import Style, lazy_pinyin

from portal import actions as audit
from portal.crypto import blind
from portal.errors import OutOfTurn
from portal.models import User
from registry import certificates
from registry.identity import mask_name
from registry.models import (
    Case,
    Certificate,
    FormerName,
    Hub,
    Jurisdiction,
    LeaderTerm,
    Organisation,
    PartyCoverage,
    Person,
    Standing,
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
COVERED = {"own", "joint", "fallback"}
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
    before = found.standing
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
    _stand(found, on)
    _lead(found, entry.said, on)
    _cover(found, on)
    _serve(found, entry.said.get("hub_type"), on)
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
    home = (found.place_code, found.scope, found.legal_form)
    if changes.get("name"):
        _call(found, changes["name"], on)
    if changes.get("place"):
        found.place, found.place_code = changes["place"], changes["place"].code
    for key in (key for key in AMENDED if key in changes):
        setattr(found, key, changes[key])
    _save(found)
    if (found.place_code, found.scope, found.legal_form) != home:
        _stand(found, on)
    _lead(found, dict(changes), on)
    _cover(found, on)


def _told(organisation: Organisation) -> dict[str, str]:
    """What may change, in words as the audit trail may tell it: names of people masked, no numbers of theirs."""
    found = {key: organisation.said(key) for key in ("name", "place", *AMENDED)}
    term = organisation.leader_terms.filter(ends=None).last()
    return found | {"leader": mask_name(term.name) if term else ""}


def _on_register(organisation: Organisation) -> Organisation:
    """The organisation, locked; `OutOfTurn` when it left the register meanwhile."""
    found = Organisation.objects.select_for_update(of=["self"]).get(pk=organisation.pk)
    if not found.standing:
        raise OutOfTurn(f"“{found}”已经注销，不能再改变状态", code="ended")
    return found


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as fault:
        raise OutOfTurn("编号或代码刚刚被另一个组织使用，请核对后重新办理", code="number_taken") from fault


def initials(name: str) -> str:
    """Full pinyin and initials of a name, for search: "yangguang yg"."""
    full = "".join(lazy_pinyin(name))
    short = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{short} {full}"[:120].lower()


def _stand(organisation: Organisation, on: dt.date) -> None:
    organisation.standings.filter(ends=None).update(ends=on)
    if organisation.standing:
        Standing.objects.create(
            organisation=organisation,
            kind=organisation.standing,
            starts=on,
            place_code=organisation.place_code,
            scope=organisation.scope,
            legal_form=organisation.legal_form,
        )


def _lead(organisation: Organisation, said: dict[str, Any], on: dt.date) -> None:
    if not said.get("leader_name"):
        return
    person, now = _person(said), organisation.leader_terms.filter(ends=None)
    term = now.filter(person=person).first()
    if term is None:
        now.update(ends=on)
        term = LeaderTerm(organisation=organisation, person=person, starts=on)
    term.name = said["leader_name"]
    for column, name in (("serving_cadre", "serving_cadre"), ("is_party_member", "leader_party_member")):
        if said.get(name) is not None:  # not every place asks
            setattr(term, column, said[name])
    term.phone = said.get("leader_phone") or term.phone
    term.save()


def _person(said: dict[str, Any]) -> Person:
    """Whoever bears this identity number already, else somebody new. What somebody is called stands on each term."""
    name, number = said["leader_name"], said.get("leader_id_number", "")
    known = Person.objects.filter(id_index=blind(number)).first() if number else None
    return known or Person.objects.create(name=name, id_number=number, id_index=blind(number))


def _cover(organisation: Organisation, on: dt.date) -> None:
    kind = organisation.party_organisation
    now = organisation.party_coverages.filter(ends=None)
    if not now.filter(kind=kind).exists():
        now.update(ends=on)
        if kind in COVERED:
            PartyCoverage.objects.create(organisation=organisation, kind=kind, starts=on)


def _serve(organisation: Organisation, hub_type: str | None, on: dt.date) -> None:
    if hub_type and not Hub.objects.filter(organisation=organisation).exists():
        Hub.objects.create(
            organisation=organisation,
            hub_type=hub_type,
            serves=organisation.place,
            serves_code=organisation.place_code,
            starts=on,
        )


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
    before, found.standing = found.standing, ""
    found.save(update_fields=["standing"])
    _close(found, on, reason)
    _former(found, on, cause)
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


def _close(found: Organisation, on: dt.date, reason: str) -> None:
    """Everything of it that was open ends with the day."""
    found.standings.filter(ends=None).update(ends=on, reason=reason[:200])
    found.party_coverages.filter(ends=None).update(ends=on)
    found.leader_terms.filter(ends=None).update(ends=on)
    Hub.objects.filter(organisation=found, ends=None).update(ends=on)


def cancel_certificates(organisation: Organisation, *, on: dt.date, reason: str) -> int:
    """Mark every valid certificate of an organisation as no longer valid."""
    valid = Certificate.objects.filter(organisation=organisation, cancelled_on=None)
    return valid.update(cancelled_on=on, cancel_reason=reason[:200])
