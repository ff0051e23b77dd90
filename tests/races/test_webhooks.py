"""Sixteen who write and one who follows: nothing is lost, nothing comes twice; runs side by side send each once."""

import threading
import time
from collections import Counter, defaultdict
from functools import partial

import pytest
from django.db import connection, connections, transaction

from registry import clients, events
from registry.models import Delivery, Event
from registry.scope import Role
from registry.webhooks import endpoints, feed, sending
from tests.api.receiving import receiver
from tests.races.start import at_once, refused

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
WRITERS, EACH, SUBJECTS = 16, 30, 8


@pytest.fixture
def client(places):
    return clients.make("接入方", [(Role.LEADER, places.hexi.code)]).client


def write(writer: int, where: str) -> None:
    """Transactions that take their ids early and end late, in another order than they began; of a subject the row is
    locked meanwhile, as the writers of cases do."""
    for n in range(EACH):
        subject = (writer + n) % SUBJECTS
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(77, %s)", [subject])
            cursor.execute("SELECT count(*) FROM registry_event WHERE subject = %s", [f"organisation/{subject}"])
            nth = cursor.fetchone()[0]
            data = {"n": nth, "writer": writer}
            events.tell("org.changed", f"organisation/{subject}", place_code=where, data=data)
            time.sleep(0.002 * ((writer * 7 + n) % 5))


def all_written() -> bool:
    return Event.objects.count() == WRITERS * EACH


def follow(client, places) -> list[tuple[int, str, int]]:
    """What a client reads that asks for a few at a time until everything is written and read."""
    seen, after = [], 0
    while True:
        last = all_written()
        found = feed.read(client, [places.hexi.code], after=after, types=[], limit=7)
        seen += [(one.seq, one.subject, one.data["n"]) for one in found.events]
        if last and not found.events:
            return seen
        after = found.next_after


def keep() -> None:
    """A second keeper beside the one of the reader."""
    while not all_written():
        feed.number()


def test_who_follows_by_after_loses_none_and_sees_each_once_in_order(client, places):
    roles = [partial(write, number, places.garden.code) for number in range(WRITERS)]
    roles += [partial(follow, client, places), keep]
    seen = at_once(lambda number: roles[number](), many=len(roles))[WRITERS]
    assert [seq for seq, _, _ in seen] == list(range(1, WRITERS * EACH + 1))
    order = defaultdict(list)
    for _, subject, n in seen:
        order[subject].append(n)
    assert all(numbers == list(range(len(numbers))) for numbers in order.values())


def test_ids_did_become_visible_out_of_turn(places):
    """The race above is a race: who had followed by id would have lost events."""
    early, late = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            events.tell("org.changed", "organisation/1", place_code=places.garden.code, data={})
            early.set()
            late.wait(10)

    thread = threading.Thread(target=lambda: (slow(), connections.close_all()))
    thread.start()
    early.wait(10)
    quick = events.tell("org.changed", "organisation/2", place_code=places.garden.code, data={})
    feed.number()
    late.set()
    thread.join()
    feed.number()
    assert list(Event.objects.order_by("seq").values_list("subject", flat=True)) == ["organisation/2", "organisation/1"]
    assert Event.objects.order_by("id").last() == quick


def test_eight_runs_side_by_side_send_each_once_in_order(client, places, settings):
    settings.OUTBOUND_ALLOWED = ["127.0.0.1"]
    with receiver() as there:
        made = endpoints.make(client, there.url, types=[], algorithm="hmac-sha256", places=[places.hexi.code])
        there.secret = made.secret
        for n in range(200):
            events.tell("org.changed", f"organisation/{n % 20}", place_code=places.garden.code, data={"n": n})
        assert sum(at_once(lambda number: sending.run(), many=8)) == 200
        came = Counter(headers["webhook-id"] for headers, _ in there.requests)
        order = defaultdict(list)
        for event in there.taken.values():
            order[event["subject"]].append(event["data"]["n"])
    assert len(came) == 200 and set(came.values()) == {1}
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert set(Delivery.objects.values_list("state", "tries")) == {("sent", 1)}


def test_fifty_endpoints_at_once_are_never_fifty_one(client):
    def make(n: int):
        return endpoints.make(client, f"https://push.example.gov.cn/{n}", types=[], algorithm="hmac-sm3", places=[])

    for n in range(45):
        make(100 + n)
    at_once(make, many=20)
    assert client.endpoints.count() == 50


def test_twenty_of_the_same_are_one(client):
    url = "https://push.example.gov.cn/"
    make = lambda n: endpoints.make(client, url, types=[], algorithm="hmac-sm3", places=[])  # noqa: E731
    assert len(refused(at_once(make, many=20))) == 19
    assert client.endpoints.count() == 1
