"""What holds of an organisation from a day to a day: its standing, its leader, its party coverage, its part as a hub;
and whom it serves, which has no day.

Written for `registry/register.py` alone, in its transaction. What was open is closed with the day, never overwritten;
the counts are told.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from portal.crypto import blind
from registry.models import Hub, LeaderTerm, Organisation, PartyCoverage, Person, Service, Standing
from registry.touches import touch

COVERED = {"own", "joint", "fallback"}
DAY = dt.timedelta(days=1)
UNDATED = (
    "category",
    "individual_members",
    "unit_members",
    "capital",
    "premises",
    "larger_scale",
    "operates_normally",
    "full_party_members",
    "probationary_party_members",
    "party_organisation",
)


def stand(organisation: Organisation, on: dt.date) -> None:
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


def lead(organisation: Organisation, said: dict[str, Any], on: dt.date) -> None:
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


def cover(organisation: Organisation, on: dt.date) -> None:
    kind = organisation.party_organisation
    now = organisation.party_coverages.filter(ends=None)
    if not now.filter(kind=kind).exists():
        now.update(ends=on)
        if kind in COVERED:
            PartyCoverage.objects.create(organisation=organisation, kind=kind, starts=on)


def act_as_hub(organisation: Organisation, hub_type: str | None, on: dt.date) -> None:
    if hub_type and not Hub.objects.filter(organisation=organisation).exists():
        Hub.objects.create(
            organisation=organisation,
            hub_type=hub_type,
            serves=organisation.place,
            serves_code=organisation.place_code,
            starts=on,
        )


def close(found: Organisation, on: dt.date, reason: str) -> None:
    """Everything of it that was open ends with the day."""
    found.standings.filter(ends=None).update(ends=on, reason=reason[:200])
    found.party_coverages.filter(ends=None).update(ends=on)
    found.leader_terms.filter(ends=None).update(ends=on)
    Hub.objects.filter(organisation=found, ends=None).update(ends=on)


def serve(organisation: Organisation, groups: list[str] | None) -> None:
    """Whom it serves from now on; None where nobody asked."""
    if groups is None:
        return
    organisation.services.exclude(group__in=groups).delete()
    known = set(organisation.services.values_list("group", flat=True))
    Service.objects.bulk_create([Service(organisation=organisation, group=one) for one in groups if one not in known])


Known = dict[str, Any]


def undated(organisation: Organisation) -> Known:
    """What is counted of an organisation and has no day of its own: put right, it was so all along."""
    terms = organisation.leader_terms.values_list("pk", "is_party_member", "serving_cadre")
    known = {key: getattr(organisation, key) for key in UNDATED} | {f"term {pk}": flags for pk, *flags in terms}
    return known | {"serves": set(organisation.services.values_list("group", flat=True))}


def tell(organisation: Organisation, on: dt.date, before: Known | None = None) -> None:
    """The counts of every place it is counted at on the day or later change: its home, the one before, its hub's.

    Where something without a day of its own is no longer what it was `before`, so do those of all its past. A filing
    that runs out is told with the first day it no longer holds.
    """
    now, last = undated(organisation) if before else {}, organisation.valid_until
    always = any(now.get(key) != value for key, value in (before or {}).items())
    for code, starts, ends in sorted(set(_counted_at(organisation)), key=lambda row: row[:2]):
        if always:
            touch(code, starts)
        if ends is None or ends >= on:
            touch(code, on, last and max(on, last + DAY))


def _counted_at(organisation: Organisation) -> QuerySet:
    homes = organisation.standings.order_by().values_list("place_code", "starts", "ends")
    served = Hub.objects.filter(organisation=organisation).order_by()
    return homes.union(served.values_list("serves_code", "starts", "ends"))
