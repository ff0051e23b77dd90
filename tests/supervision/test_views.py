"""Boards in the browser: who may open them, links that lead to the very rows, bad input in plain words."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.scope import Role
from supervision import actions
from tests.supervision import scene

BOARD = f"/boards/{scene.STREET}/"
DAY = "2019-12-31"


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


def test_the_board_shows_value_target_gap_and_clause(leader):
    page = leader.get(BOARD, {"on": DAY}).content.decode()
    for words in ["4.75", "还差 1 个组织", "2019年12月31日前", "一（三）", "数据截至", "未达标", "全国参考线"]:
        assert words in page, words


def test_every_number_on_the_board_leads_to_that_many_rows(leader):
    page = leader.get(BOARD, {"on": DAY}).content.decode()
    links = set(re.findall(r'href="([^"]+side=(?:hits|base)[^"]*)"[^>]*>(\d+)</a>', page))
    assert len(links) > 30
    for address, number in links:
        listed = leader.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(r"共 <strong>(\d+)</strong>", listed)[1] == number, address
    missing = re.findall(r'href="([^"]+side=missing)">(\d+) 个尚未达到', page)
    for address, number in missing:
        assert f"共 <strong>{number}</strong>" in leader.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER])
def test_staff_open_the_boards_of_their_places(client, jilin, role):
    client.force_login(scene.person(role, scene.STREET))
    assert client.get(BOARD).status_code == 200
    assert client.get(f"{BOARD}avg_urban/").status_code == 200
    assert client.get("/boards/", follow=True).redirect_chain[0][0] == BOARD


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.LEADER, scene.NEXT_STREET), (Role.APPLICANT, scene.STREET), (Role.COMMUNITY, "220202001001")],
)
def test_a_stranger_an_applicant_and_staff_below_find_nothing(client, jilin, role, place):
    client.force_login(scene.person(role, place))
    assert client.get(BOARD).status_code == 404
    assert client.get(f"{BOARD}avg_urban/").status_code == 404


@pytest.mark.parametrize("address", ["/boards/", BOARD, f"{BOARD}avg_urban/", "/boards/alerts/"])
def test_a_visitor_is_asked_to_sign_in(client, jilin, address):
    assert client.get(address)["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2999-01-01", "日期不能晚于今天"),
        ("昨天", "日期的写法不对"),
        ("2019-02-30", "日期的写法不对"),
        ("0001-01-01", "日期不能早于"),
    ],
)
def test_a_day_that_cannot_be_used_comes_back_with_its_reason(leader, on, words):
    page = leader.get(BOARD, {"on": on})
    assert (page.status_code, words in page.content.decode()) == (400, True)


@pytest.mark.parametrize("on", ["２０１９-１２-３１", "2019年12月31日", "2019/12/31", " 2019-12-31 "])
def test_a_day_may_be_written_as_people_write_it(leader, on):
    assert "2019年12月31日" in leader.get(BOARD, {"on": on}).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/boards/999999/",
        "/boards/22020/",
        "/boards/abc/",
        f"{BOARD}nothing/",
        f"{BOARD}filed/?side=missing",
        f"{BOARD}filed/?after=x",
    ],
)
def test_an_unknown_place_or_list_is_not_found(leader, address):
    assert leader.get(address).status_code == 404


def test_a_short_code_finds_the_same_board(leader):
    assert leader.get("/boards/220202001/").status_code == 200


def statements(client, address, **asked):
    assert client.get(address, asked).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(address, asked)
    return len(found)


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}mix/", f"{BOARD}targets/JL.u2019/", f"{BOARD}wall/"])
def test_a_page_costs_the_same_statements_for_few_and_many_children_and_organisations(leader, address):
    few = statements(leader, address, on=DAY)
    for number in range(10, 40):
        home = scene.place(f"220202001{number:03d}", f"社区{number}", "urban")
        scene.organisation(home.code)
    assert statements(leader, address, on=DAY) == few


def test_alerts_of_my_places_in_plain_words(leader, client):
    actions.night(dt.date(2020, 1, 1))
    page = leader.get("/boards/alerts/").content.decode()
    assert "东街街道" in page and "还差 1 个组织" in page
    client.force_login(scene.person(Role.STREET, scene.NEXT_STREET, "外人"))
    assert "东街街道" not in client.get("/boards/alerts/").content.decode()
