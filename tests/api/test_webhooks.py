"""Receivers that are well, down, slow, wrong: everything arrives once by its id, in the order of its subject."""

import base64
import datetime as dt
import functools
import hmac
import json
import threading
import time
from collections import defaultdict

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from portal.outbound.sending import post
from registry import clients, events
from registry.models import Delivery, Dispatch, Endpoint, Event, Office
from registry.webhooks import endpoints, feed, sending
from tests.api.receiving import drip, flood, hang, receiver

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as held:
        yield held


@pytest.fixture
def client_of(speak, clock, settings, monkeypatch):
    settings.OUTBOUND_ALLOWED = ["127.0.0.1"]
    monkeypatch.setattr(sending, "post", functools.partial(post, total=0.4))
    return lambda who="leader": speak(who).client


@pytest.fixture
def hook(client_of, places):
    """`hook(receiver)`: an endpoint of the client of 河西区 there, whose secret the receiver knows."""

    def one(there, who="leader", **more) -> Endpoint:
        values = {"types": [], "algorithm": "hmac-sha256", "places": [places.hexi.code]} | more
        made = endpoints.make(client_of(who), there.url, **values)
        there.secret = made.secret
        return made

    return one


def happen(many: int, subjects: int = 1, *, first: int = 0, where: str = "120103001001") -> None:
    """Events number `first` … of so many organisations, in turn."""
    for n in range(first, first + many):
        events.tell("org.changed", f"organisation/{n % subjects}", place_code=where, data={"n": n})


def told(there) -> dict[str, list[int]]:
    """The numbers of what was taken, by subject, in the order in which they came."""
    found = defaultdict(list)
    for event in there.taken.values():
        found[event["subject"]].append(event["data"]["n"])
    return found


def passes(clock, seconds: float) -> int:
    clock.shift(seconds)
    return sending.run()


def test_down_for_an_hour_and_back_with_500_events_of_50_subjects(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        there.mood = lambda event: 503
        for batch in range(10):
            happen(50, 50, first=50 * batch)
            for _ in range(3):
                passes(clock, 120)
        vain = len(there.requests)
        assert there.taken == {} and vain < 60
        there.mood, back, real = lambda event: 200, timezone.now(), time.monotonic()
        while len(there.taken) < 500 and timezone.now() - back < dt.timedelta(minutes=15):
            passes(clock, 15)
        late = timezone.now() - back
        found = told(there)
    assert sum(map(len, found.values())) == 500 and len(found) == 50
    assert all(numbers == sorted(numbers) for numbers in found.values())
    assert len(there.requests) - vain == 500, "each came once after the receiver was back"
    assert late <= dt.timedelta(minutes=15)
    endpoint.refresh_from_db()
    assert (endpoint.fails, endpoint.failing_since, endpoint.fault) == (0, None, "")
    assert not endpoint.deliveries.exclude(state=Delivery.State.SENT).exists()
    print(
        f"\n{vain} tries in vain in an hour; 500 events {late} after it was back, {time.monotonic() - real:.1f} s real"
    )


def test_every_request_is_signed_and_shaped_as_promised(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        happen(1)
        assert sending.run() == 1
        headers, body = there.requests[0]
    event = Event.objects.get(type="cn.shzz.org.changed")
    assert headers["webhook-id"] == str(event.uid) == json.loads(body)["id"]
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert Webhook(endpoint.secret).verify(body, headers)["data"] == {"n": 0}
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body.replace(b'"n":0', b'"n":1'), headers)
    clock.shift(301)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body, headers)


def test_sm3_is_our_own_extension_beside_the_standard(hook):
    with receiver() as there:
        endpoint = hook(there, algorithm="hmac-sm3")
        there.mood = lambda event: 202
        happen(1)
        sending.run()
        headers, body = there.requests[0]
    key = base64.b64decode(endpoint.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1sm3," + base64.b64encode(hmac.digest(key, signed, "sm3")).decode()


def test_a_former_secret_signs_beside_the_new_one_for_a_day(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        former = endpoint.secret
        endpoint = endpoints.rotate(endpoint, timezone.now())
        happen(1)
        sending.run()  # the receiver still knows the former one only
        assert len(there.taken) == 1
        there.secret = endpoint.secret
        happen(1)
        passes(clock, 23 * 3600)
        assert len(there.taken) == 2
        happen(1)
        passes(clock, 3601)
        headers, body = there.requests[-1]
    assert len(there.taken) == 3 and " " not in headers["webhook-signature"]
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(body, headers)


@pytest.mark.parametrize("mood", [500, 301, 404, hang, drip])
def test_what_is_no_2xx_in_time_is_tried_again_under_the_same_id(hook, clock, mood):
    with receiver() as there:
        hook(there)
        happen(1)
        there.mood = lambda event: mood
        start = time.monotonic()
        assert sending.run() == 0
        assert time.monotonic() - start < 2
        assert passes(clock, 4) == 0 and len(there.requests) == 1, "not before its time"
        there.mood = lambda event: 200
        assert passes(clock, 1) == 1
        assert len({headers["webhook-id"] for headers, _ in there.requests}) == 1
        assert all("elsewhere" not in headers for headers, _ in there.requests)


def test_a_flood_of_an_answer_is_read_so_far_and_counts(hook):
    with receiver() as there:
        hook(there)
        happen(1)
        there.mood = lambda event: flood
        assert sending.run() == 1


def test_wrong_for_one_event_only_holds_its_subject_and_no_other(hook, clock, settings):
    with receiver() as there:
        endpoint = hook(there)
        there.mood = lambda event: 500 if event["data"]["n"] == 3 else 200
        happen(40, 4)
        for _ in range(3):
            passes(clock, 60)
        found = told(there)
        assert [len(found[f"organisation/{n}"]) for n in range(4)] == [10, 10, 10, 0]
        while Delivery.objects.filter(state="waiting").exists():  # others keep coming through, so the endpoint lives
            happen(1, 4, first=40 + 4 * len(there.requests))
            passes(clock, 6 * 3600)
            assert timezone.now() - START < dt.timedelta(hours=settings.WEBHOOK_GIVE_UP_HOURS + 12)
        endpoint.refresh_from_db()
        failed = endpoint.deliveries.get(state="failed")
        assert (endpoint.state, failed.event.data["n"]) == ("active", 3)
        assert told(there)["organisation/3"] == list(range(7, 40, 4))
        there.mood = lambda event: 200
        assert endpoints.replay(endpoint, from_seq=None, to_seq=None, ids=[failed.event.uid]) == 1
        sending.run()
        assert 3 in told(there)["organisation/3"]


def test_many_poisoned_subjects_do_not_keep_the_good_ones_back(hook, clock):
    with receiver() as there:
        hook(there)
        there.mood = lambda event: 500 if event["data"]["n"] % 2 else 200
        happen(12, 12)
        for _ in range(12):
            passes(clock, 30)
        assert sorted(n for one in told(there).values() for n in one) == [0, 2, 4, 6, 8, 10]


def test_five_days_without_success_switch_it_off_with_a_notice_and_on_again_loses_nothing(hook, client_of, clock):
    client = client_of()
    client.mail = "duty@example.gov.cn"
    client.save()
    with receiver() as there:
        endpoint = hook(there)
        there.mood = lambda event: 500
        happen(8, 4)
        while Endpoint.objects.get().state == "active":
            passes(clock, 6 * 3600)
            assert timezone.now() - START < dt.timedelta(hours=127)
        assert timezone.now() - START >= dt.timedelta(hours=120)
        seen = len(there.requests)
        happen(8, 4, first=8)
        passes(clock, 86400)
        assert len(there.requests) == seen, "nothing is sent while it is off"
        mail = Dispatch.objects.get()
        assert mail.address == client.mail and "已停用" in mail.body and there.url in mail.body
        assert Event.objects.filter(type="cn.shzz.endpoint.disabled").count() == 1
        there.mood = lambda event: 200
        endpoint.refresh_from_db()
        endpoints.enable(endpoint, timezone.now())
        for _ in range(3):
            passes(clock, 5)
        found = [event for event in there.taken.values() if event["type"].endswith("org.changed")]
    numbers = defaultdict(list)
    for event in found:
        numbers[event["subject"]].append(event["data"]["n"])
    assert numbers == {f"organisation/{n}": [n, n + 4, n + 8, n + 12] for n in range(4)}


def test_410_switches_off_at_once(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        there.mood = lambda event: 410
        happen(3, 3)
        sending.run()
        passes(clock, 600)
        assert len(there.requests) <= 3
    endpoint.refresh_from_db()
    assert endpoint.state == "failed" and "410" in endpoint.fault
    assert endpoint.deliveries.filter(state="waiting").count() == 3


def test_one_that_hangs_holds_up_no_other(hook, monkeypatch):
    done = threading.Event()
    monkeypatch.setattr(sending, "post", post)
    with receiver() as slow, receiver() as quick:
        hook(slow, "leader")
        hook(quick, "district")
        slow.mood = lambda event: 200 if done.wait(8) else 500
        quick.mood = lambda event: (len(quick.taken) == 19 and done.set()) or 200
        happen(20, 20)
        sending.run()
        assert len(quick.taken) == 20, "while the other one had said nothing"
        assert not [one for one in Delivery.objects.all() if one.status == 500]


def test_an_address_that_is_no_longer_allowed_gets_nothing(hook, settings):
    with receiver() as there:
        endpoint = hook(there)
        settings.OUTBOUND_ALLOWED = []
        happen(1)
        assert sending.run() == 0 and not there.requests
    endpoint.refresh_from_db()
    assert "不在允许范围" in endpoint.fault


def test_it_hears_of_what_its_client_may_see_and_of_nothing_else(hook, places):
    with receiver() as there, receiver() as next_door, receiver() as greedy:
        hook(there)
        hook(next_door, "neighbour", places=[places.heping.code])
        hook(greedy, "neighbour", places=[places.hexi.code])  # a place no office of its client reaches
        happen(1)
        happen(1, first=1, where=places.heping.code)
        sending.run()
    assert [list(told(one).values()) for one in (there, next_door, greedy)] == [[[0]], [[1]], []]


def test_an_office_that_ended_stops_even_what_waited_already(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        there.mood = lambda event: 500
        happen(2, 2)
        sending.run()
        seen, there.mood = len(there.requests), lambda event: 200
        Office.objects.filter(user=endpoint.client.user).update(ends=timezone.localdate() - dt.timedelta(days=1))
        happen(1)
        passes(clock, 60)
        assert len(there.requests) == seen
    assert set(endpoint.deliveries.values_list("state", "fault")) == {("failed", "接入方已无权查看，没有推送")}


def test_a_suspended_client_hears_nothing_and_later_everything(hook, clock):
    with receiver() as there:
        client = hook(there).client
        clients.suspend(client)
        happen(2)
        passes(clock, 60)
        assert not there.requests
        clients.resume(client)
        assert passes(clock, 60) == 2


def test_a_run_beside_another_sends_nothing_twice(hook, clock):
    with receiver() as there:
        endpoint = hook(there)
        happen(2)
        Endpoint.objects.filter(pk=endpoint.pk).update(busy_until=timezone.now() + dt.timedelta(seconds=90))
        assert sending.run() == 0
        assert passes(clock, 91) == 2, "the lease of a run that died is over"
        assert sending.run() == 0 and len(there.requests) == 2


def test_only_the_types_that_are_wanted(hook):
    with receiver() as there:
        hook(there, types=["target.", "org.ended"])
        happen(2)
        events.tell("org.ended", "organisation/1", place_code="120103001001", data={"n": 7})
        assert sending.run() == 1 and told(there) == {"organisation/1": [7]}


def test_a_fault_of_ours_in_one_delivery_stops_no_other(hook, clock, monkeypatch):
    with receiver() as there:
        hook(there)
        happen(4, 4)
        real = sending.shape.body
        monkeypatch.setattr(sending.shape, "body", lambda event: real(event) if event.data["n"] else 1 / 0)
        assert sending.run() == 3


def test_health_tells_of_what_waits_and_of_what_fails(hook, clock):
    with receiver() as there:
        hook(there)
        happen(1)
        clock.shift(60)
        assert feed.oldest_unnumbered()["unnumbered_event_seconds"] == 60
        feed.number()
        assert sending.health()["oldest_unpushed_event"] == START
        there.mood = lambda event: 500
        sending.run()
    assert sending.health() == {"oldest_unpushed_event": None, "webhooks_failing": 1, "webhooks_given_up": 0}
    assert feed.oldest_unnumbered()["oldest_unnumbered_event"] is None


def test_each_delivery_costs_one_row_and_a_run_the_same_questions(hook, clock):
    def asked(many: int) -> int:
        happen(many, many)
        with CaptureQueriesContext(connection) as found:
            assert sending.run() == many
        return len(found)

    with receiver() as there:
        hook(there)
        asked(2)
        few, many = asked(10), asked(30)
    assert many - few == 3 * 20  # the row, and the savepoint around it
    assert few <= 65
