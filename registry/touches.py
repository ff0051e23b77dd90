"""Telling the counts that something changed. Every writer of what is counted calls `touch` in its transaction."""

import datetime as dt

from registry.models import Touch


def touch(place_code: str, *days: dt.date | None, whole: bool = False) -> None:
    """The counts of a place (12 digits) change with effect from these days; days that are None are left out.

    An interval that begins and is known to end is told with both its days. `whole` concerns everything below too.
    """
    Touch.objects.bulk_create(
        [Touch(place_code=place_code, on=day, whole=whole) for day in sorted({day for day in days if day})]
    )
