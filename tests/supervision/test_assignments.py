"""Outlooks and assignments in the browser: plain words, links that lead on, buttons only for whom they work."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Office
from registry.scope import Role
from supervision.models import Assignment
from tests.supervision import cases_scene, scene

TODAY = "2020-06-01 10:00+08:00"
URL = f"/boards/{scene.STREET}/outlook/JL.u2020/"
LIST = "/boards/assignments/"


@pytest.fixture(autouse=True)
def _then(jilin):
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def enter(client):
    def enter(role, place=scene.STREET, name="赵局"):
        user = scene.person(role, place, name)
        Office.objects.update(starts=scene.FOUNDED)
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def errand():
    return Assignment.objects.create(
        place_code=scene.STREET,
        parameter="JL.u2020",
        indicator="avg_urban",
        document="吉林省民政厅 2017-12-25",
        clause="一（三）",
        title="到 2020 年底，城市社区平均每个有 10 个社区社会组织。",
        needed=21,
        due=dt.date(2020, 12, 31),
        forecast={"range": [18, 21]},
        opened_on=dt.date(2020, 6, 1),
    )


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_outlook_says_how_many_where_and_what_to_expect(enter):
    cases_scene.experience("220202002001", granted=40, failed=10, days=20, until=dt.date(2020, 3, 1))
    cases_scene.cases("220202001001", 4, since=dt.date(2020, 5, 20))
    said = text(enter(Role.STREET).get(URL))
    for words in [
        "还差 21 个组织",
        "城市社区4 3 10 7 7",
        "合计 19 40 21 不相加",
        "预计到2020年12月31日还差 18 个组织（17 到 19 之间）",
        "按近一年速度，到2020年12月31日还差 21 个组织",
        "本区县近一年办结 50 件，通过 40 件",
        "以后提交的申请、以后注销的组织都不算",
    ]:
        assert words in said, words
    assert "None" not in said and "{" not in said


def test_above_the_street_each_place_leads_to_its_own_outlook(enter):
    page = (
        enter(Role.DISTRICT, scene.COUNTY)
        .get(f"/boards/{scene.COUNTY}/outlook/JL.u2020/?on=2020-05-01")
        .content.decode()
    )
    assert f'href="/boards/{scene.STREET}/outlook/JL.u2020/?on=2020-05-01"' in page


def test_the_number_a_place_has_leads_to_that_many_rows(enter):
    client = enter(Role.DISTRICT, scene.COUNTY)
    page = client.get(f"/boards/{scene.COUNTY}/outlook/JL.u2020/").content.decode()
    links = re.findall(r'href="([^"]+side=hits[^"]*)"[^>]*>(\d+)</a>', page)
    assert len(links) == 2
    for address, number in links:
        assert f"共 <strong>{number}</strong>" in client.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize(
    ("name", "on", "words"),
    [
        ("JL.u2019", "2020-06-01", "期限已过，不再预计"),
        ("JL.r2018", "2018-06-01", "已经达到，不需要新增"),
        ("JL.u2020", "2020-06-01", "现在没有在办的申请"),
    ],
)
def test_what_cannot_be_foreseen_says_why(enter, name, on, words):
    assert words in text(enter(Role.STREET).get(f"/boards/{scene.STREET}/outlook/{name}/?on={on}"))


def test_cases_nobody_can_judge_say_so(enter):
    cases_scene.cases("220202001001", 1, since=dt.date(2020, 5, 20))
    said = text(enter(Role.STREET).get(URL))
    assert "近一年办结的申请不足 30 件" in said and "预计到2020年" not in said


@pytest.mark.parametrize(
    "address",
    [
        f"/boards/{scene.STREET}/outlook/nothing/",
        f"/boards/{scene.STREET}/outlook/WZ.p01/",
        "/boards/9/outlook/JL.u2020/",
    ],
)
def test_an_unknown_target_or_place_is_not_found(enter, address):
    assert enter(Role.STREET).get(address).status_code == 404


def test_a_day_that_cannot_be_used_comes_back_with_its_reason(enter):
    page = enter(Role.STREET).get(f"{URL}?on=2999-01-01")
    assert (page.status_code, "日期不能晚于今天" in page.content.decode()) == (400, True)


def test_the_button_stands_only_where_it_works(enter):
    assert "交办给东街街道" in text(enter(Role.DISTRICT, scene.COUNTY).get(URL))
    assert "交办给" not in text(enter(Role.DISTRICT, "220200000000").get(f"/boards/{scene.COUNTY}/outlook/JL.u2020/"))
    assert "交办给" not in text(enter(Role.DISTRICT, "220000000000").get(f"{URL}?on=2020-05-01"))
    assert "交办给" not in text(enter(Role.LEADER, scene.COUNTY).get(URL))
    assert "交办给" not in text(enter(Role.STREET).get(URL))


def test_an_officer_assigns_the_street_answers_the_officer_ends_it(enter):
    officer = enter(Role.DISTRICT, scene.COUNTY, "张科")
    assert "已交办" in text(officer.post(f"{URL}assign/", follow=True))
    assert "已经交办" in text(officer.get(URL))
    made = Assignment.objects.get()
    street = enter(Role.STREET, scene.STREET, "老李")
    page = text(street.get(f"{LIST}{made.pk}/"))
    assert "还差 21 个组织" in page and "街道回复" in page and "结束交办" not in page
    said = text(street.post(f"{LIST}{made.pk}/answer/", {"answer": "六月底前备案五家"}, follow=True))
    assert "六月底前备案五家" in said and "已回复" in said and "老李 2020年6月1日" in said
    client = enter(Role.DISTRICT, "220200000000", "孙局")
    said = text(client.post(f"{LIST}{made.pk}/close/", {"reason": "目标有调整"}, follow=True))
    assert "已结束" in said and "目标有调整" in said and "<form" not in said
    assert "目标有调整" not in text(client.get(LIST)) and "东街街道" in text(client.get(LIST, {"tab": "over"}))


@pytest.mark.parametrize(
    ("role", "verb", "data", "words"),
    [
        (Role.STREET, "answer", {"answer": " "}, "填写回复"),
        (Role.STREET, "answer", {"answer": "字" * 2001}, "回复不能超过 2000 个字"),
        (Role.DISTRICT, "close", {}, "填写结束原因"),
    ],
)
def test_what_is_wrong_comes_back_with_its_field(enter, errand, role, verb, data, words):
    page = enter(role, scene.COUNTY).post(f"{LIST}{errand.pk}/{verb}/", data)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert "错误：" in page.content.decode()
    errand.refresh_from_db()
    assert errand.state == "open"


def test_an_unknown_verb_is_not_found(enter, errand):
    assert enter(Role.STREET).post(f"{LIST}{errand.pk}/burn/", {}).status_code == 404


def test_what_is_over_takes_no_answer(enter, errand):
    Assignment.objects.update(state="closed", closed_on=dt.date(2020, 6, 1), reason="目标已经达到")
    assert enter(Role.STREET).post(f"{LIST}{errand.pk}/answer/", {"answer": "好"}).status_code == 409


def test_a_committee_reads_what_its_street_is_asked_and_finds_no_dead_link(enter, errand):
    client = enter(Role.COMMUNITY, "220202001001", "小王")
    assert "东街街道" in text(client.get(LIST))
    page = client.get(f"{LIST}{errand.pk}/").content.decode()
    assert "18 到 21 之间" in page and "<textarea" not in page and "/outlook/" not in page


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.STREET, scene.NEXT_STREET), (Role.COMMUNITY, "220202002001"), (Role.APPLICANT, "220202001001")],
)
def test_a_stranger_finds_nothing(enter, errand, role, place):
    client = enter(role, place, "外人")
    assert client.get(f"{LIST}{errand.pk}/").status_code == 404
    assert client.post(f"{LIST}{errand.pk}/answer/", {"answer": "好"}).status_code == 404
    assert "东街街道" not in client.get(LIST).content.decode()


def test_the_list_costs_the_same_for_ten_and_for_a_hundred(enter, errand):
    client = enter(Role.LEADER, scene.COUNTY)

    def cost():
        client.get(LIST)
        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST).status_code == 200
        return len(found)

    few = cost()
    row = {field: getattr(errand, field) for field in ("indicator", "title", "needed", "due", "opened_on")}
    Assignment.objects.bulk_create(
        [Assignment(place_code=scene.NEXT_STREET, parameter=f"P{number}", **row) for number in range(100)]
    )
    assert cost() == few <= 10
