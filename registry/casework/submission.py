"""What happens when an application is handed in: number and verdict."""

import datetime as dt

from django.utils import timezone

from registry.casework import facts, kinds, numbers
from registry.casework.guards import stored
from registry.casework.step import Turn
from registry.models import Jurisdiction

COUNTY, STREET = Jurisdiction.Level.COUNTY, Jurisdiction.Level.STREET


def stamp(turn: Turn, *, keeper_level: int) -> None:
    """Give the case its number (once) and, where its kind is judged, the receipt of its verdict."""
    case = turn.case
    if not case.number:
        case.number = numbers.take("receipt", place=numbers.keeper(case.place, keeper_level), on=turn.on)
        case.submitted_at = timezone.now()
    if kinds.of(case.kind).judged:
        judge(turn)


def judge(turn: Turn) -> None:
    """Renew the receipt after a fact changed on the way."""
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))


def today() -> dt.date:
    """The day in the time zone of the portal, for choices made outside a turn."""
    return timezone.localdate()
