"""Endpoints as a client handles them: told once, changed by tag, switched, tested, replayed; never another's."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import AuditEvent, KeptAnswer
from registry import events
from registry.models import Delivery, Endpoint, Event
from registry.webhooks import endpoints, feed, sending
from tests.api.receiving import receiver

URL = "https://push.example.gov.cn/hook"


@pytest.fixture
def leader(speak):
    return speak("leader")


@pytest.fixture
def made(leader):
    told = leader.post("/endpoints", {"url": URL, "types": ["org."]})
    assert told.status_code == 201, told.content.decode()
    return told


def act(speaker, made, what: str, body=None, **headers):
    return speaker.post(f"{made['Location']}/{what}", body, If_Match=headers.pop("tag", made["ETag"]), **headers)


def happen(where: str, *numbers: int) -> None:
    for n in numbers:
        events.tell("org.changed", f"organisation/{n}", place_code=where, data={"n": n})
    feed.number()


def test_the_secret_is_told_once_and_kept_sealed(leader, made, places):
    told = made.json()
    assert told["secret"].startswith("whsec_") and told["places"] == [places.hexi.code]
    assert (told["state"], told["types"], told["algorithm"]) == ("active", ["org."], "hmac-sha256")
    again = leader.get(made["Location"])
    assert "secret" not in again.json() and "secret" not in leader.get("/endpoints").json()["results"][0]
    assert again["ETag"] == made["ETag"]
    assert leader.get(made["Location"], If_None_Match=made["ETag"]).status_code == 304
    assert Endpoint.objects.get().secret == told["secret"]
    assert not [one for one in AuditEvent.objects.values_list("summary", flat=True) if "whsec_" in one]


def test_the_same_key_makes_one_endpoint(leader):
    told = [leader.post("/endpoints", {"url": URL}, Idempotency_Key="one") for _ in range(2)]
    assert told[0].json() == told[1].json() and told[1]["Idempotency-Replayed"] == "true"
    assert Endpoint.objects.count() == KeptAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"url": "http://push.example.gov.cn/"}, 422, "url_not_allowed"),
        ({"url": "https://127.0.0.1/"}, 422, "url_not_allowed"),
        ({"url": "https://2130706433/"}, 422, "url_not_allowed"),
        ({"url": "https://localhost/"}, 422, "url_not_allowed"),
        ({"url": "https://metadata.google.internal/"}, 422, "url_not_allowed"),
        ({"url": "https://push.example.gov.cn:22/"}, 422, "url_not_allowed"),
        ({"url": "https://a@push.example.gov.cn/"}, 422, "url_not_allowed"),
        ({"url": "不是地址"}, 422, "url_not_allowed"),
        ({"url": URL, "types": ["case.danced"]}, 422, "unknown_type"),
        ({"url": URL, "types": ["x y"]}, 400, "invalid"),
        ({"url": URL, "algorithm": "md5"}, 400, "invalid"),
        ({"url": URL, "secret": "mine"}, 400, "unknown_field"),
        ({}, 400, "invalid"),
    ],
)
def test_what_is_refused(leader, body, status, code):
    told = leader.post("/endpoints", body)
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert not Endpoint.objects.exists()


def test_the_same_address_for_the_same_events_is_there_once(leader, made, speak):
    told = leader.post("/endpoints", {"url": URL, "types": ["org."]})
    assert (told.status_code, told.json()["code"]) == (409, "endpoint_exists")
    assert leader.post("/endpoints", {"url": URL, "types": ["case."]}).status_code == 201
    assert speak("street").post("/endpoints", {"url": URL, "types": ["org."]}).status_code == 201


def test_fifty_and_no_more(leader, speak):
    Endpoint.objects.bulk_create([Endpoint(client=leader.client, url=URL, secret="x") for _ in range(50)])
    told = leader.post("/endpoints", {"url": URL})
    assert (told.status_code, told.json()["code"]) == (422, "too_many_endpoints")
    assert speak("street").post("/endpoints", {"url": URL}).status_code == 201


def test_another_clients_endpoint_is_not_there(made, speak):
    other, where = speak("neighbour"), made["Location"]
    tag = {"If_Match": "*"}
    told = [other.get(where), other.get(f"{where}/deliveries"), other.delete(where, **tag)]
    told += [other.put(where, {"url": URL}, **tag), other.post(f"{where}/test")]
    told += [other.post(f"{where}/{one}", **tag) for one in ("rotate", "enable", "disable")]
    told += [other.post(f"{where}/replay", {"from_seq": 1, "to_seq": 2})]
    assert {one.status_code for one in told} == {404} and other.get("/endpoints").json() == {"results": []}


def test_a_change_needs_the_tag_and_makes_a_new_one(leader, made):
    where, body = made["Location"], {"url": URL + "2", "algorithm": "hmac-sm3"}
    assert leader.put(where, body).status_code == 428
    assert leader.put(where, body, If_Match='"old"').status_code == 412
    done = leader.put(where, body, If_Match=made["ETag"])
    assert done.json()["url"] == URL + "2" and done.json()["types"] == [] and done["ETag"] != made["ETag"]
    assert leader.put(where, body, If_Match=made["ETag"]).status_code == 412
    assert leader.put(where, {"url": "https://10.0.0.1/"}, If_Match=done["ETag"]).status_code == 422


def test_pushing_does_not_change_the_tag(leader, made):
    Endpoint.objects.update(cursor=9, busy_until=timezone.now())
    assert leader.get(made["Location"])["ETag"] == made["ETag"]


def test_rotating_tells_a_new_secret_and_until_when_the_former_holds(leader, made):
    done = act(leader, made, "rotate")
    assert done.json()["secret"] not in ("", made.json()["secret"])
    until = dt.datetime.fromisoformat(done.json()["former_secret_until"])
    assert dt.timedelta(hours=23) < until - timezone.now() <= dt.timedelta(hours=24)
    assert act(leader, made, "rotate").status_code == 412


def test_off_and_on_again_goes_on_from_where_it_was(leader, made, places):
    off = act(leader, made, "disable")
    assert off.json()["state"] == "off"
    happen(places.garden.code, 1, 2)
    assert sending.run() == 0 and not Delivery.objects.exists()
    on = act(leader, made, "enable", tag=off["ETag"])
    assert (on.json()["state"], on.json()["fault"], Endpoint.objects.get().cursor) == ("active", "", 0)


def test_on_again_after_too_long_says_what_is_gone(leader, made, places):
    off = act(leader, made, "disable")
    happen(places.garden.code, 1, 2, 3)
    Event.objects.update(at=timezone.now() - dt.timedelta(days=91))
    feed.sweep(timezone.now())
    assert "保存期" in act(leader, made, "enable", tag=off["ETag"]).json()["fault"]


def test_removing_forgets_it(leader, made, places):
    happen(places.garden.code, 1)
    Delivery.objects.create(endpoint=Endpoint.objects.get(), event=Event.objects.get(), seq=1, subject="x")
    assert leader.delete(made["Location"]).status_code == 428
    assert leader.delete(made["Location"], If_Match=made["ETag"]).status_code == 204
    assert leader.get(made["Location"]).status_code == 404 and not Delivery.objects.exists()


def test_a_new_endpoint_hears_of_what_comes_not_of_what_was(leader, places):
    happen(places.garden.code, 1, 2)
    leader.post("/endpoints", {"url": URL})
    assert Endpoint.objects.get().cursor == 2


# --- with a receiver that is there ----------------------------------------------------------------------------------


@pytest.fixture
def live(leader, settings):
    settings.OUTBOUND_ALLOWED = ["127.0.0.1"]
    with receiver() as there:
        told = leader.post("/endpoints", {"url": there.url, "types": ["org."]})
        there.secret, there.told = told.json()["secret"], told
        yield there


def test_a_test_goes_to_this_endpoint_alone_and_shows_in_the_deliveries(leader, live):
    other = leader.post("/endpoints", {"url": live.url}).json()
    where = live.told["Location"]
    told = leader.post(f"{where}/test")
    assert told.status_code == 202 and sending.run() == 1
    (event,) = live.taken.values()
    assert event["type"] == "cn.shzz.ping" and event["id"] == told.json()["event"]
    found = leader.get(f"{where}/deliveries").json()["results"]
    assert [(one["event"], one["state"], one["tries"], one["status"]) for one in found] == [
        (event["id"], "sent", 1, 200)
    ]
    assert leader.get(f"/endpoints/{other['id']}/deliveries").json()["results"] == []
    assert leader.get("/events").json()["events"] == [], "a test is nobody's news"


def test_an_endpoint_that_is_off_is_not_tested(leader, live):
    act(leader, live.told, "disable")
    assert leader.post(f"{live.told['Location']}/test").json()["code"] == "endpoint_off"


def test_replaying_sends_the_same_ids_again_in_order(leader, live, places):
    happen(places.garden.code, 1, 1, 2, 2)
    assert sending.run() == 4
    where, first = live.told["Location"], list(live.taken)
    assert leader.post(f"{where}/replay", {"from_seq": 2, "to_seq": 99}).json() == {"queued": 3}
    assert sending.run() == 3 and list(live.taken) == first and len(live.requests) == 7
    again = leader.post(f"{where}/replay", {"events": first[:1]})
    assert again.status_code == 202 and sending.run() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"from_seq": 1},
        {"from_seq": 2, "to_seq": 1},
        {"from_seq": 0, "to_seq": 1},
        {"from_seq": 1, "to_seq": 2, "events": ["00000000-0000-4000-8000-000000000000"]},
        {"events": []},
        {"events": ["x"]},
    ],
)
def test_a_replay_says_which_events(leader, made, body):
    assert leader.post(f"{made['Location']}/replay", body).status_code == 400


def test_a_replay_reaches_only_what_the_client_may_see(leader, live, places):
    happen(places.heping.code, 1)
    sending.run()
    uid = str(Event.objects.get().uid)
    assert leader.post(f"{live.told['Location']}/replay", {"events": [uid]}).json() == {"queued": 0}


def test_a_replay_of_too_many_is_refused(leader, live, places, monkeypatch):
    monkeypatch.setattr(endpoints, "REPLAYED", 2)
    happen(places.garden.code, 1, 2, 3)
    sending.run()
    told = leader.post(f"{live.told['Location']}/replay", {"from_seq": 1, "to_seq": 3})
    assert (told.status_code, told.json()["code"]) == (422, "too_many_events")


def test_deliveries_are_paged_and_chosen_by_state(leader, live, places, django_assert_num_queries):
    happen(places.garden.code, *range(1, 8))
    live.mood = lambda event: 500 if event["data"]["n"] == 7 else 200
    sending.run()
    where = f"{live.told['Location']}/deliveries"
    waiting = leader.get(f"{where}?state=waiting").json()["results"]
    assert [(one["subject"], one["status"], one["fault"]) for one in waiting] == [
        ("organisation/7", 500, "接收方答复 500")
    ]
    seen, path = [], f"{where}?page_size=3"
    while path:
        page = leader.get(path).json()
        assert page["count"] == 7
        seen, path = seen + [one["seq"] for one in page["results"]], page["next"]
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_the_fault_of_an_endpoint_is_shown_to_its_client(leader, live, places):
    happen(places.garden.code, 1)
    live.mood = lambda event: 503
    sending.run()
    told = leader.get(live.told["Location"])
    assert told.json()["fault"] == "接收方答复 503" and told.json()["failing_since"]
    assert told["ETag"] != live.told["ETag"]


def test_a_client_hears_in_the_feed_that_an_endpoint_was_given_up(leader, live, speak, places):
    happen(places.garden.code, 1)
    live.mood = lambda event: 410
    sending.run()
    assert leader.get(live.told["Location"]).json()["state"] == "failed"
    told = leader.get("/events?type=endpoint.").json()["events"]
    assert [one["subject"] for one in told] == [f"endpoint/{live.told.json()['id']}"]
    assert speak("district").get("/events?type=endpoint.").json()["events"] == []
