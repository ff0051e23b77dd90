"""Hubs as of a day, where they serve a place of the token."""

import datetime as dt

import pytest

from registry import hubs, register
from tests import builders

SINCE, LATER = dt.date(2020, 1, 1), dt.date(2024, 1, 1)


@pytest.fixture
def hub(cast, places):
    made = builders.organisation(
        places.street, name="大营门联合会", kind="registered", scope="street", hub_type="federation", on=SINCE
    )
    return made.hub


def names(told) -> list[str]:
    assert told.status_code == 200, told.content.decode()
    return [one["name"] for one in told.json()["results"]]


def test_hubs_are_those_of_the_day(speak, hub):
    register.end(hub.organisation, by=None, on=LATER, reason="解散")
    one = speak("platform")
    assert (
        names(one.get("/hubs")) == names(one.get("/hubs?on=2019-12-31")) == names(one.get("/hubs?on=2024-01-01")) == []
    )
    assert names(one.get("/hubs?on=2020-01-01")) == names(one.get("/hubs?on=2023-12-31")) == ["大营门联合会"]


@pytest.mark.parametrize(
    ("asked", "many"),
    [
        ("hub_type=federation", 1),
        ("hub_type=foundation", 0),
        ("place=120103001000", 1),
        ("place=120103001001", 0),
        ("place=120101000000", 0),
    ],
)
def test_hubs_can_be_narrowed(speak, hub, asked, many):
    assert len(names(speak("platform").get(f"/hubs?{asked}"))) == many


@pytest.mark.parametrize("asked", ["hub_type=club", "place=x", "on=1", "colour=red"])
def test_what_is_not_asked_as_described_is_refused(speak, hub, asked):
    told = speak("platform").get(f"/hubs?{asked}")
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/" + asked.partition("=")[0]


def test_the_people_of_a_hub_are_told_in_numbers_as_of_the_day(speak, hub, cast):
    hubs.appoint(hub, by=cast.li, name="金丝雀", full_time=True, starts=SINCE)
    post = hubs.appoint(hub, by=cast.li, name="赵社工", full_time=False, starts=SINCE)
    hubs.release(post, by=cast.li, on=LATER)
    early, late = (speak("platform").get(f"/hubs/{hub.pk}?on={on}") for on in ("2023-12-31", "2024-01-01"))
    assert early.json()["staff"] == {"on": "2023-12-31", "full_time": 1, "part_time": 1}
    assert late.json()["staff"] == {"on": "2024-01-01", "full_time": 1, "part_time": 0}
    assert "金丝雀" not in early.content.decode() and early["ETag"] != late["ETag"]


def test_a_hub_seen_already_is_not_sent_again(speak, hub, cast):
    one = speak("platform")
    told = one.get(f"/hubs/{hub.pk}")
    assert one.get(f"/hubs/{hub.pk}", If_None_Match=told["ETag"]).status_code == 304
    hubs.demonstrate(hub, by=cast.zhang, since=LATER)
    assert one.get(f"/hubs/{hub.pk}", If_None_Match=told["ETag"]).json()["demonstration_since"] == "2024-01-01"


def test_a_stranger_is_told_the_same_of_a_hub_as_of_none(speak, hub):
    mine, none = (speak("neighbour").get(f"/hubs/{pk}") for pk in (hub.pk, 999999))
    assert mine.status_code == none.status_code == 404 and mine.json() == none.json()
    assert names(speak("neighbour").get("/hubs")) == []
