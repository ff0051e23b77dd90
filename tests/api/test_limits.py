"""How often one may ask: told on every answer, right and the same for whatever is answered."""

import datetime as dt

import pytest
import time_machine
from django.test import Client as Browser

from registry import clients
from tests.api.speaking import Speaker

NOON = dt.datetime(2026, 3, 2, 12, 0, 10, tzinfo=dt.UTC)  # ten seconds into a minute


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def few(places) -> Speaker:
    """A client that may ask five times a minute."""
    return Speaker(clients.make("小平台", [("applicant", places.hexi.code)], per_minute=5))


def told(answer) -> tuple[int, int, int]:
    return tuple(int(answer[f"RateLimit-{name}"]) for name in ("Limit", "Remaining", "Reset"))


def test_every_answer_counts_down_whatever_it_says(few):
    asked = [few.get("/me"), few.get("/me?colour=red"), few.get("/nowhere"), few.post("/me"), few.get("/me")]
    assert [one.status_code for one in asked] == [200, 400, 404, 405, 200]
    assert [told(one) for one in asked] == [(5, left, 50) for left in (4, 3, 2, 1, 0)]
    for path in ("/me", "/nowhere"):
        over = few.get(path)
        assert over.status_code == 429 and over.json()["code"] == "too_many"
        assert told(over) == (5, 0, 50) and over["Retry-After"] == "50"


def test_what_has_not_changed_counts_too(few, places):
    told_first = few.get(f"/places/{places.garden.code}")
    again = few.get(f"/places/{places.garden.code}", If_None_Match=told_first["ETag"])
    assert again.status_code == 304 and told(again) == (5, 3, 50)


def test_the_next_minute_begins_anew(few):
    for _ in range(6):
        few.get("/me")
    with time_machine.travel(NOON + dt.timedelta(seconds=50), tick=False):
        assert told(few.get("/me")) == (5, 4, 60)


def test_one_client_does_not_use_up_what_another_has(few, speak):
    for _ in range(6):
        few.get("/me")
    assert speak("platform").get("/me").status_code == 200


def test_who_comes_without_a_token_is_counted_by_address(db, settings):
    settings.API_PUBLIC_PER_MINUTE = 3
    ways = [("/api/v1/me", {}), ("/api/v1/me", {"Authorization": "Bearer nonsense"}), ("/api/v1/nowhere", {})]
    found = [Browser().get(path, headers=headers) for path, headers in ways]
    assert [one.status_code for one in found] == [401, 401, 404]
    assert [told(one)[1] for one in found] == [2, 1, 0]
    assert Browser().get("/api/v1/me").status_code == 429
    assert Browser().get("/api/v1/me", REMOTE_ADDR="203.0.113.9").status_code == 401


def test_a_body_that_is_no_json_counts_as_well(few):
    answer = few.browser.generic(
        "POST", "/api/v1/cases", "{", "application/json", headers={"Authorization": f"Bearer {few.token}"}
    )
    assert answer.status_code == 400 and told(answer)[0] == 5


def test_the_token_endpoint_tells_its_limit_too(few):
    key = few.key
    asked = {"grant_type": "client_credentials", "client_id": key.client_id, "client_secret": key.client_secret}
    answer = Browser().post("/api/v1/oauth/token", asked)
    assert told(answer)[0] == 60 and 0 < told(answer)[1] < 60
