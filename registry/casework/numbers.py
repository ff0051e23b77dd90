"""Numbers that never repeat.

The counter of a place, year and series is locked while a number is taken, and the number is unique in the
table that uses it. A transaction that fails afterwards leaves a gap: gaps are allowed, repetition is not.
"""

import datetime as dt

from portal.typed import narrow
from registry import codes
from registry.models import Jurisdiction, NumberSeries

BRACKETS = str.maketrans(dict.fromkeys("[({【「《<", "〔") | dict.fromkeys("])}】」》>", "〕"))
WORDS = {"receipt": "收", "filing": "备", "registration": "登"}


def take(series: str, *, place: Jurisdiction, on: dt.date) -> str:
    """The next number, such as 备120103001〔2026〕00012号. Call inside a transaction."""
    row, _ = NumberSeries.objects.get_or_create(series=series, place=place, year=on.year)
    row = NumberSeries.objects.select_for_update().get(pk=row.pk)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{WORDS[series]}{codes.prefix(place.code)}〔{on.year}〕{row.last:05d}号"


def keeper(place: Jurisdiction, level: int) -> Jurisdiction:
    """The place at `level` that keeps the series for `place`: its street for 备案, its county for 登记."""
    above = Jurisdiction.objects.above(place.code).filter(level__lte=level).order_by("-level")
    return above.first() or place


def as_printed(text: str) -> str:
    """A number as somebody types it, as it is printed: blanks out, full-width digits folded, brackets as on paper."""
    return narrow(text).translate(BRACKETS)
