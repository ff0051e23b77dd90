"""The only writer of what a client wants pushed where; what comes of it on the way: `registry.webhooks.outcome`."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portal import actions as audit
from portal.api.conditional import tag
from portal.errors import OutOfTurn, Refusal
from portal.models import Client
from portal.outbound import addresses
from portal.outbound.sending import allowed
from registry import events
from registry.models import Delivery, Endpoint, Event
from registry.webhooks import feed, signing

MOST = 50  # endpoints of a client
OVERLAP = dt.timedelta(hours=24)  # how long a former secret signs beside the new one
REPLAYED = 1000  # events at once
FAR_BEHIND = "停用期间有事件已过保存期，没有推送；用事件接口和办件接口核对现状"


def etag(endpoint: Endpoint) -> str:
    """The state of an endpoint that its client changes or must know of; not how far the pushing has come."""
    return tag("endpoint", endpoint.pk, endpoint.version)


@transaction.atomic
def make(client: Client, url: str, *, types: list[str], algorithm: str, places: list[str]) -> Endpoint:
    """A new endpoint that hears of what happens from now on.

    `Refusal` for a bad address and the fifty-first, `OutOfTurn` where the same is there already.
    """
    Client.objects.select_for_update(of=["self"]).get(pk=client.pk)
    if client.endpoints.count() >= MOST:
        raise Refusal(f"最多 {MOST} 个推送地址", code="too_many_endpoints")
    _require(url, types)
    if any(set(one.types) == set(types) for one in client.endpoints.filter(url=url)):
        raise OutOfTurn("这个地址已经登记过，听的是同样的事件", code="endpoint_exists")
    made = Endpoint.objects.create(
        client=client,
        url=url,
        types=types,
        algorithm=algorithm,
        places=places,
        secret=signing.fresh(),
        cursor=feed.head(),
    )
    return _noted(made, "make")


def _require(url: str, types: list[str]) -> None:
    try:
        addresses.require_plausible(url, allowed())
    except addresses.Forbidden as no:
        raise Refusal(str(no), code="url_not_allowed", field="url") from no
    for one in types:
        short = one.removeprefix(events.PREFIX)
        if not any(known.startswith(short) for known in events.TYPES):
            raise Refusal(f"没有以“{one}”开头的事件类型", code="unknown_type", field="types")


def _noted(endpoint: Endpoint, verb: str) -> Endpoint:
    summary = f"{endpoint.client}：推送地址 {endpoint.pk}"
    audit.note(f"endpoint.{verb}", f"endpoint:{endpoint.pk}", by=endpoint.client.user, summary=summary)
    return endpoint


def _save(endpoint: Endpoint, verb: str, **values: Any) -> Endpoint:
    """Write values and the next version."""
    for name, value in values.items():
        setattr(endpoint, name, value)
    endpoint.version += 1
    endpoint.save(update_fields=[*values, "version"])
    return _noted(endpoint, verb)


def change(endpoint: Endpoint, url: str, *, types: list[str], algorithm: str, places: list[str]) -> Endpoint:
    """Another address, other types; what waits goes to the new address. The row is locked by the caller, as below."""
    _require(url, types)
    return _save(endpoint, "change", url=url, types=types, algorithm=algorithm, places=places)


def remove(endpoint: Endpoint) -> None:
    """Nothing is pushed there any more, and what waited is forgotten."""
    _noted(endpoint, "remove")
    endpoint.delete()


def rotate(endpoint: Endpoint, now: dt.datetime) -> Endpoint:
    """A new secret; the former one signs beside it for a day."""
    former = {"former_secret": endpoint.secret, "former_until": now + OVERLAP}
    return _save(endpoint, "rotate", secret=signing.fresh(), **former)


def disable(endpoint: Endpoint) -> Endpoint:
    """Push nothing until it is switched on again; nothing is lost meanwhile."""
    return _save(endpoint, "disable", state=Endpoint.State.OFF)


def enable(endpoint: Endpoint, now: dt.datetime) -> Endpoint:
    """Go on where it stopped, at once; whatever failed before counts as never tried."""
    behind = endpoint.cursor < feed.oldest() - 1
    fresh = {"fails": 0, "failing_since": None, "next_at": now, "fault": FAR_BEHIND if behind else ""}
    waiting = endpoint.deliveries.filter(state=Delivery.State.WAITING)
    waiting.update(tries=0, first_at=None, next_at=now)
    return _save(endpoint, "enable", state=Endpoint.State.ACTIVE, **fresh)


@transaction.atomic
def ping(endpoint: Endpoint) -> Delivery:
    """Queue a `ping` event for this endpoint alone. `Refusal` while it is switched off."""
    _require_active(endpoint)
    subject = f"endpoint/{endpoint.pk}"
    event = events.tell("ping", subject, place_code="", data={"endpoint": endpoint.pk})
    _noted(endpoint, "test")
    return Delivery.objects.create(endpoint=endpoint, event=event, seq=endpoint.cursor, subject=subject)


def _require_active(endpoint: Endpoint) -> None:
    if endpoint.state != Endpoint.State.ACTIVE:
        raise Refusal("推送地址已停用，先启用", code="endpoint_off")


@transaction.atomic
def replay(endpoint: Endpoint, *, from_seq: int | None, to_seq: int | None, ids: list[UUID]) -> int:
    """Push events again, by their places in the feed or by id; returns how many. They keep their `webhook-id`.

    What the endpoint has not come to yet is left out: it comes anyway. `Refusal` for more than `REPLAYED`.
    """
    _require_active(endpoint)
    asked = Q(uid__in=ids) if ids else Q(seq__gte=from_seq, seq__lte=to_seq)
    seen = Event.objects.told_to(endpoint.client, endpoint.places).filter(asked, seq__lte=endpoint.cursor)
    found = list(seen.filter(feed.of_types(endpoint.types)).order_by("seq")[: REPLAYED + 1])
    if len(found) > REPLAYED:
        raise Refusal(f"一次最多重推 {REPLAYED} 个事件，分几次", code="too_many_events")
    now = timezone.now()
    rows = [Delivery(endpoint=endpoint, event=one, seq=one.seq, subject=one.subject, next_at=now) for one in found]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    again = {
        "state": Delivery.State.WAITING,
        "tries": 0,
        "first_at": None,
        "done_at": None,
        "fault": "",
        "next_at": now,
    }
    Delivery.objects.filter(endpoint=endpoint, event__in=found).update(**again, status=None)
    _noted(endpoint, "replay")
    return len(found)


def deliveries(endpoint: Endpoint) -> QuerySet[Delivery]:
    """What was and is to be pushed there; `uid` is the id of the event."""
    return endpoint.deliveries.annotate(uid=F("event__uid"))
