"""五减: what is asked today is read off the tables, what was before is entered once, and nothing is guessed."""

import datetime as dt

import pytest
from django.urls import reverse

from registry.casework import kinds
from registry.scope import Role
from supervision.boards import reductions as five
from supervision.boards.reductions import Verdict
from supervision.models import Entry
from tests import builders
from tests.supervision import scene

D = dt.date
ON = D(2026, 3, 31)


def entered(place, year=2026, **values):
    for key, value in values.items():
        where = {"place_code": place.code, "item": f"baseline_{key}", "year": year}
        Entry.objects.create(value=value, source="区民政局 2018 年事项清单", **where)


def verdicts(place, on=ON):
    return {one.key: one.verdict for one in five.reductions(place, on).five}


@pytest.mark.parametrize("key", ["filing", "registration"])
def test_steps_are_the_fewest_from_the_draft_to_the_grant(key):
    for flow in kinds.of(key).flows.values():
        assert 4 <= five.steps(flow) <= 5
    assert five.steps(()) == 0


def test_what_there_is_today_follows_from_flows_papers_and_limits(places, packs):
    found = five.reductions(places.hexi, ON)
    told = {line.label: line for line in found.lines}
    filing, registration = told["备案"], told["登记"]
    assert (filing.steps, filing.materials, filing.certificates, filing.days) == (4, 2, 0, 12)
    assert registration.materials > filing.materials and registration.certificates >= 3
    assert filing.source == "暂定"
    assert {one.key: one.now for one in found.five} == five.most(found.lines)
    assert found.clause.clause == "三（三）"


def test_a_report_no_document_asks_for_is_no_matter_here(places, packs):
    labels = [line.label for line in five.reductions(places.hexi, ON).lines]
    assert "法定代表人履职报告" not in labels and "年度报告" in labels


def test_without_the_figures_of_before_there_is_no_verdict(places, packs):
    assert set(verdicts(places.hexi).values()) == {Verdict.NO_DATA}


@pytest.mark.parametrize(
    ("more", "verdict"), [(1, Verdict.LESS), (0, Verdict.NOT_LESS), (-1, Verdict.NOT_LESS)], ids=str
)
def test_less_is_less_and_the_same_is_not(places, packs, more, verdict):
    now = next(one.now for one in five.reductions(places.hexi, ON).five if one.key == "days")
    entered(places.hexi, days=now + more)
    assert verdicts(places.hexi) | {"days": verdict} == verdicts(places.hexi)
    assert verdicts(places.hexi)["steps"] == Verdict.NO_DATA


def test_the_newest_figure_that_is_not_later_than_the_day_counts(places, packs):
    entered(places.hexi, year=2025, materials=99)
    entered(places.hexi, year=2027, materials=1)
    assert verdicts(places.hexi)["materials"] == Verdict.LESS
    assert verdicts(places.hexi, D(2024, 1, 1))["materials"] == Verdict.NO_DATA


def test_a_figure_that_was_put_right_no_longer_counts(places, packs):
    entered(places.hexi, steps=1)
    Entry.objects.update(current=False)
    entered(places.hexi, steps=99)
    assert verdicts(places.hexi)["steps"] == Verdict.LESS


def test_above_the_county_it_is_told_who_has_entered_all_five(places, packs):
    entered(places.hexi, items=20, steps=9, materials=12, certificates=8, days=30)
    entered(places.heping, items=20)
    assert five.entered([places.tianjin], ON) == {places.tianjin.code: (1, 2)}


def test_the_page_of_a_county_shows_clause_and_verdict(client, cast, places, packs):
    client.force_login(cast.zhao)
    url = reverse("supervision:reductions", args=[places.hexi.code])
    before = client.get(url).content.decode()
    for words in ["减事项", "减时限", "未录入改革前的数字", "三（三）", "12 个工作日", "暂定"]:
        assert words in before, words
    entered(places.hexi, items=20, steps=9, materials=12, certificates=8, days=30)
    answer = client.get(url)
    after = answer.content.decode()
    assert "减少 10 个工作日" in after and "未录入" not in after
    ((_, picture),) = answer.context["picture"]
    assert picture["series"][0]["values"] == [20, 9, 12, 8, 30]


def test_a_place_whose_documents_do_not_ask_says_so(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.STREET))
    told = client.get(reverse("supervision:reductions", args=[scene.STREET])).content.decode()
    assert "没有提出“五减”要求" in told and "由区县统一规定" in told


def test_a_province_sees_its_counties(client, places, packs):
    client.force_login(builders.person("周处", Role.LEADER, places.tianjin))
    told = client.get(reverse("supervision:reductions", args=[places.tianjin.code])).content.decode()
    assert "河西区" in told and "0/1" in told


def test_without_documents_there_is_nothing_to_show_and_no_error(client, cast, places):
    client.force_login(cast.zhao)
    answer = client.get(reverse("supervision:reductions", args=[places.hexi.code]))
    assert answer.status_code == 200 and "还没有适用于本地的文件" in answer.content.decode()
