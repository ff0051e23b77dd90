"""Spans of months and years from a day. Pure: no database.

A span begins on the day after and ends with the day of the same number; where the month has none, with its last day
(民法典 201, 202).
"""

import calendar
import datetime as dt


def months_after(day: dt.date, months: int) -> dt.date:
    """The last day (inclusive) of a span of so many months after a day: 31 January and one month is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
