"""Every move of every kind is told outside under one name, in the transaction in which it happened, without a word of
a person; and the feed is followed by its places."""

import datetime as dt
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from portal.errors import Refusal
from registry import events, ratings, register
from registry.casework import actions, clockwork, kinds
from registry.models import Event
from registry.models.events import CASES, DISABLED
from registry.webhooks import feed, shape
from supervision import actions as night
from tests import builders

CANARIES = ("刘桂兰", "13900000000", builders.identity_number(), "阳光舞蹈队", "李阿姨", "老李", "小王", "社区活动中心")


def types() -> list[str]:
    return [one.type.removeprefix(events.PREFIX) for one in Event.objects.order_by("id")]


def test_every_move_of_every_kind_has_a_type():
    every = kinds.every()
    assert len(every) == 14
    moves = {
        (one.verb, source)
        for kind in every.values()
        for flow in kind.flows.values()
        for one in flow
        for source in one.sources
    }
    assert {events.of_move(*one) for one in moves} <= set(events.TYPES)
    assert {verb for verb, _ in moves} == set(events.MOVES), "no name for a verb that is nowhere"


def test_a_verb_nobody_named_is_found():
    with pytest.raises(KeyError):
        events.of_move("dance", "submitted")


def test_the_models_know_the_prefix():
    assert (CASES, DISABLED) == (f"{events.PREFIX}case.", f"{events.PREFIX}endpoint.disabled")


def test_the_walk_of_a_filing_in_events(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    assert types() == [
        "case.created",
        "case.submitted",
        "case.forwarded",
        "case.forwarded",
        "org.filed",
        "certificate.issued",
        "case.approved",
    ]
    last = Event.objects.last()
    assert last.subject == f"case/{case.pk}" and last.data == {
        "case": case.pk,
        "number": case.number,
        "item": "filing",
        "state": "approved",
        "place": places.garden.code,
        "verb": "record",
        "sequence": 4,
        "step": case.steps.last().pk,
        "href": f"/api/v1/cases/{case.pk}",
    }
    ratings.rate(case, 1)
    register.end(case.organisation, by=cast.li, on=timezone.localdate(), reason="成员解散")
    assert types()[7:] == ["rating.given", "org.ended", "certificate.cancelled"]


def test_a_correction_and_a_suspension_in_events(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    ground = {"cause": "appraisal", "reason": "等待鉴定", "basis": "《行政许可法》第四十五条"}
    clockwork.suspend(case, by=cast.wang, **ground)
    clockwork.resume(case, by=cast.wang)
    clockwork.suspend(case, by=cast.wang, **ground)
    defects = [builders.DEFECT]
    actions.move(case, "send_back", by=cast.wang, data={"defects": defects})
    actions.move(case, "recall", by=cast.wang)
    actions.move(case, "send_back", by=cast.wang, data={"defects": defects})
    builders.corrected(case)
    assert types()[2:] == [
        "case.suspended",
        "case.resumed",
        "case.suspended",
        "case.resumed",  # a step ends what held the clocks
        "case.correction_requested",
        "case.resumed",
        "case.correction_requested",
        "case.corrected",
    ]


def test_what_is_rolled_back_was_never_told(cast, places, packs, delegation):
    case = builders.draft(cast.auntie, places.garden)
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.move(case, "submit", by=cast.auntie)
        assert Event.objects.count() == before + 1
        raise RuntimeError
    assert Event.objects.count() == before


def test_a_step_that_is_refused_tells_nothing(cast, places, packs, delegation):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    with pytest.raises(Refusal):
        actions.move(case, "submit", by=cast.auntie)
    assert types() == ["case.created"]


def test_events_name_no_person(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    register.end(case.organisation, by=cast.li, on=timezone.localdate(), reason="刘桂兰 13900000000")
    text = json.dumps([shape.cloud(one) for one in Event.objects.all()], ensure_ascii=False)
    assert "case.approved" in text and not [one for one in CANARIES if one in text]
    assert all(len(json.dumps(one.data)) < 600 for one in Event.objects.all())


def test_targets_are_told_only_where_an_alert_opens_or_closes(places, packs):
    night.night(dt.date(2026, 3, 2))
    opened = Event.objects.filter(type="cn.shzz.target.behind").count()
    href = Event.objects.first().data["href"]
    assert resolve(href.partition("?")[0]).url_name == "judgements"
    assert opened > 0 and opened == len(set(Event.objects.values_list("place_code", "data__parameter")))
    night.night(dt.date(2026, 3, 3))
    assert Event.objects.count() == opened, "the second night finds the same and says nothing"


# --- the feed -------------------------------------------------------------------------------------------------------


def happen(where: str, *numbers: int, type: str = "org.changed") -> None:
    for n in numbers:
        events.tell(type, f"organisation/{n}", place_code=where, data={"n": n})


def read(speaker, question: str = "") -> tuple[list[int], int]:
    told = speaker.get(f"/events{question}")
    assert told.status_code == 200, told.content.decode()
    return [one["data"].get("n") for one in told.json()["events"]], told.json()["next_after"]


def test_the_feed_is_followed_from_where_one_stopped(speak, places):
    happen(places.garden.code, 1, 2, 3)
    leader = speak("leader")
    assert read(leader, "?limit=2") == ([1, 2], 2)
    assert read(leader, "?after=2") == ([3], 3)
    assert read(leader, "?after=3") == ([], 3)
    happen(places.garden.code, 4)
    assert read(leader, "?after=3") == ([4], 4)


def test_following_goes_on_past_what_is_not_ones_own(speak, places):
    happen(places.heping.code, 1, 2)
    happen(places.garden.code, 3)
    happen(places.heping.code, 4)
    assert read(speak("leader")) == ([3], 4)
    assert read(speak("neighbour")) == ([1, 2, 4], 4)


def test_types_choose(speak, places):
    happen(places.garden.code, 1)
    happen(places.garden.code, 2, type="org.ended")
    happen(places.garden.code, 3, type="target.behind")
    leader = speak("leader")
    assert read(leader, "?type=org.ended,target.")[0] == [2, 3]
    assert read(leader, "?type=cn.shzz.org.")[0] == [1, 2]
    assert leader.get("/events?type=%27;--").status_code == 400


def test_cases_are_told_to_whoever_opened_them_and_to_the_desks_that_see_them(speak, cast, places, packs, delegation):
    platform = speak("platform")
    mine = builders.draft(platform.user, places.garden)
    actions.move(mine, "submit", by=platform.user)
    builders.draft(cast.auntie, places.garden)  # a draft of somebody else

    def cases(who):
        return [(one["type"], one["subject"]) for one in speak(who).get("/events?type=case.").json()["events"]]

    ours = [("cn.shzz.case.created", f"case/{mine.pk}"), ("cn.shzz.case.submitted", f"case/{mine.pk}")]
    assert cases("platform") == ours and cases("street") == ours
    assert cases("neighbour") == cases("leader") == []


def test_a_narrow_token_reads_a_narrow_feed(speak, places):
    happen(places.garden.code, 1)
    happen(places.hexi.code, 2)
    leader = speak("leader")
    assert read(leader)[0] == [1, 2]
    leader.client.user.offices.update(place=places.street)  # the token still says 河西区; the office no longer does
    assert read(leader)[0] == [1]


def test_an_event_reads_as_cloudevents_says(speak, places, settings):
    settings.PUBLIC_URL = "https://shzz.example.gov.cn"
    found = builders.organisation(places.garden)
    told = speak("leader").get("/events").json()["events"][0]
    event = Event.objects.get()
    assert told == {
        "specversion": "1.0",
        "id": str(event.uid),
        "source": "https://shzz.example.gov.cn",
        "type": "cn.shzz.org.filed",
        "subject": f"organisation/{found.pk}",
        "time": told["time"],
        "datacontenttype": "application/json",
        "sequence": "00000000000000000001",
        "dataref": f"https://shzz.example.gov.cn/api/v1/organisations/{found.pk}",
        "data": {
            "organisation": found.pk,
            "place": places.garden.code,
            "standing": "filed",
            "href": f"/api/v1/organisations/{found.pk}",
        },
    }
    assert dt.datetime.fromisoformat(told["time"]) == event.at


def test_what_is_kept_no_longer_is_told_and_places_are_never_given_twice(speak, places):
    happen(places.garden.code, 1, 2, 3)
    feed.number()
    Event.objects.update(at=timezone.now() - dt.timedelta(days=91))
    assert feed.sweep(timezone.now()) == 2, "the last one stays, to know where the feed is"
    leader = speak("leader")
    told = leader.get("/events?after=1")
    assert (told.status_code, told.json()["code"]) == (410, "too_old")
    assert read(leader, "?after=2") == ([3], 3) == read(leader) == read(leader, "?after=0")
    happen(places.garden.code, 4)
    assert read(leader, "?after=3") == ([4], 4)


def test_a_week_is_kept_whatever_the_settings_say(places, settings):
    settings.EVENT_KEEP_DAYS = 0
    happen(places.garden.code, 1, 2)
    feed.number()
    Event.objects.update(at=timezone.now() - dt.timedelta(days=6))
    assert feed.sweep(timezone.now()) == 0


def test_reading_asks_as_many_questions_for_many_events_as_for_few(speak, places):
    leader = speak("leader")
    happen(places.garden.code, 1)
    read(leader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            read(leader, "?limit=500")
        return len(found)

    few = asked()
    happen(places.garden.code, *range(2, 60))
    feed.number()
    assert asked() == few <= 12


def test_without_the_ability_nobody_reads(speak):
    platform = speak("platform")
    platform.token = platform.fresh_token("cases.read@120103000000")
    assert platform.get("/events").status_code == 403
