"""One target of one place: today and on its due days, place by place, month by month."""

import datetime as dt
import re

import pytest

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.scope import Role
from supervision import boards
from supervision.boards.pictures import children, trend, when
from supervision.boards.target import month_ends
from supervision.models import Judgement
from tests.supervision import scene

END_2019, END_2020 = dt.date(2019, 12, 31), dt.date(2020, 12, 31)
PAGE = f"/boards/{scene.STREET}/targets/JL.u2019/"


def target(code=scene.STREET, parameter="JL.u2019", on=END_2019):
    return boards.target(Jurisdiction.objects.get(code=code), parameter, on)


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


@pytest.mark.parametrize(
    ("on", "many", "ends"),
    [
        ("2019-12-31", 2, ["2019-11-30", "2019-12-31"]),
        ("2020-03-15", 3, ["2019-12-31", "2020-01-31", "2020-02-29"]),
        ("2020-03-01", 1, ["2020-02-29"]),
    ],
)
def test_month_ends_that_are_over(on, many, ends):
    assert month_ends(dt.date.fromisoformat(on), many) == [dt.date.fromisoformat(day) for day in ends]


def test_s05_place_by_place_with_how_many_each_needs(jilin):
    found = target()
    assert [(line.name, line.figure.hits, line.gap) for line in found.lines if line.figure.base] == [
        ("城市社区1", 7, 0), ("城市社区2", 5, 0), ("城市社区3", 4, 1), ("城市社区4", 3, 2)
    ]  # fmt: skip
    assert [line.name for line in found.short] == ["城市社区3", "城市社区4"]
    assert not any(line.formal for line in found.lines)
    assert (found.held.judgement.status.value, found.held.judgement.gap) == ("not_met", 1)


def test_the_steps_of_the_same_thing_stand_in_the_order_of_their_due_days(jilin):
    assert [one.parameter.id for one in target().stages] == ["JL.u2018", "JL.u2019", "JL.u2020"]


def test_the_trend_ends_with_the_day_and_counts_as_of_each_day(jilin):
    scene.organisation("220202001001", since=dt.date(2019, 10, 15))
    days = {on: figure.hits for on, figure in target(on=dt.date(2020, 1, 5)).trend}
    assert len(days) == 13 and list(days)[-1] == dt.date(2020, 1, 5)
    assert (days[dt.date(2019, 9, 30)], days[dt.date(2019, 10, 31)], days[dt.date(2020, 1, 5)]) == (19, 20, 20)


def test_pictures_cut_off_and_never_round_up(jilin):
    found = target()
    assert children(found)["series"][0]["values"][:4] == [7, 5, 4, 3]
    assert children(found)["targets"] == [{"name": "目标", "value": 5}]
    assert trend(found)["series"][0]["values"][-1] == 4.75
    assert (when(END_2019), when(dt.date(2019, 12, 30))) == ("2019年12月底", "2019年12月30日")


@pytest.mark.parametrize(("code", "parameter"), [(scene.STREET, "JL.nothing"), (scene.STREET, "TJ.p04")])
def test_a_target_no_document_of_the_place_sets_is_refused(jilin, code, parameter):
    with pytest.raises(Refusal):
        target(code, parameter)


def test_the_page_says_what_is_asked_how_it_stands_and_where_it_falls_short(leader):
    page = leader.get(PAGE, {"on": "2019-12-31"}).content.decode()
    said = [
        "平均不少于 5 个",
        "2019年12月31日前",
        "一（三）",
        "4.75",
        "还差 1 个组织",
        "城市社区3",
        "怎么算",
        "数据截至",
    ]
    assert [words for words in said if words not in page] == []
    assert "（仅作参考）" in page and "下级的数字只说明差在哪里" in page
    assert re.search(r'avg_urban/\?on=2019-12-31&amp;side=hits"[^>]*>19</a>', page)


def test_after_the_due_day_the_page_says_what_changed_since(leader):
    scene.organisation("220202001001", since=dt.date(2020, 2, 1))
    page = leader.get(PAGE, {"on": "2020-12-31"}).content.decode()
    assert "到期以后，组织由 19 变为 20，城市社区没有变化（4）。" in page
    assert "已由后面阶段的目标接替" in page


def test_a_kept_judgement_tells_why_it_changed(leader):
    said = {"edition": "e", "numerator": 20, "denominator": 4, "cause": "补录了1个组织"}
    Judgement.objects.create(
        place_code=scene.STREET, parameter="JL.u2019", indicator="avg_urban", on=END_2020, status="met", gap=0, **said
    )
    page = leader.get(PAGE, {"on": "2020-12-31"}).content.decode()
    assert "补录了1个组织" in page and "20/4" in page


def test_the_county_judges_its_streets_formally(leader):
    found = target(scene.COUNTY)
    assert [line.formal for line in found.lines if not line.figure.own] == [True, True]
    page = leader.get(PAGE.replace(scene.STREET, scene.COUNTY), {"on": "2019-12-31"}).content.decode()
    assert "还没有达到的地方有" in page and f'href="/boards/{scene.NEXT_STREET}/?on=2019-12-31">西街街道</a>' in page


def test_before_the_document_began_the_page_says_so(leader):
    answer = leader.get(PAGE, {"on": "2017-01-01"})
    assert (answer.status_code, "这份文件还没有施行" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("parameter", ["nothing", "TJ.p04", "%00"])
def test_an_unknown_target_is_not_found(leader, parameter):
    assert leader.get(f"/boards/{scene.STREET}/targets/{parameter}/").status_code == 404


def test_what_nobody_entered_is_named_and_leads_to_the_list_of_who_owes_it(leader):
    page = leader.get(PAGE.replace("JL.u2019", "JL.p18a")).content.decode()
    assert "暂无数据" in page or "没有填报" in page
