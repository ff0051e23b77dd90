"""What becomes of a delivery, and of the endpoint with it, once an answer is there or none came."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F

from portal import actions as audit
from portal.outbound.answers import Answer
from registry import events
from registry.messages import queue
from registry.models import Delivery, Endpoint
from registry.webhooks.lanes import ENOUGH, Lane

FIRST, LONGEST = dt.timedelta(seconds=5), dt.timedelta(minutes=10)
GONE = 410
FORGOTTEN = "接入方已无权查看，没有推送"
NOTICE = """{name}：

推送地址 {pk}（{url}）已停用：{why}。
停用期间的事件没有丢：修好以后启用（POST /api/v1/endpoints/{pk}/enable），从停下的地方接着推送。

{site}"""


def pause(tries: int) -> dt.timedelta:
    """How long to wait after the n-th failure: 5 seconds, doubled each time, at most ten minutes."""
    return min(FIRST * 2 ** min(tries - 1, 12), LONGEST)


def give_up() -> dt.timedelta:
    """After how long without one success an endpoint is switched off, and a single event given up."""
    return dt.timedelta(hours=settings.WEBHOOK_GIVE_UP_HOURS)


@transaction.atomic
def settle(lane: Lane, delivery: Delivery, answer: Answer, now: dt.datetime) -> bool:
    """Write down what came of one try; whether it got through."""
    lane.flying.discard(delivery.subject)
    delivery.tries, delivery.first_at = delivery.tries + 1, delivery.first_at or now
    if answer.good:
        _through(lane, delivery, answer, now)
    else:
        _failed(lane, delivery, answer, now)
    return answer.good


def _through(lane: Lane, delivery: Delivery, answer: Answer, now: dt.datetime) -> None:
    lane.leave(delivery)
    _write(delivery, state=Delivery.State.SENT, status=answer.status, done_at=now, fault="")
    lane.fails, endpoint = 0, lane.endpoint
    if endpoint.fails or endpoint.failing_since or endpoint.fault:
        _mark(endpoint, fails=0, failing_since=None, fault="", version=F("version") + 1)


def _failed(lane: Lane, delivery: Delivery, answer: Answer, now: dt.datetime) -> None:
    endpoint, words = lane.endpoint, answer.fault or f"接收方答复 {answer.status}"
    since = endpoint.failing_since or now
    lane.fails += 1
    delivery.next_at = now + pause(delivery.tries)
    _write(delivery, status=answer.status or None, next_at=delivery.next_at, fault=words)
    version = F("version") + (0 if endpoint.failing_since else 1)
    _mark(endpoint, fails=lane.fails, failing_since=since, fault=words, version=version)
    if answer.status == GONE:
        _switch_off(lane, "接收方答复 410，不再接收")
    elif now - since >= give_up():
        _switch_off(lane, f"连续 {settings.WEBHOOK_GIVE_UP_HOURS} 小时没有一次送达，最近一次：{words}")
    elif now - (delivery.first_at or now) >= give_up():
        _write(delivery, state=Delivery.State.FAILED, done_at=now)
        lane.leave(delivery)
    if lane.fails >= ENOUGH and lane.ailing >= ENOUGH:
        lane.over = True
        _mark(endpoint, next_at=now + pause(lane.fails - ENOUGH + 1))


def _write(delivery: Delivery, **values: object) -> None:
    values |= {"tries": delivery.tries, "first_at": delivery.first_at}
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING).update(**values)


def _mark(endpoint: Endpoint, **values: object) -> None:
    """Only these columns: the client may be changing others at this moment."""
    Endpoint.objects.filter(pk=endpoint.pk).update(**values)
    for name in values.keys() - {"version"}:
        setattr(endpoint, name, values[name])


def _switch_off(lane: Lane, why: str) -> None:
    """Stop pushing, and tell the client: in the feed, in the API, by e-mail."""
    lane.over, endpoint = True, lane.endpoint
    active = Endpoint.objects.filter(pk=endpoint.pk, state=Endpoint.State.ACTIVE)
    if not active.update(state=Endpoint.State.FAILED, fault=why[:200], version=F("version") + 1):
        return
    data = {"endpoint": endpoint.pk, "href": f"/api/v1/endpoints/{endpoint.pk}"}
    event = events.tell("endpoint.disabled", f"endpoint/{endpoint.pk}", place_code="", data=data)
    audit.note("endpoint.give_up", f"endpoint:{endpoint.pk}", by=None, summary=f"{endpoint.client}：{why}")
    if endpoint.client.mail:
        values = {"name": endpoint.client.name, "pk": endpoint.pk, "url": endpoint.url, "why": why}
        body = NOTICE.format(**values, site=settings.SITE_NAME)
        key = f"endpoint:{event.uid}"
        queue.put(queue.EMAIL, endpoint.client.mail, f"推送地址 {endpoint.pk} 已停用", body, key=key, place_code="")


def forget(rows: set[int], now: dt.datetime) -> None:
    """What a client may no longer see is not sent; it can be replayed should it see it again."""
    Delivery.objects.filter(pk__in=rows).update(state=Delivery.State.FAILED, done_at=now, fault=FORGOTTEN)
