"""Sending: one run takes the endpoints that are due, a few requests at once to each, and ends in bounded time.

Delivery is at least once: what was sent and not settled is sent again, under the same `webhook-id`; by it a receiver
does each once. Runs may stand side by side: an endpoint is with one of them at a time (`registry.webhooks.lanes`).
Only the requests run in threads; everything that touches the database is done by the run itself.
"""

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.utils import timezone

from portal.outbound.answers import Answer
from portal.outbound.sending import post
from registry.models import Delivery, Endpoint, Event
from registry.webhooks import feed, lanes, outcome, shape, signing
from registry.webhooks.lanes import Lane

THREADS = 32  # requests at once, of all endpoints
SECONDS = 20.0  # in which a run begins requests; the last one may take its own time more
AGENT = "shzz-webhooks/1"
log = logging.getLogger(__name__)


def run(seconds: float = SECONDS) -> int:
    """Send what is due; returns how many deliveries got through. May run twice and side by side."""
    feed.number()
    with ThreadPoolExecutor(THREADS) as pool:
        return Run(pool, time.monotonic() + seconds).go()


@dataclass
class Run:
    """One run: the endpoints it has in hand and the requests on their way."""

    pool: ThreadPoolExecutor
    end: float
    lanes: list[Lane] = field(default_factory=list)
    flights: dict[Future[Answer], tuple[Lane, Delivery]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    more: bool = True  # whether there may be endpoints to claim
    sent: int = 0

    def go(self) -> int:
        """Until nothing is due or the time is up, and whatever was begun has ended."""
        try:
            while True:
                if time.monotonic() < self.end:
                    self._launch()
                    self._claim()
                if not self.flights:
                    return self.sent
                done, _ = wait(self.flights, return_when=FIRST_COMPLETED)
                for flight in done:
                    self._land(flight)
        finally:
            for lane in self.lanes:
                lanes.release(lane)

    def _claim(self) -> None:
        """Take endpoints as long as there are hands for them."""
        while self.more and len(self.flights) < THREADS:
            lane = lanes.claim(timezone.now(), self.seen)
            if lane is None:
                self.more = False
                return
            self.seen.add(lane.endpoint.pk)
            self._drop_unseen(lane)
            self.lanes.append(lane)
            self._launch()

    def _drop_unseen(self, lane: Lane) -> None:
        rows = lanes.unseen(lane.endpoint)
        for delivery in [one for queue in list(lane.queues.values()) for one in queue if one.pk in rows]:
            lane.leave(delivery)
        if rows:
            outcome.forget(rows, timezone.now())

    def _launch(self) -> None:
        """Begin what is due, each lane in its turn; give back the endpoints that have nothing more."""
        now = timezone.now()
        for lane in list(self.lanes):
            for delivery in lane.due(now)[: THREADS - len(self.flights)]:
                lane.flying.add(delivery.subject)
                self.flights[self.pool.submit(_send, lane.endpoint, delivery.event)] = lane, delivery
            if not lane.flying and not lane.due(now):
                self.lanes.remove(lane)
                lanes.release(lane)

    def _land(self, flight: Future[Answer]) -> None:
        lane, delivery = self.flights.pop(flight)
        if fault := flight.exception():  # whatever is wrong with one delivery, the others go out
            log.error("webhook: delivery %s", delivery.pk, exc_info=fault)
        answer = Answer(fault="系统出错，没有发出", kind="broken") if fault else flight.result()
        self.sent += outcome.settle(lane, delivery, answer, timezone.now())


def _send(endpoint: Endpoint, event: Event) -> Answer:
    """In a thread of its own: no database here."""
    body = shape.body(event)
    headers = signing.headers(endpoint, str(event.uid), body, timezone.now())
    return post(endpoint.url, body, {"Content-Type": shape.MEDIA, "User-Agent": AGENT, **headers})


def health() -> dict[str, object]:
    """For `/healthz`: since when the oldest event waits for being turned into deliveries to endpoints in good health,
    and how many endpoints are failing or were given up."""
    well = Endpoint.objects.filter(state=Endpoint.State.ACTIVE, fails=0, client__suspended_at=None)
    last = well.filter(client__user__is_active=True).order_by("cursor").values_list("cursor", flat=True).first()
    found = Event.objects.filter(seq=last + 1).first() if last is not None else None
    ill = Endpoint.objects.filter(state=Endpoint.State.ACTIVE, fails__gt=0).count()
    gone = Endpoint.objects.filter(state=Endpoint.State.FAILED).count()
    return {"oldest_unpushed_event": found.at if found else None, "webhooks_failing": ill, "webhooks_given_up": gone}
