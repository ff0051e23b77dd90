"""Reading organisations: what is found, by whom, and what is told along."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import register
from registry.models import Case, Organisation
from tests import builders

LEADER = {"leader_name": "欧阳刘桂兰", "leader_phone": "13877771234", "leader_id_number": builders.identity_number(7)}


@pytest.fixture
def some(places):
    return {
        "dance": builders.organisation(places.garden, name="阳光舞蹈队", category="culture_sports", **LEADER),
        "elderly": builders.organisation(places.village, name="暖阳老年协会", kind="registered", capital=30000),
        "hub": builders.organisation(
            places.street, name="大营门联合会", kind="registered", scope="street", hub_type="federation"
        ),
        "next_door": builders.organisation(places.heping, name="和平舞蹈队"),
    }


def names(told) -> list[str]:
    assert told.status_code == 200, told.content.decode()
    return [one["name"] for one in told.json()["results"]]


def test_the_list_is_that_of_the_places_of_the_token_in_code_order(speak, some):
    assert names(speak("platform").get("/organisations")) == ["大营门联合会", "阳光舞蹈队", "暖阳老年协会"]
    assert names(speak("neighbour").get("/organisations")) == ["和平舞蹈队"]


def test_a_token_with_fewer_places_than_its_client_sees_only_those(speak, some, places):
    one = speak("platform")
    assert names(one.get(f"/organisations?place={places.garden.code}")) == ["阳光舞蹈队"]
    one.token = one.fresh_token("cases.read@" + places.hexi.code)
    told = one.get("/organisations")
    assert told.status_code == 403 and told.json()["code"] == "scope_missing"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=舞蹈", ["阳光舞蹈队"]),
        ("q=ygwd", ["阳光舞蹈队"]),
        ("standing=registered", ["大营门联合会", "暖阳老年协会"]),
        ("standing=ended", []),
        ("category=culture_sports", ["阳光舞蹈队"]),
        ("legal_form=none", ["阳光舞蹈队"]),
        ("hub=true", ["大营门联合会"]),
        ("hub=false", ["阳光舞蹈队", "暖阳老年协会"]),
        ("charity=true", []),
        ("place=120103001200", ["暖阳老年协会"]),
        ("place=120101000000", []),
        ("standing_on=2015-12-31", []),
        ("standing_on=2016-01-01&standing=filed", ["阳光舞蹈队"]),
    ],
)
def test_the_list_can_be_narrowed(speak, some, asked, expected):
    assert names(speak("platform").get(f"/organisations?{asked}")) == expected


def test_numbers_are_found_whole(speak, some):
    number = some["elderly"].credit_code
    assert names(speak("platform").get(f"/organisations?credit_code={number.lower()}")) == ["暖阳老年协会"]
    assert names(speak("platform").get(f"/organisations?q={number}")) == ["暖阳老年协会"]
    Organisation.objects.filter(pk=some["dance"].pk).update(filing_number="津河备〔2026〕1号")
    assert names(speak("platform").get("/organisations?filing_number=津河备〔2026〕1号")) == ["阳光舞蹈队"]


def test_who_left_the_register_is_told_as_ended_and_as_what_it_was_on_a_day(speak, some):
    register.end(some["dance"], by=None, on=dt.date(2024, 5, 1), reason="解散")
    told = speak("platform").get("/organisations?standing=ended").json()["results"]
    assert [(one["name"], one["standing"]) for one in told] == [("阳光舞蹈队", "ended")]
    assert names(speak("platform").get("/organisations?standing_on=2024-04-30&standing=filed")) == ["阳光舞蹈队"]
    assert names(speak("platform").get("/organisations?standing_on=2024-05-01&standing=ended")) == ["阳光舞蹈队"]


@pytest.mark.parametrize(
    "asked",
    [
        "colour=red",
        "place=1201",
        "place=１２０１０３００１０００",
        "standing=dancing",
        "standing_on=2024-13-01",
        "standing_on=0001-01-01",
        "updated_since=0001-01-01T00:00:00%2B14:00",
        "hub=maybe",
        "q=%00",
        "cursor=abc",
        "page_size=0",
        "page_size=201",
        "place=120103000000&place=120101000000",
    ],
)
def test_what_is_not_asked_as_described_is_refused_with_a_pointer(speak, some, asked):
    told = speak("platform").get(f"/organisations?{asked}")
    assert told.status_code == 400, told.content.decode()
    assert told.json()["invalid_params"][0]["name"] == "/" + asked.partition("=")[0]


def test_pages_follow_each_other_and_say_how_many_there_are(speak, some):
    told, seen = speak("platform").get("/organisations?page_size=2"), []
    for _ in range(2):
        seen += names(told)
        following = told.json()["next"]
        if following:
            told = speak("platform").get(following)
    assert seen == ["大营门联合会", "阳光舞蹈队", "暖阳老年协会"] and following is None
    assert told.json()["count"] == 3 and told.json()["count_exact"] is True


def test_what_changed_since_a_moment_is_found_with_that_moment(speak, some):
    moment = timezone.now()
    Organisation.objects.update(updated_at=moment - dt.timedelta(hours=1))
    Organisation.objects.filter(pk=some["hub"].pk).update(updated_at=moment)
    asked = moment.isoformat().replace("+", "%2B")
    assert names(speak("platform").get(f"/organisations?updated_since={asked}")) == ["大营门联合会"]


@pytest.mark.parametrize("path", ["/organisations", "/hubs", "/places", "/directories?place=120103000000"])
def test_lists_ask_the_database_as_often_for_two_as_for_forty(speak, places, path):
    def many() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert speak("platform").get(path).status_code == 200
        return len(asked)

    speak("platform")
    for _ in range(2):
        builders.organisation(places.garden, kind="registered", hub_type="federation")
    before = many()
    for at in range(38):
        builders.organisation(places.village if at % 2 else places.street, kind="registered", hub_type="federation")
        builders.place(f"1201030015{at:02d}", f"第{at}社区", "community", parent=places.street)
    assert many() == before <= 10


def test_one_organisation_is_told_whole_and_not_again_while_nothing_changed(speak, some):
    one = speak("platform")
    told = one.get(f"/organisations/{some['elderly'].pk}")
    assert told.json()["capital"] == 30000 and told.json()["expanded"] == {}
    again = one.get(f"/organisations/{some['elderly'].pk}", If_None_Match=told["ETag"])
    assert again.status_code == 304 and again.content == b""
    register.amend(some["elderly"], {"address": "二楼"}, by=None, on=timezone.localdate(), case=Case(matter="变更"))
    again = one.get(f"/organisations/{some['elderly'].pk}", If_None_Match=told["ETag"])
    assert again.status_code == 200 and again.json()["address"] == "二楼"


def test_a_stranger_is_told_the_same_of_an_organisation_as_of_none(speak, some):
    mine = speak("neighbour").get(f"/organisations/{some['dance'].pk}")
    none = speak("neighbour").get("/organisations/999999")
    assert mine.status_code == none.status_code == 404 and mine.json() == none.json()


def test_everything_is_told_along_and_nobody_is_named(speak, cast, places):
    case = builders.walk(builders.draft(speak("platform").user, places.garden), cast)
    told = speak("platform").get(
        f"/organisations/{case.organisation_id}?expand=place,hub,certificates,leader,cases,standings"
    )
    found = told.json()["expanded"]
    assert found["place"]["code"] == places.garden.code and found["hub"] is None
    assert found["leader"]["name"] == "刘*" and found["standings"][0]["standing"] == "filed"
    assert [one["id"] for one in found["cases"]] == [case.pk]
    assert found["certificates"][0]["number"] == case.organisation.certificates.get().number
    assert "刘桂兰" not in told.content.decode() and "13900000000" not in told.content.decode()


def test_cases_are_told_along_only_by_their_own_permission(speak, cast, places):
    case = builders.walk(builders.draft(cast.wang, places.garden), cast)
    path = f"/organisations/{case.organisation_id}?expand=cases"
    assert [one["id"] for one in speak("street").get(path).json()["expanded"]["cases"]] == [case.pk]
    assert speak("platform").get(path).json()["expanded"]["cases"] == []  # an applicant's: only its own
    told = speak("leader").get(path)
    assert told.status_code == 403 and told.json()["code"] == "scope_missing"
    one = speak("district")
    one.token = one.fresh_token(f"register.read@{places.hexi.code} cases.read@{places.hexi.code}")
    assert len(one.get(path).json()["expanded"]["cases"]) == 1


def test_a_hub_is_told_along_where_it_serves_a_place_of_the_token(speak, some, places):
    path = f"/organisations/{some['hub'].pk}?expand=hub"
    assert speak("street").get(path).json()["expanded"]["hub"]["hub_type"] == "federation"
    some["hub"].hubs.update(serves=places.heping, serves_code=places.heping.code)
    assert speak("street").get(path).json()["expanded"]["hub"] is None


def test_what_cannot_be_told_along_is_refused(speak, some):
    told = speak("platform").get(f"/organisations/{some['dance'].pk}?expand=place,phone")
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/expand"


@pytest.mark.parametrize(
    "path", ["/organisations", "/organisations?q=舞", "/hubs", "/directories?place=120000000000", "/judgements"]
)
def test_a_list_is_the_same_to_the_byte_with_and_without_the_county_next_door(speak, some, places, path):
    one = speak("platform")
    before = one.get(path).content
    for _ in range(3):
        builders.organisation(places.heping, name="舞", kind="registered", hub_type="federation")
    assert one.get(path).content == before
