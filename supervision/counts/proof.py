"""What the nightly proof of the kept counts found last."""

import datetime as dt
from typing import NamedTuple

from registry import codes
from registry.models import Jurisdiction, Touch
from supervision.models import CountDay


class Proof(NamedTuple):
    """The newest kept day, how many leaves differed from the recount, and since when changes wait to be folded in."""

    on: dt.date
    differences: int
    found: list[str]
    waiting_since: dt.datetime | None


def latest() -> Proof | None:
    """None before the first day was kept."""
    day = CountDay.objects.order_by("-on").first()
    waiting = Touch.objects.filter(folded_at=None).order_by("id").values_list("at", flat=True).first()
    return Proof(day.on, day.differences, day.found, waiting) if day else None


def mended(place: Jurisdiction) -> int:
    """How many counts inside a place the last night had to put right."""
    found = CountDay.objects.order_by("-on").values_list("found", flat=True).first() or []
    return sum(head.startswith(codes.prefix(place.code)) for head in found)
