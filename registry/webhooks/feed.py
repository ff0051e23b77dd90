"""The feed: every event has its place (`seq`), given by one keeper after it was written.

Ids are taken before a transaction ends and so become visible out of turn: who follows by id loses what comes late.
`number` gives places under a lock to what can be seen, in the order of ids; of one subject that is the order in which
it happened, for its row was locked meanwhile. What has a place is never overtaken by a smaller one.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from portal.api.problems import Gone
from portal.models import Client
from registry.events import PREFIX
from registry.models import Delivery, Event

LOCK = 0x5E0E7E75  # of the keeper
AT_ONCE = 5000
KEPT_AT_LEAST = 7  # days
NUMBERING = """
UPDATE registry_event SET seq = placed.seq
FROM (
    SELECT id, %s + row_number() OVER (ORDER BY id) AS seq
    FROM registry_event WHERE seq IS NULL ORDER BY id LIMIT %s
) AS placed
WHERE registry_event.id = placed.id
"""


def number() -> int:
    """Give everything that waits its place in the feed; returns how many. One look where nothing waits."""
    done = 0
    while Event.objects.filter(seq=None).exists():
        done += (found := _number_some())
        if not found:
            break
    return done


@transaction.atomic
def _number_some() -> int:
    """On SQLite the transaction itself is the lock: there is one writer at a time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(NUMBERING, [head(), AT_ONCE])
        return cursor.rowcount


def head() -> int:
    """The last place given; 0 before the first."""
    return Event.objects.aggregate(last=Max("seq"))["last"] or 0


def oldest() -> int:
    """The first place that is still kept; 0 before the first."""
    return Event.objects.aggregate(first=Min("seq"))["first"] or 0


@dataclass(frozen=True)
class Stretch:
    """Events in the order of the feed, and after which place to ask next."""

    events: list[Event]
    next_after: int


def read(client: Client, places: list[str], *, after: int, types: list[str], limit: int) -> Stretch:
    """The events behind a place that a client may see, at most `limit`; after 0 come those that are kept.

    `Gone` when events behind that place are no longer kept.
    """
    number()
    if 0 < after < oldest() - 1:
        raise Gone("这之后的一些事件已经不再保存。先用办件、组织接口核对现状，再从 after=0 重新开始", code="too_old")
    return behind(client, places, after, types, limit)


def behind(client: Client, places: list[str], start: int, types: list[str], limit: int) -> Stretch:
    """The same for whoever does not mind what is no longer kept; gives no places."""
    last = head()
    rows = Event.objects.numbered().told_to(client, places).filter(of_types(types), seq__gt=start, seq__lte=last)
    found = list(rows.order_by("seq")[:limit])
    return Stretch(found, found[-1].seq if len(found) == limit else max(start, last))


def of_types(beginnings: list[str]) -> Q:
    """Events whose type begins with any of these ("case.", with our prefix or without); all where none is named."""
    found = Q()
    for one in beginnings:
        found |= Q(type__startswith=PREFIX + one.removeprefix(PREFIX))
    return found


@transaction.atomic
def sweep(now: dt.datetime) -> int:
    """Let go of what is older than `settings.EVENT_KEEP_DAYS`, from the front and without a hole; the last one stays,
    so that places are never given twice."""
    since = now - dt.timedelta(days=max(KEPT_AT_LEAST, settings.EVENT_KEEP_DAYS))
    young = Event.objects.numbered().filter(at__gte=since).aggregate(first=Min("seq"))["first"]
    until = young if young is not None else head()
    Delivery.objects.filter(event__seq__lt=until).delete()
    return Event.objects.filter(seq__lt=until).delete()[0]


def oldest_unnumbered() -> dict[str, object]:
    """For `/healthz`: since when the oldest event waits for its place."""
    found = Event.objects.filter(seq=None).order_by("id").first()
    waited = int((timezone.now() - found.at).total_seconds()) if found else None
    return {"oldest_unnumbered_event": found.at if found else None, "unnumbered_event_seconds": waited}
