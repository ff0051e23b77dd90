"""Counting days. Pure: no database. `calendar` says which days are worked, `ledger` when a limit is up."""

from registry.clock.calendar import (
    ANNOUNCED_UNTIL,
    OFFICIAL,
    Calendar,
    Override,
    Special,
    is_working_day,
    specials,
    working_days_between,
)
from registry.clock.ledger import (
    CALENDAR,
    UNITS,
    WORKING,
    Deadline,
    Line,
    Suspension,
    after_calendar_days,
    after_working_days,
    deadline,
    left,
    left_words,
)

__all__ = [
    "ANNOUNCED_UNTIL",
    "CALENDAR",
    "OFFICIAL",
    "UNITS",
    "WORKING",
    "Calendar",
    "Deadline",
    "Line",
    "Override",
    "Special",
    "Suspension",
    "after_calendar_days",
    "after_working_days",
    "deadline",
    "is_working_day",
    "left",
    "left_words",
    "specials",
    "working_days_between",
]
