"""What the first page shows the leader of an organisation who signed in as its contact."""

import datetime as dt
from dataclasses import dataclass

from portal.models import User
from registry.casework import opening
from registry.casework.opening import Offer
from registry.models import Organisation


@dataclass(frozen=True)
class Own:
    """An organisation somebody speaks for, and what can be done for it now."""

    organisation: Organisation
    offers: list[Offer]


def organisations(user: User, on: dt.date) -> list[Own]:
    """The organisations a person speaks for on a day, each with what it may begin; empty for everybody else."""
    rows = user.contacts.in_force(on).select_related("term", "organisation__place").order_by("pk")
    return [
        Own(contact.organisation, opening.offers(contact.organisation, user, on))
        for contact in rows
        if contact.is_current
    ]
