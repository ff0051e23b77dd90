"""The outlook of a place: where the fewest additions would do, and what the cases under way will bring."""

import datetime as dt
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.codes import NATION
from registry.models import Jurisdiction
from supervision import counts
from supervision.boards import foreseeing
from supervision.boards.outlook import outlook
from supervision.indicators import BY_NAME
from tests.supervision import cases_scene, scene

ON, DUE = dt.date(2019, 10, 1), dt.date(2019, 12, 31)
FIRST = "220202001001"
pytestmark = pytest.mark.usefixtures("jilin")


def parameter(name):
    return next(one for pack in counts.current_packs() for one in pack.parameters if one.id == name)


def look(name="JL.u2019", code=scene.STREET, on=ON):
    return outlook(Jurisdiction.objects.get(code=code), parameter(name), on)


def told(found):
    return [(line.code, line.need.have, line.need.wanted, line.need.least, line.need.alone) for line in found.lines]


def test_the_street_of_s05_needs_one_more_and_says_where():
    assert told(look()) == [
        ("220202001001", 7, 5, 0, 0),
        ("220202001002", 5, 5, 0, 0),
        ("220202001003", 4, 5, 0, 1),
        ("220202001004", 3, 5, 1, 2),
    ]
    assert look().gap == 1


def test_what_is_needed_of_the_parts_adds_up_at_every_level():
    for code in (scene.STREET, scene.COUNTY, "220200000000", "220000000000"):
        found = look("JL.u2020", code)
        assert sum(line.need.least for line in found.lines) == found.gap == found.total.least > 0
        assert sum(line.need.have for line in found.lines) == found.total.have


def test_above_the_street_the_places_right_below_are_told():
    assert told(look("JL.u2019", scene.COUNTY)) == [(scene.STREET, 19, 20, 1, 1), (scene.NEXT_STREET, 0, 5, 5, 5)]


def test_of_a_coverage_exactly_the_places_without_are_told():
    assert told(look("JL.p09", scene.COUNTY)) == [(scene.STREET, 0, 1, 1, 1), (scene.NEXT_STREET, 0, 1, 1, 1)]
    own = look("JL.p09", scene.NEXT_STREET)
    assert [(line.code, line.is_own, line.need.least) for line in own.lines] == [(scene.NEXT_STREET, True, 1)]


def test_a_third_of_the_villages_may_be_any_of_them():
    for number in (204, 205, 206):
        scene.place(f"220202001{number}", f"乡村{number}", "rural")
    found = look("JL.p08")
    assert (found.gap, found.free, found.formal) == (1, True, False)
    assert not look("JL.p09").free


def test_a_class_the_place_does_not_have_leaves_nothing_to_list():
    found = look("JL.r2019", scene.NEXT_STREET)
    assert (found.lines, found.forecast, found.total) == ([], None, None)


def test_cases_under_way_are_weighed_by_the_experience_of_the_county():
    cases_scene.experience("220202002001", granted=40, failed=10, days=20, until=dt.date(2019, 6, 1))
    cases_scene.cases(FIRST, 4, since=dt.date(2019, 9, 20))
    found = look("JL.u2020").forecast
    assert (found.gap, found.streams[0].under_way, found.streams[0].where) == (21, 4, "本区县")
    assert found.expected == 4 * Fraction(41, 52)
    assert (found.year, found.on, found.due) == (0, ON, dt.date(2020, 12, 31))


@pytest.mark.parametrize(
    ("change", "under_way"),
    [
        ({}, 1),
        ({"state": "returned"}, 1),
        ({"state": "draft"}, 0),
        ({"kind": "registration"}, 1),
        ({"said": {"scope": "street"}}, 0),
        ({"said": {"hub_type": "federation"}}, 0),
        ({"said": {"hub_type": ""}}, 1),
        ({"code": "220202001201"}, 0),  # a village adds nothing to the average of urban communities
        ({"code": scene.STREET}, 0),
        ({"since": ON + dt.timedelta(days=1)}, 0),
        ({"since": ON}, 1),
        ({"ends": ON}, 0),
        ({"ends": ON + dt.timedelta(days=1)}, 1),  # decided later: on that day it was under way
    ],
)
def test_only_what_would_add_to_the_number_is_under_way(change, under_way):
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1), kind="registration")
    values = {"code": FIRST, "since": dt.date(2019, 9, 20)} | change
    if values.get("state") == "draft":
        values["submitted_at"] = None
    cases_scene.cases(values.pop("code"), 1, **values)
    assert sum(stream.under_way for stream in look().forecast.streams) == under_way


def test_a_filed_group_that_registers_is_not_one_more():
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1), kind="registration")
    filed = scene.organisation(FIRST)
    cases_scene.cases(FIRST, 1, kind="registration", since=dt.date(2019, 9, 20), organisation=filed)
    assert look("JL.u2020").forecast.streams == ()


def test_two_applications_for_the_hub_of_one_street_make_one_hub():
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    cases_scene.cases(scene.NEXT_STREET, 2, since=dt.date(2019, 9, 20), said={"hub_type": "federation"})
    found = look("JL.p09", scene.COUNTY).forecast
    assert (found.gap, found.streams[0].under_way) == (2, 1)


@pytest.mark.parametrize(
    ("ends", "outcome", "year"),
    [
        (dt.date(2018, 10, 2), "approved", 1),
        (dt.date(2018, 10, 1), "approved", 0),
        (ON, "approved", 1),
        (ON + dt.timedelta(days=1), "approved", 0),
        (ON, "rejected", 0),
    ],
)
def test_the_pace_is_that_of_the_365_days_up_to_the_day(ends, outcome, year):
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    cases_scene.cases(FIRST, 1, since=dt.date(2018, 9, 1), ends=ends, outcome=outcome)
    assert look("JL.u2020").forecast.year == year


def test_a_filing_that_was_only_listed_added_nothing():
    guided = {"decision": {"tier": "community_guided"}}
    cases_scene.cases(FIRST, 31, since=dt.date(2019, 5, 1), ends=dt.date(2019, 5, 9), **guided)
    cases_scene.cases(FIRST, 1, since=dt.date(2019, 9, 20))
    found = look("JL.u2020").forecast
    assert (found.year, found.streams[0].history.rate, found.streams[0].where) == (0, 0, "本街道（乡镇）")


def test_too_little_experience_up_to_the_nation_gives_no_forecast_and_says_so():
    cases_scene.experience("220202002001", granted=29, until=dt.date(2019, 6, 1))
    cases_scene.cases(FIRST, 1, since=dt.date(2019, 9, 20))
    assert (look().forecast, look().silence) == (None, foreseeing.UNTRIED)
    scene.place("110000000000", "北京市"), scene.place("110101000000", "东城区")
    cases_scene.experience("110101000000", granted=1, until=dt.date(2019, 6, 1))
    assert look().forecast.streams[0].where == "全国"


@pytest.mark.parametrize(
    ("name", "on", "silence"),
    [
        ("JL.u2019", DUE, ""),
        ("JL.u2019", DUE + dt.timedelta(days=1), foreseeing.OVER),
        ("JL.u2018", dt.date(2018, 12, 1), ""),
    ],
)
def test_after_the_due_day_nothing_is_foreseen(name, on, silence):
    found = look(name, on=on)
    assert found.silence == silence
    assert (found.forecast is None) is bool(silence or not found.gap)


def test_what_no_case_moves_and_what_has_no_due_day_is_not_foreseen():
    judged = look("JL.u2019").judgement
    party = BY_NAME["party"]
    assert foreseeing.unforeseen(judged, party) == foreseeing.UNMOVED


def test_the_whole_outlook_is_plain_data():
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    cases_scene.cases(FIRST, 3, since=dt.date(2019, 9, 20))
    kept = look("JL.u2020").to_json()
    assert kept["gap"] == sum(one["least"] for one in kept["places"]) == 21
    assert kept["forecast"]["streams"][0]["under_way"] == 3


def test_an_outlook_asks_no_more_for_more_places_and_more_cases():
    def cost(code):
        with CaptureQueriesContext(connection) as found:
            look("JL.u2020", code)
        return len(found)

    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    cases_scene.cases(FIRST, 1, since=dt.date(2019, 9, 20))
    few = [cost(code) for code in (scene.STREET, scene.COUNTY)]
    for number in range(10, 40):
        scene.place(f"220202001{number:03d}", f"社区{number}", "urban")
        scene.place(f"220202{number:03d}000", f"街道{number}")
        cases_scene.cases(f"220202001{number:03d}", 1, since=dt.date(2019, 9, 20))
    assert [cost(code) for code in (scene.STREET, scene.COUNTY)] == few


def test_the_nation_is_asked_like_any_place():
    Jurisdiction.objects.get_or_create(code=NATION, defaults={"name": "全国", "level": 0, "kind": "nation"})
    cases_scene.cases(FIRST, 1, since=dt.date(2019, 9, 20))
    cases_scene.experience("220202002001", until=dt.date(2019, 6, 1))
    found = look("JL.u2020", NATION)
    assert [line.code for line in found.lines] == ["220000000000"]
    assert found.forecast.streams[0].where == "全国"
