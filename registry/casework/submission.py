"""What happens when an application is handed in: number, verdict, and the promised day."""

import datetime as dt

from django.utils import timezone

from registry import clock
from registry.casework import facts, numbers
from registry.casework.guards import stored
from registry.casework.step import Turn
from registry.models import Jurisdiction

COUNTY, STREET = Jurisdiction.Level.COUNTY, Jurisdiction.Level.STREET


def stamp(turn: Turn, *, keeper_level: int, promised: dt.date) -> None:
    """Give the case its number (once), the receipt of its verdict and the promised day."""
    case = turn.case
    if not case.number:
        case.number = numbers.take("receipt", place=numbers.keeper(case.place, keeper_level), on=turn.on)
        case.submitted_at = timezone.now()
    case.promised_on = promised
    case.receipt = stored(facts.verdict(case, turn.on))


def days_from(key: str, place_code: str, on: dt.date, *, fallback: int) -> int:
    """A limit in days from the rules of the place, the project's own where the documents give none."""
    rule = facts.rules_at(place_code, on).get(key)
    return int(rule.exact) if rule and rule.exact else fallback


def promised_calendar(key: str, place_code: str, on: dt.date, *, fallback: int) -> dt.date:
    """The last day of a limit in calendar days, counted from the day after submission."""
    return clock.after_calendar_days(on, days_from(key, place_code, on, fallback=fallback)).on


def judge(turn: Turn) -> None:
    """Renew the receipt after a fact changed on the way."""
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))


def today() -> dt.date:
    """The day in the time zone of the portal, for choices made outside a turn."""
    return timezone.localdate()
