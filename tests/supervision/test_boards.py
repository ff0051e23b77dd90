"""The board says what the documents ask, in one fixed number of statements, and as of any day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.errors import Refusal
from registry import policies
from registry.models import Jurisdiction
from supervision import boards, keeping
from tests.supervision import scene

END_2019, END_2020 = dt.date(2019, 12, 31), dt.date(2020, 12, 31)


def board(code=scene.STREET, on=END_2019):
    return boards.coverage(Jurisdiction.objects.get(code=code), on)


def held(found, parameter):
    return next(one for one in found.held if one.parameter.id == parameter)


@pytest.mark.parametrize(
    ("parameter", "on", "value", "status", "gap", "formal"),
    [
        ("JL.u2018", END_2019, "19/4", "met", 0, True),
        ("JL.u2019", END_2019, "19/4", "not_met", 1, True),
        ("JL.r2019", END_2019, "3", "met", 0, True),
        ("JL.p08", END_2019, "1/3", "met", 0, False),
        ("JL.p07", END_2019, "1", "met", 0, True),
        ("JL.u2020", END_2020, "19/4", "not_met", 21, True),
        ("JL.r2020", END_2020, "3", "not_met", 6, True),
        ("JL.p09", END_2020, "0", "not_met", 1, True),
    ],
)
def test_s05_on_the_board_of_the_street(jilin, parameter, on, value, status, gap, formal):
    found = held(board(on=on), parameter).to_json()
    assert (found["value"], found["status"], found["gap"], found["formal"]) == (value, status, gap, formal)


def test_the_third_of_rural_communities_is_formal_for_the_county(jilin):
    assert held(board(scene.COUNTY), "JL.p08").formal


def test_a_past_due_day_is_judged_as_at_that_day_and_as_today(jilin):
    scene.organisation("220202001001", since=dt.date(2020, 2, 1))
    found = held(board(on=END_2020), "JL.u2019").to_json()
    assert (found["status"], found["value"]) == ("met", "5")
    assert found["at_due"] == {
        "on": "2019-12-31", "numerator": 19, "denominator": 4, "value": "19/4", "status": "not_met", "gap": 1,
    }  # fmt: skip


def test_a_document_that_has_not_begun_asks_nothing(jilin):
    assert not any(one.parameter.area == "220000000000" for one in board(on=dt.date(2017, 12, 24)).held)


def test_what_the_register_cannot_know_is_no_data(db):
    policies.load()
    scene.place("330000000000", "浙江省")
    wenzhou = scene.place("330300000000", "温州市")
    scene.place("330302000000", "鹿城区")
    found = held(boards.coverage(wenzhou, END_2020), "WZ.p07")
    assert (found.words["verdict"], found.formal) == ("暂无数据", True)


def test_a_class_without_communities_is_not_applicable(jilin):
    found = held(board(scene.NEXT_STREET), "JL.r2019")
    assert (found.judgement.status.value, found.figure.text) == ("not_applicable", "不适用")


def test_the_rows_add_up_to_the_whole_also_where_the_street_itself_holds_something(jilin):
    for code in (scene.STREET, scene.COUNTY, "220000000000"):
        found = board(code)
        for at, column in enumerate(found.columns):
            whole = next(figure for figure in found.own if figure.indicator is column)
            parts = [row.figures[at] for row in found.rows]
            assert (sum(p.hits for p in parts), sum(p.base for p in parts)) == (whole.hits, whole.base), column.name


def test_children_stand_in_code_order_with_the_own_level_last(jilin):
    assert [row.name for row in board(scene.COUNTY).rows] == ["东街街道", "西街街道", "昌邑区本级"]
    assert [row.is_own for row in board().rows] == [False] * 7 + [True]


def test_a_pseudo_level_is_stepped_over(db):
    for code, name in [("12", "天津市"), ("1201", "市辖区"), ("120103", "河西区"), ("120104", "南开区")]:
        scene.place(code.ljust(12, "0"), name)
    scene.place("120103001000", "大营门街道")
    found = board("120000000000")
    assert [row.name for row in found.rows] == ["河西区", "南开区"]


def statements(code):
    for day in (dt.date(2018, 12, 31), END_2019):
        keeping.keep(day)
    keeping.fold()
    with CaptureQueriesContext(connection) as caught:
        board(code)
    return len(caught)


def test_the_number_of_statements_does_not_grow_with_the_places(jilin):
    before = statements(scene.COUNTY)
    for number in range(10, 40):
        street = scene.place(f"2202020{number}000", f"街道{number}")
        scene.place(f"{street.code[:9]}001", f"社区{number}", "urban")
    assert statements(scene.COUNTY) == before <= 14


@pytest.mark.parametrize(
    ("name", "side", "total"),
    [
        ("avg_urban", "hits", 19),
        ("avg_urban", "base", 4),
        ("federation_street", "missing", 1),
        ("party", "missing", 31),
    ],
)
def test_the_list_behind_a_number_pages_by_key_to_its_end(jilin, name, side, total):
    place, seen, after = Jurisdiction.objects.get(code=scene.STREET), [], ""
    while True:
        page = boards.behind(place, name, side, END_2019, after, size=4)
        seen += [thing.pk for thing in page.rows]
        after = page.after
        if not after:
            break
    assert (page.total, len(seen), len(set(seen))) == (total, total, total)


@pytest.mark.parametrize(
    ("name", "side", "after"),
    [("nothing", "hits", ""), ("filed", "missing", ""), ("filed", "hits", "x"), ("filed", "hits", "220202001001-")],
)
def test_a_list_that_does_not_exist_is_refused(jilin, name, side, after):
    with pytest.raises(Refusal):
        boards.behind(Jurisdiction.objects.get(code=scene.STREET), name, side, END_2019, after)


def test_pictures_draw_places_against_the_binding_target(jilin):
    data = dict(boards.pictures(board(scene.COUNTY)))["chart-average"]
    assert data["categories"] == ["东街街道", "西街街道"]
    assert data["series"][0] == {"name": "城市平均", "values": [4.75, 0]}
    assert {"name": "城市平均2019年目标", "value": 5} in data["targets"]
