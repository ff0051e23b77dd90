"""名录 as of a day: who was registered or filed there then, called as then, in code order."""

import datetime as dt

import pytest

from registry import register
from registry.models import Case, PlaceChange
from tests import builders

SINCE, LATER, LAST = dt.date(2020, 1, 1), dt.date(2022, 1, 1), dt.date(2024, 1, 1)


def lines(speaker, place, on="", **more) -> list[dict]:
    asked = "&".join(f"{key}={value}" for key, value in ({"place": place.code, "on": on} | more).items() if value)
    told = speaker.get(f"/directories?{asked}")
    assert told.status_code == 200, told.content.decode()
    return told.json()["results"]


def names(found) -> list[str]:
    return [one["name"] for one in found]


@pytest.fixture
def some(speak, places):
    builders.organisation(places.village, name="西村合唱团", on=SINCE, category="culture_sports")
    builders.organisation(places.garden, name="暖阳老年协会", kind="registered", on=LATER)
    builders.organisation(places.garden, name="棋牌小组", kind="listed", on=SINCE)
    builders.organisation(places.heping, name="和平舞蹈队", on=SINCE)


def test_the_directory_holds_who_was_registered_or_filed_on_the_day(speak, places, some):
    one = speak("platform")
    assert names(lines(one, places.hexi, "2019-12-31")) == []
    assert names(lines(one, places.hexi, "2021-12-31")) == ["西村合唱团"]
    found = lines(one, places.hexi)
    assert names(found) == ["暖阳老年协会", "西村合唱团"]
    assert [one["standing_text"] for one in found] == ["已登记", "已备案"]
    assert found[0]["number"] and found[0]["place_name"] == "九江路社区" and found[1]["category_text"] == "文体娱乐"
    assert names(lines(one, places.hexi, standing="registered")) == ["暖阳老年协会"]


def test_who_was_renamed_moved_or_struck_off_stands_there_as_it_was(speak, places, some):
    found = register.Organisation.objects.get(name="西村合唱团")
    change = {"name": "阳光合唱团", "place": places.garden}
    register.amend(found, change, by=None, on=LATER, case=Case(matter="变更"))
    register.end(found, by=None, on=LAST, reason="解散")
    PlaceChange.objects.create(place=places.village, field="name", on=LATER, before="西庄", after="西村", source="文件")
    one = speak("platform")
    then = lines(one, places.hexi, "2021-12-31")
    assert [(line["name"], line["place"], line["place_name"]) for line in then] == [
        ("西村合唱团", places.village.code, "西庄")
    ]
    assert names(lines(one, places.garden, "2023-12-31")) == ["暖阳老年协会", "阳光合唱团"]
    assert names(lines(one, places.village, "2023-12-31")) == []
    assert names(lines(one, places.hexi, "2024-01-01")) == ["暖阳老年协会"]


def test_the_directory_of_another_county_is_empty(speak, places, some):
    assert lines(speak("platform"), places.heping) == lines(speak("neighbour"), places.hexi) == []
    assert names(lines(speak("neighbour"), places.heping)) == ["和平舞蹈队"]
    assert names(lines(speak("street"), places.hexi)) == ["暖阳老年协会", "西村合唱团"]


@pytest.mark.parametrize(
    "asked", ["", "place=120103000000&on=2999-01-01", "place=1", "place=120103000000&standing=listed"]
)
def test_what_is_not_asked_as_described_is_refused(speak, places, asked):
    assert speak("platform").get(f"/directories?{asked}").status_code == 400


def test_pages_of_the_directory_follow_each_other(speak, places, some):
    told = speak("platform").get(f"/directories?place={places.hexi.code}&page_size=1").json()
    following = speak("platform").get(told["next"]).json()
    assert names(told["results"] + following["results"]) == ["暖阳老年协会", "西村合唱团"] and following["next"] is None
