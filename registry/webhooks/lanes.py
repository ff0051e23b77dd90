"""What one endpoint gets now, while this run alone has it (a lease): the earliest of each subject, no later one."""

import datetime as dt
from collections import deque
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.models import Delivery, Endpoint, Event
from registry.webhooks import feed

LEASE = dt.timedelta(seconds=90)  # longer than a run with its last answer may take
BACKLOG = 1000  # deliveries that may wait; the cursor stands still meanwhile
FLIGHT = 4  # requests at once to an endpoint in good health; one that fails is asked by one
ENOUGH = 3  # failures in a row, of as many subjects, after which an endpoint is left alone for a while
WAITING = Delivery.State.WAITING


@dataclass
class Lane:
    """An endpoint in hand, with what waits for it by subject, in order."""

    endpoint: Endpoint
    until: dt.datetime
    queues: dict[str, deque[Delivery]] = field(default_factory=dict)
    flying: set[str] = field(default_factory=set)
    fails: int = 0  # in a row
    over: bool = False  # nothing more in this run

    def due(self, now: dt.datetime) -> list[Delivery]:
        """What may be sent now. Of those in the way of nothing the least tried goes first: one that never gets through
        must not keep an endpoint from showing that it is well."""
        room = (1 if self.fails else FLIGHT) - len(self.flying)
        if self.over or room <= 0:
            return []
        heads = [queue[0] for subject, queue in self.queues.items() if subject not in self.flying]
        ready = sorted((one for one in heads if one.next_at <= now), key=lambda one: (one.tries, one.seq))
        return ready[:room]

    def leave(self, delivery: Delivery) -> None:
        """It leaves the queue: its subject goes on."""
        queue = self.queues[delivery.subject]
        queue.remove(delivery)
        if not queue:
            del self.queues[delivery.subject]

    @property
    def ailing(self) -> int:
        """How many subjects have been tried in vain."""
        return sum(1 for queue in self.queues.values() if queue[0].tries)


def claim(now: dt.datetime, seen: set[int]) -> Lane | None:
    """Take the endpoint that has waited longest and that nobody has; None when none is due."""
    due = _due(now, feed.head()).exclude(pk__in=seen).order_by("next_at", "pk").select_related("client__user")
    skip = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    with transaction.atomic():
        found = due.select_for_update(of=("self",), **skip).first()
        if found is None:
            return None
        found.busy_until = now + LEASE
        found.save(update_fields=["busy_until"])
        spread(found)
    lane = Lane(found, found.busy_until, fails=found.fails)
    numbered = found.deliveries.filter(state=WAITING).exclude(event__seq=None)
    for delivery in numbered.select_related("event").order_by("seq", "id"):
        lane.queues.setdefault(delivery.subject, deque()).append(delivery)
    return lane


def _due(now: dt.datetime, head: int) -> QuerySet[Endpoint]:
    waiting = Delivery.objects.filter(endpoint=OuterRef("pk"), state=WAITING, next_at__lte=now)
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    active = Endpoint.objects.filter(free, state=Endpoint.State.ACTIVE, next_at__lte=now)
    return active.filter(Q(cursor__lt=head) | Exists(waiting), client__suspended_at=None, client__user__is_active=True)


def spread(endpoint: Endpoint) -> int:
    """Turn what happened since the cursor into deliveries; the endpoint's row is locked. Returns how many.

    Only what its client may see at this moment; there is never more than `BACKLOG` waiting.
    """
    room = BACKLOG - endpoint.deliveries.filter(state=WAITING).count()
    if room <= 0:
        return 0
    found = feed.behind(endpoint.client, endpoint.places, endpoint.cursor, endpoint.types, room)
    rows = [Delivery(endpoint=endpoint, event=one, seq=one.seq, subject=one.subject) for one in found.events]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    endpoint.cursor = found.next_after
    endpoint.save(update_fields=["cursor"])
    return len(rows)


def unseen(endpoint: Endpoint) -> set[int]:
    """Of what waits: the deliveries of events its client may no longer see."""
    seen = Event.objects.told_to(endpoint.client, endpoint.places).values("pk")
    mine = Q(event__subject=f"endpoint/{endpoint.pk}")
    rows = endpoint.deliveries.filter(state=WAITING).exclude(mine).exclude(event__in=seen)
    return set(rows.values_list("pk", flat=True))


def release(lane: Lane) -> None:
    """Give the endpoint back, unless somebody else took it meanwhile."""
    Endpoint.objects.filter(pk=lane.endpoint.pk, busy_until=lane.until).update(busy_until=None)
