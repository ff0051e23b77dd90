"""Places for any token: the tree, as of a day, and what became of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import PlaceChange
from tests import builders
from tests.registry import placeacts_scene


def codes(told) -> list[str]:
    assert told.status_code == 200, told.content.decode()
    return [one["code"] for one in told.json()["results"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("level=3", ["120101000000", "120103000000"]),
        ("parent=120103001000", ["120103001001", "120103001200"]),
        ("parent=000000000000", ["120000000000"]),
        ("inside=120103001000", ["120103001000", "120103001001", "120103001200"]),
        ("q=河西", ["120103000000"]),
        ("inside=120103000000&level=5&on=2010-01-01", ["120103001001", "120103001200"]),
    ],
)
def test_anybody_with_a_token_finds_any_place(speak, places, asked, expected):
    for who in ("platform", "neighbour", "street"):
        assert codes(speak(who).get(f"/places?{asked}")) == expected


@pytest.mark.parametrize("asked", ["level=9", "parent=12", "q=河", "on=1", "colour=red"])
def test_what_is_not_asked_as_described_is_refused(speak, places, asked):
    told = speak("platform").get(f"/places?{asked}")
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/" + asked.partition("=")[0]


def test_without_a_token_places_are_read_on_pages_and_not_here(client, places):
    assert client.get("/api/v1/places").status_code == 401


def test_pages_of_places_follow_each_other(speak, places):
    told = speak("platform").get("/places?page_size=4")
    assert told.json()["count"] == 6
    assert codes(told) + codes(speak("platform").get(told.json()["next"])) == sorted(
        place.code for place in vars(places).values()
    )


def test_a_place_is_called_and_classed_as_on_the_day(speak, places):
    on = dt.date(2020, 6, 1)
    for field, before, after in [("name", "九江路居委会", "九江路社区"), ("area_class", "rural", "urban")]:
        PlaceChange.objects.create(place=places.garden, field=field, on=on, before=before, after=after, source="文件")
    then = speak("platform").get(f"/places/{places.garden.code}?on=2020-05-31").json()
    now = speak("platform").get(f"/places/{places.garden.code}").json()
    assert (then["name_then"], then["class_then"]) == ("九江路居委会", "rural")
    assert (now["name_then"], now["class_then"], now["name"]) == ("九江路社区", "urban", "九江路社区")
    assert now["former_names"] == [{"name": "九江路居委会", "until": "2020-06-01", "source": "文件"}]
    assert now["lineage"] == [places.street.code, places.hexi.code, places.tianjin.code]
    above = speak("platform").get(f"/places/{places.street.code}?on=2020-05-31").json()
    assert above["children"][0] == {
        "code": places.garden.code,
        "name": "九江路居委会",
        "level": 5,
        "area_class": "rural",
    }


def test_a_place_that_went_up_in_another_says_so(speak, cast, places):
    other = placeacts_scene.street(places)
    placeacts_scene.merged(cast, places, other)
    gone = speak("platform").get(f"/places/{other.code}").json()
    assert gone["stands"] is False and gone["ends"] == "2026-11-01" and gone["heirs"] == [places.street.code]
    assert [(one["code"], one["way"]) for one in gone["successors"]] == [(places.street.code, "merge")]
    heir = speak("platform").get(f"/places/{places.street.code}").json()
    assert other.code in [one["code"] for one in heir["predecessors"]]
    assert speak("platform").get(f"/places/{other.code}?on=2026-10-31").json()["stands"] is True


def test_an_unknown_place_is_not_found_and_a_known_one_not_sent_twice(speak, places):
    one = speak("platform")
    assert one.get("/places/999999999999").status_code == 404
    told = one.get(f"/places/{places.garden.code}")
    assert one.get(f"/places/{places.garden.code}", If_None_Match=told["ETag"]).status_code == 304


def test_a_place_with_many_children_costs_no_more_questions(speak, places):
    def many() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert speak("platform").get(f"/places/{places.street.code}").status_code == 200
        return len(asked)

    speak("platform")
    before = many()
    for number in range(40):
        builders.place(f"1201030015{number:02d}", f"第{number}社区", "community", parent=places.street)
    assert many() == before <= 14
