"""How long a filing holds, where a document of the place says so (湘潭 2023: three years, renewed 15 days before)."""

import datetime as dt

from registry.anniversaries import months_after
from registry.casework import facts

AHEAD = 15  # days before the last day from which a renewal may be asked for


def until(place_code: str, since: dt.date, *, on: dt.date) -> dt.date | None:
    """The last day of a filing that holds since a day, by the rules of its place; None where it holds for good."""
    rule = facts.rules_at(place_code, on).get("filing.validity_months")
    return months_after(since, int(rule.exact)) if rule and rule.exact else None


def opens(last: dt.date) -> dt.date:
    """The first day on which a renewal is taken."""
    return last - dt.timedelta(days=AHEAD)


def said(day: dt.date) -> str:
    """A day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"
