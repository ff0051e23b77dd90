"""Which organisations a client may see, narrowed by what it asks, and how each is told: for the list and the export."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.models import User
from registry import codes
from registry.filters import matching
from registry.models import Hub, Organisation, Standing
from registry.scope import staffed, within

ENDED = "ended"  # how the API calls an organisation that left the register
KEY = ("place_code", "id")
COLUMNS = (
    "id",
    "name",
    "standing",
    "legal_form",
    "category",
    "scope",
    "place_code",
    "place__name",
    "filing_number",
    "credit_code",
    "managing_body",
    "charity_since",
    "valid_until",
    "updated_at",
)


def rows(user: User, places: Sequence[str], asked: Mapping[str, Any]) -> QuerySet:
    """The organisations a user sees in these places (12 digits) that fit what is asked; unordered, as dicts of
    `COLUMNS`. One query for the user's offices now, one when the rows are read."""
    return narrowed(within(reached(user, places, asked)), asked).values(*COLUMNS)


def reached(user: User, places: Sequence[str], asked: Mapping[str, Any]) -> list[str]:
    """Where to look: the places in which the user is staff, those of the token, and the one that is asked for."""
    found = codes.shared(staffed(user), places)
    return codes.shared(found, [asked["place"]]) if "place" in asked else found


def narrowed(where: Q, asked: Mapping[str, Any]) -> QuerySet:
    """The organisations there that fit what is asked besides the place."""
    found = Organisation.objects.filter(where)
    for name, value in asked.items():
        if name in NARROWING:
            found = NARROWING[name](found, value)
    if "standing" in asked or "standing_on" in asked:
        found = _standing(found, asked.get("standing"), asked.get("standing_on"))
    return found


def shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `rows` as the API tells it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "standing": row["standing"] or ENDED,
        "legal_form": row["legal_form"],
        "category": row["category"],
        "scope": row["scope"],
        "place": row["place_code"],
        "place_name": row["place__name"],
        "filing_number": row["filing_number"],
        "credit_code": row["credit_code"],
        "managing_body": row["managing_body"],
        "charity_since": row["charity_since"],
        "valid_until": row["valid_until"],
        "updated_at": row["updated_at"],
    }


def _hub(found: QuerySet, value: bool) -> QuerySet:
    acting = Exists(Hub.objects.in_force(timezone.localdate()).filter(organisation=OuterRef("pk")))
    return found.filter(acting if value else ~acting)


def _standing(found: QuerySet, kind: str | None, day: dt.date | None) -> QuerySet:
    """Of this standing today; with a day, those that stood then, of this standing where one is named."""
    if day is None:
        return found.filter(standing="" if kind == ENDED else kind)
    own = Standing.objects.filter(organisation=OuterRef("pk"))
    then = own.on(day)
    if kind == ENDED:
        return found.filter(~Exists(then), Exists(own.filter(starts__lte=day)))
    return found.filter(Exists(then.filter(kind=kind) if kind else then))


NARROWING = {
    "q": lambda found, text: found.filter(matching(text)),
    "category": lambda found, value: found.filter(category=value),
    "legal_form": lambda found, value: found.filter(legal_form=value),
    "hub": _hub,
    "charity": lambda found, value: found.filter(charity_since__isnull=not value),
    "credit_code": lambda found, value: found.filter(credit_code=value.upper()),
    "filing_number": lambda found, value: found.filter(filing_number=value),
    "updated_since": lambda found, moment: found.filter(updated_at__gte=moment),
}
