"""What may be told along with an organisation, each by the permission that its own list asks for."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from portal.api.callers import Caller
from registry.api.reach import own_cases, seen
from registry.api.register.told import hub_told, place_told
from registry.identity import mask_name
from registry.models import Hub, Jurisdiction, Organisation

MOST = 50  # cases told along; the list of cases tells all of them


def expanded(found: Organisation, caller: Caller, wanted: frozenset[str]) -> dict[str, Any]:
    """The objects asked for, by name. `NotAllowed` where the token has no permission for such objects at all."""
    return {name: EXPANDING[name](found, caller) for name in sorted(wanted)}


def _place(found: Organisation, caller: Caller) -> dict[str, Any]:
    return place_told(Jurisdiction.objects.select_related("parent").get(pk=found.place_id))


def _hub(found: Organisation, caller: Caller) -> dict[str, Any] | None:
    """Its part as a hub, where it serves a place of this token."""
    rows = seen(Hub.objects.filter(organisation=found), caller, "register.read", "serves_code")
    hub = rows.in_force(timezone.localdate()).select_related("organisation", "serves").first()
    return hub_told(hub) if hub else None


def _certificates(found: Organisation, caller: Caller) -> list[dict[str, Any]]:
    columns = ("id", "kind", "number", "name", "issuer", "issued_on", "cancelled_on")
    return list(found.certificates.values(*columns))


def _leader(found: Organisation, caller: Caller) -> dict[str, Any] | None:
    """Who leads it today: the surname, and since when; never a number."""
    term = found.leader_terms.filter(ends=None).values("name", "starts").last()
    return {"name": mask_name(term["name"]), "since": term["starts"]} if term else None


def _cases(found: Organisation, caller: Caller) -> list[dict[str, Any]]:
    """The newest of its cases that this client sees anyway."""
    columns = ("id", "number", "kind", "matter", "road", "state", "submitted_at", "closed_at")
    return list(own_cases(found.cases.all(), caller).order_by("-id").values(*columns)[:MOST])


def _standings(found: Organisation, caller: Caller) -> list[dict[str, Any]]:
    rows = found.standings.values("kind", "starts", "ends", "place_code", "scope", "legal_form")
    return [_standing(row) for row in rows]


def _standing(row: dict[str, Any]) -> dict[str, Any]:
    return {"standing": row.pop("kind"), "place": row.pop("place_code"), **row}


EXPANDING: dict[str, Callable[[Organisation, Caller], Any]] = {
    "place": _place,
    "hub": _hub,
    "certificates": _certificates,
    "leader": _leader,
    "cases": _cases,
    "standings": _standings,
}
