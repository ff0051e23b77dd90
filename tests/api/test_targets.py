"""Targets and judgements through the API: the numbers of the board, within the token, as of any day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import clients, policies
from registry.models import Jurisdiction
from registry.scope import Role
from supervision import actions, boards
from supervision.counts import current_packs
from supervision.models import Judgement
from tests.api.speaking import Speaker
from tests.supervision import scene

END_2019, DAY, NEXT = dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 2)
NEIGHBOUR = "220203000000"


@pytest.fixture
def jilin(db):
    """The county, its street of S05, all documents, and the county next door."""
    policies.load()
    scene.jilin()
    scene.s05()
    for code, name in [(NEIGHBOUR, "龙潭区"), ("220203001000", "龙潭街道")]:
        scene.place(code, name)
    scene.place("220203001001", "龙潭社区", "urban")


@pytest.fixture
def county(jilin):
    return Speaker(clients.make("昌邑区平台", [(Role.LEADER, scene.COUNTY)], per_minute=100_000))


@pytest.fixture
def next_door(jilin):
    return Speaker(clients.make("龙潭区平台", [(Role.LEADER, NEIGHBOUR)], per_minute=100_000))


def told(answer):
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_the_targets_are_those_of_the_board_with_their_edition(county):
    found = told(county.get(f"/targets?place={scene.STREET}&on=2019-12-31"))
    board = boards.coverage(Jurisdiction.objects.get(code=scene.STREET), END_2019).to_json()
    names = ("id", "numerator", "denominator", "value", "status", "gap", "document", "clause", "at_due")
    assert [[one[name] for name in names] for one in found["targets"]] == [
        [one[name] for name in names] for one in board["targets"]
    ]
    urban = next(one for one in found["targets"] if one["id"] == "JL.u2019")
    assert (urban["numerator"], urban["denominator"], urban["status"], urban["gap"]) == (19, 4, "not_met", 1)
    assert urban["value"] == "19/4" and urban["missing"] == 0 and urban["document"] and urban["clause"]
    assert urban["edition"] in {pack.digest for pack in current_packs()}


def test_a_target_tells_the_places_below_in_code_order(county):
    found = told(county.get(f"/targets/JL.u2019?place={scene.STREET}&on=2019-12-31"))
    assert found["target"]["gap"] == 1
    counted = [(one["name"], one["numerator"], one["gap"]) for one in found["children"] if one["denominator"]]
    assert counted == [("城市社区1", 7, 0), ("城市社区2", 5, 0), ("城市社区3", 4, 1), ("城市社区4", 3, 2)]
    below = [one["place"] for one in found["children"] if not one["own_level"]]
    assert below == sorted(below)


def test_what_is_seen_already_is_not_sent_again_and_a_new_organisation_changes_it(county):
    path = f"/targets?place={scene.STREET}&on=2020-06-30"
    first = county.get(path)
    assert county.get(path, If_None_Match=first["ETag"]).status_code == 304
    scene.organisation("220202001003", since=dt.date(2020, 2, 1))
    assert county.get(path, If_None_Match=first["ETag"]).status_code == 200


@pytest.mark.parametrize("path", ["/targets?place={}", "/targets/JL.u2019?place={}"])
def test_a_place_outside_the_token_is_as_unknown_as_none(county, path):
    strange = [county.get(path.format(code)) for code in (NEIGHBOUR, "220000000000", "229999000000")]
    assert {one.status_code for one in strange} == {404} and len({one.content for one in strange}) == 1


def test_a_target_of_no_document_here_is_not_found(county):
    assert county.get(f"/targets/YB.p12?place={scene.STREET}").status_code == 404
    assert county.get(f"/targets/%00?place={scene.STREET}").status_code == 404


@pytest.mark.parametrize("asked", ["", "place=22", "place={0}&on=2999-01-01", "place={0}&on=x", "place={0}&q=1"])
def test_what_is_not_asked_as_described_is_refused(county, asked):
    assert county.get(f"/targets?{asked.format(scene.STREET)}").status_code == 400


def test_a_place_that_ended_is_told_as_of_the_days_it_stood(county):
    Jurisdiction.objects.filter(code=scene.NEXT_STREET).update(ends=dt.date(2021, 1, 1))
    assert county.get(f"/targets?place={scene.NEXT_STREET}&on=2020-12-31").status_code == 200
    no = county.get(f"/targets?place={scene.NEXT_STREET}&on=2021-01-01")
    assert no.status_code == 422 and no.json()["code"] == "place_ended" and "2020-12-31" in no.json()["detail"]


def test_a_token_without_targets_is_told_so(county):
    county.token = county.fresh_token(f"register.read@{scene.COUNTY}")
    for path in (f"/targets?place={scene.STREET}", f"/targets/JL.u2019?place={scene.STREET}", "/judgements"):
        no = county.get(path)
        assert no.status_code == 403 and no.json()["code"] == "scope_missing"


def test_judgements_are_those_of_the_nights_with_their_cause(county):
    actions.night(DAY)
    moment = Judgement.objects.latest("pk").computed_at
    scene.organisation("220202001003", since=NEXT)
    actions.night(NEXT)
    rows = told(county.get(f"/judgements?place={scene.STREET}&parameter=JL.u2019"))["results"]
    assert [(one["on"], one["numerator"], one["status"]) for one in rows] == [
        ("2020-01-01", 19, "not_met"),
        ("2020-01-02", 20, "met"),
    ]
    kept = Judgement.objects.get(pk=rows[-1]["id"])
    assert rows[-1]["cause"] == kept.cause and rows[-1]["edition"] == kept.edition
    since = (moment + dt.timedelta(microseconds=1)).isoformat().replace("+", "%2B")
    later = told(county.get(f"/judgements?updated_since={since}"))["results"]
    assert later and {one["on"] for one in later} == {"2020-01-02"}


def test_judgements_of_other_counties_and_of_the_city_above_are_not_told(county, next_door):
    actions.night(DAY)
    mine = told(county.get("/judgements?page_size=200"))["results"]
    assert mine and {one["place"][:6] for one in mine} == {"220202"}
    assert told(county.get("/judgements?place=220203000000"))["results"] == []
    assert {one["place"][:6] for one in told(next_door.get("/judgements"))["results"]} == {"220203"}


@pytest.mark.parametrize("path", ["/targets?place={}&on=2019-12-31", "/targets/JL.u2019?place={}&on=2019-12-31"])
def test_a_board_is_the_same_to_the_byte_with_and_without_the_county_next_door(county, path):
    before = county.get(path.format(scene.COUNTY)).content
    for _ in range(3):
        scene.organisation("220203001001")
    assert county.get(path.format(scene.COUNTY)).content == before


def test_judgements_are_the_same_with_and_without_the_county_next_door(county):
    scene.organisation("220203001001")
    actions.night(DAY)
    before = county.get("/judgements").content
    Judgement.objects.filter(place_code__startswith="220203")._raw_delete("default")
    assert county.get("/judgements").content == before and not Judgement.objects.filter(place_code="220203000000")


@pytest.mark.parametrize("path", ["/targets?place={}", "/targets/JL.u2020?place={}", "/judgements?place={}"])
def test_as_many_questions_are_asked_of_many_places_as_of_few(county, path):
    def many() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert (
                county.get(path.format(scene.COUNTY) + ("" if "judge" in path else "&on=2020-06-30")).status_code == 200
            )
        return len(asked)

    actions.night(DAY)
    many()
    before = many()
    for number in range(3, 20):
        scene.place(f"220202{number:03d}000", f"第{number}街道")
        scene.place(f"220202{number:03d}001", f"第{number}社区", "urban")
        scene.organisation(f"220202{number:03d}001")
    actions.night(NEXT)
    assert many() <= before
