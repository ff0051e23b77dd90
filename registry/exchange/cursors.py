"""How far a keeper has read the feed of events: a row of its own, locked while it reads, moved with what it wrote."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from portal.models import RunRecord
from registry.models import Event

EVER = dt.date(2000, 1, 1)  # the row is about no day
BATCH = 500


@dataclass
class Reading:
    """The next events after the cursor; what is put into `again` comes back at the next run."""

    events: list[Event]
    again: list[int] = field(default_factory=list)


@contextmanager
def reading(name: str) -> Iterator[Reading | None]:
    """The next events for a keeper, in the order of the feed; None while another process reads for it.

    One transaction: the cursor moves with what the block writes, so that each event is read once by what lasts.
    """
    RunRecord.objects.get_or_create(name=name, day=EVER)
    with transaction.atomic():
        rows = RunRecord.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).filter(name=name, day=EVER)
        held = rows.first()
        if held is None:
            yield None
            return
        after = held.result.get("seq", 0)
        feed = Event.objects.filter(seq__gt=after).select_related("case").order_by("seq")
        found = Reading(list(feed[:BATCH]), list(held.result.get("again", [])))
        yield found
        last = found.events[-1].seq if found.events else after
        held.result = {"seq": last, "again": sorted(set(found.again))}
        held.save(update_fields=["result"])
