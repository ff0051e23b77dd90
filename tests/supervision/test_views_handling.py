"""The page of case times: numbers for leaders, lists for desks, plain words for bad input, nothing about persons."""

import datetime as dt
import re

import pytest

from registry.scope import Role
from tests.supervision import scene
from tests.supervision.cases_scene import cases

PAGE = f"/boards/{scene.STREET}/handling/"
ON = {"on": "2026-03-31"}
FIRST = "220202001001"
D = dt.date


@pytest.fixture
def busy(jilin):
    cases(FIRST, 3, since=D(2026, 3, 2), ends=D(2026, 3, 9))
    cases(FIRST, 1, since=D(2026, 3, 2), ends=D(2026, 3, 30))
    cases(scene.STREET, 2, since=D(2026, 3, 20), kind="registration")


def page(client, role, place=scene.STREET, **asked):
    client.force_login(scene.person(role, place))
    return client.get(PAGE, ON | asked)


def test_a_leader_sees_numbers_and_no_lists(client, busy):
    told = page(client, Role.LEADER).content.decode()
    for words in [
        "2025年4月1日至2026年3月31日",
        "备案",
        "登记",
        "7 日",
        "28 日",
        "城市社区1",
        "东街街道本级",
        "数据截至",
    ]:
        assert words in told, words
    assert not re.search(r"handling/\w", told)
    assert client.get(f"{PAGE}open/").status_code == 403


def test_every_number_a_desk_sees_leads_to_that_many_cases(client, busy):
    told = page(client, Role.STREET).content.decode()
    links = set(re.findall(r'href="([^"]+/handling/\w+/[^"]*)"[^>]*>(\d+)</a>', told))
    assert len(links) > 10
    for address, number in links:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert ("共 " + number + " 条" in listed) or (number == "0" and "没有这样的办件" in listed), address


def test_nobody_is_named_and_officers_are_not_compared(client, busy):
    told = page(client, Role.LEADER).content.decode()
    assert "小王" not in told and "只按事项和地方统计，不按人" in told


def test_the_picture_shows_what_the_table_says(client, busy):
    answer = page(client, Role.LEADER)
    ((_, picture),) = answer.context["picture"]
    assert [one["values"] for one in picture["series"]] == [[7], [28]]
    assert picture["categories"] == ["备案"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"on": "明天"}, "日期的写法不对"), ({"months": "7"}, "时间范围"), ({"on": "2999-01-01"}, "不能晚于今天")],
)
def test_bad_input_comes_back_in_words(client, jilin, asked, words):
    answer = page(client, Role.LEADER, **asked)
    assert answer.status_code == 400 and words in answer.content.decode()


@pytest.mark.parametrize("bad", ["nonsense/", "open/?kind=nonsense", "open/?on=nonsense", "open/?months=x"])
def test_a_list_that_does_not_exist_is_not_found(client, jilin, bad):
    client.force_login(scene.person(Role.STREET, scene.STREET))
    assert client.get(PAGE + bad).status_code == 404


def test_a_key_that_cannot_be_read_is_ignored(client, busy):
    client.force_login(scene.person(Role.STREET, scene.STREET))
    assert client.get(f"{PAGE}open/", ON | {"after": "x-y"}).status_code == 200


def test_a_place_without_cases_says_so(client, jilin):
    told = page(client, Role.LEADER).content.decode()
    assert "这段时间没有办件" in told


def test_a_street_of_a_city_without_counties_is_told_what_holds_in_the_city(client, db):
    for code, name in [("440000000000", "广东省"), ("441900000000", "东莞市"), ("441900003000", "东城街道")]:
        scene.place(code, name)
    client.force_login(scene.person(Role.STREET, "441900003000"))
    assert client.get("/boards/441900003000/reductions/").status_code == 200
