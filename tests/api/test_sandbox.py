"""The sandbox: the desks answer by themselves, always the same way, by the ending of the client's own number."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from portal.celery import SCHEDULE
from registry.casework import actions, kinds
from registry.models import Case, Interval
from registry.sandbox import playing
from registry.scope import roles_over
from registry.tasks import play_sandbox
from tests import builders

ROADS = ("filing", "registration")
GRANTED = {"filing": ["review", "report", "record"], "registration": ["accept", "examine", "approve"]}


@pytest.fixture(autouse=True)
def _sandbox(settings):
    settings.SANDBOX = True


@pytest.fixture
def filed(speak, places):
    """A case of the platform's, handed in."""

    def one(road: str, reference: str, **more) -> Case:
        speaker = speak("platform")
        case = builders.draft(speaker.user, places.garden, road=road, key=reference, **more)
        return actions.move(case, "submit", by=speaker.user)

    return one


def steps(case: Case) -> list[str]:
    return [step.verb for step in case.steps.all() if step.verb != "submit"]


@pytest.mark.parametrize("road", ROADS)
def test_what_has_no_ending_is_granted_by_people_with_four_eyes(filed, speak, road):
    case = filed(road, "SIM-1")
    told = speak("platform").post("/sandbox/advance").json()["played"]
    assert told == [{"id": case.pk, "reference": "SIM-1", "state": "approved", "steps": GRANTED[road], "reason": ""}]
    last, before = case.steps.order_by("-id")[:2]
    assert last.by != before.by
    assert all(step.role in roles_over(step.by, case.place_code) for step in case.steps.exclude(verb="submit"))


@pytest.mark.parametrize("road", ROADS)
def test_bz_is_given_back_once_and_granted_afterwards(filed, speak, road):
    case, one = filed(road, "SIM-2-BZ"), speak("platform")
    assert one.post("/sandbox/advance").json()["played"][0]["state"] == "returned"
    assert one.post("/sandbox/advance").json()["played"] == []
    defect = case.steps.last().defects.get()
    assert (defect.section, defect.field) == ("organisation", "activities") and "沙箱" in defect.reason
    section = next(one for one in kinds.of(case.kind).sections if one.key == "organisation")
    said = case.answers["organisation"] | {"activities": "组织居民排练、演出和读书"}
    actions.save_section(case, section, said, by=one.user)
    actions.move(case, "submit", by=one.user)
    assert one.post("/sandbox/advance").json()["played"][0]["state"] == "approved"
    assert steps(case).count("send_back") + steps(case).count("return") == 1


@pytest.mark.parametrize("road", ROADS)
def test_by_is_refused_where_others_are_granted(filed, road):
    case = filed(road, "SIM-3-by")
    playing.play()
    assert steps(case) == [*GRANTED[road][:2], "reject"]
    assert case.steps.last().note.startswith("沙箱：不予通过")


@pytest.mark.parametrize("road", ROADS)
def test_gq_is_held_once(filed, road):
    case = filed(road, "SIM-4-GQ")
    assert [one.verbs for one in playing.play()] == [["suspend"]]
    assert case.intervals.standing().exists()
    assert [one.verbs for one in playing.play()] == [["resume", *GRANTED[road]]]
    assert case.intervals.filter(cause=Interval.Cause.EXPERT).count() == 1


@pytest.mark.parametrize("road", ROADS)
def test_cs_is_never_touched(filed, road):
    case = filed(road, "SIM-5-CS")
    assert playing.play() == [] and steps(case) == []


@pytest.mark.parametrize("ending", ["", "-BZ", "-BY", "-GQ"])
def test_the_same_ending_is_answered_in_the_same_words(filed, ending):
    told = []
    for number, name in enumerate(("晨光读书社", "银杏合唱团")):
        case = filed("filing", f"SIM-{number}{ending}", said=builders.answers(name))
        playing.play()
        playing.play()
        told.append([(step.verb, step.note, list(step.defects.values("field", "reason"))) for step in case.steps.all()])
    assert told[0] == told[1] and len(told[0]) > 1


def test_a_rule_that_says_no_refuses_with_its_words(filed, speak, places):
    builders.organisation(places.garden, name="阳光舞蹈队")
    filed("filing", "SIM-6")
    told = speak("platform").post("/sandbox/advance").json()["played"][0]
    assert told["state"] == "rejected" and told["steps"][-1] == "record"
    assert "同名" in Case.objects.get(open_key="SIM-6").steps.last().note


def test_people_are_made_where_nobody_sits(filed, speak, places, delegation):
    delegated = builders.delegation(places.village)
    speaker = speak("platform")
    case = builders.draft(speaker.user, delegated.community, key="SIM-7")
    actions.move(case, "submit", by=speaker.user)
    playing.play()
    assert next(step.by.name for step in case.steps.exclude(verb="submit")).startswith("沙箱社区")
    assert steps(case) == GRANTED["filing"]


def test_only_cases_of_clients_and_for_a_client_only_its_own_are_played(filed, speak, cast, places):
    case = actions.move(builders.draft(cast.auntie, places.garden), "submit", by=cast.auntie)
    filed("filing", "SIM-8")
    assert speak("neighbour").post("/sandbox/advance").json()["played"] == []
    assert [one.case.open_key for one in playing.play()] == ["SIM-8"]
    assert steps(case) == []


def test_by_itself_every_few_seconds(filed):
    case = filed("filing", "SIM-9")
    assert play_sandbox() == 1 and steps(case) == GRANTED["filing"]
    assert play_sandbox() == 0


def test_outside_the_sandbox_nothing_of_it_is_there(filed, speak, settings, client):
    case = filed("filing", "SIM-10")
    assert "沙箱" in client.get(reverse("portal:home")).content.decode()
    settings.SANDBOX = False
    assert speak("platform").post("/sandbox/advance").status_code == 404
    assert play_sandbox() == 0 and steps(case) == []
    assert "沙箱" not in client.get(reverse("portal:home")).content.decode()
    assert "sandbox" not in SCHEDULE


def test_a_sandbox_that_could_send_messages_does_not_start(tmp_path):
    def start(**more: str) -> subprocess.CompletedProcess:
        env = {key: one for key, one in os.environ.items() if key not in ("DATABASE_URL", "EMAIL_URL", "SMS_PORT")}
        env |= {"VAR_DIR": str(tmp_path), "SANDBOX": "1"} | more
        command = [sys.executable, "-c", "from portal.celery import SCHEDULE; print('sandbox' in SCHEDULE)"]
        return subprocess.run(command, env=env, capture_output=True, text=True)

    assert start().stdout.strip() == "True"
    assert "SANDBOX" in start(EMAIL_URL="smtp://127.0.0.1").stderr
    assert "SANDBOX" in start(SMS_PORT="registry.messages.ports.FileSms").stderr
