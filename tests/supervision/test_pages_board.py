"""The overview of a place: themes, the nation, days, the way down, and the wall."""

import re

import pytest

from registry.codes import NATION
from registry.models import Jurisdiction
from registry.scope import Role
from supervision.boards import themes
from tests.supervision import scene

BOARD, DAY = f"/boards/{scene.STREET}/", "2019-12-31"


def nation():
    found, _ = Jurisdiction.objects.get_or_create(code=NATION, defaults={"name": "全国", "level": 0, "kind": "nation"})
    return found


def sign_in(client, code):
    client.force_login(scene.person(Role.LEADER, code))
    return client


@pytest.fixture
def leader(client, jilin):
    return sign_in(client, scene.COUNTY)


@pytest.mark.parametrize(
    ("key", "theme"),
    [
        ("target.avg_per_urban_community", "numbers"),
        ("target.hub.per_street", "hubs"),
        ("rule.hub.full_time_social_workers", "hubs"),
        ("party.coverage", "party"),
        ("target.volunteer_ratio", "volunteers"),
        ("street.assigned_staff", "means"),
        ("street.management_procedure_document", "duties"),
        ("brand.per_town", "features"),
        ("what.no.theme.knows", "rest"),
        ("", "rest"),
    ],
)
def test_every_key_has_a_theme(key, theme):
    assert themes.of(key).slug == theme


def test_targets_stand_under_their_themes_and_the_nation_apart(leader):
    page = leader.get(BOARD, {"on": DAY}).content.decode()
    order = ["离目标还差多少", "数量和覆盖", "枢纽和孵化", "其他阶段的目标", "全国参考线", "下级各地"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.index("targets/CN.76/") > page.index('caption class="visually-hidden">全国参考线')


def test_a_theme_chooses_the_columns_of_the_places_below(leader):
    def columns(theme):
        page = leader.get(f"/boards/{scene.COUNTY}/", {"on": DAY, "theme": theme}).content.decode()
        return re.findall(r'<th scope="col">(.+?)</th>', page[page.index('id="below"') :])

    assert "城市平均" in columns("") and "街道枢纽" not in columns("")
    assert "街道枢纽" in columns("hubs") and "城市平均" not in columns("hubs")
    assert columns("nonsense") == columns("")


def test_quick_days_are_today_and_the_due_days_that_are_over(leader):
    page = leader.get(BOARD).content.decode()
    shown = re.findall(r'href="/boards/220202001000/\?on=([\d-]+)"', page[: page.index("统计日期")])
    assert shown[1:] == ["2020-12-31", "2019-12-31", "2018-12-31"]
    assert 'value="2019-12-31"' in leader.get(BOARD, {"on": DAY}).content.decode()


def test_only_who_holds_the_nation_finds_it_on_the_way_down(client, jilin):
    nation()
    assert "全国</a>" not in sign_in(client, scene.COUNTY).get(BOARD).content.decode()
    assert client.get(f"/boards/{NATION}/").status_code == 404
    page = sign_in(client, NATION).get(BOARD).content.decode()
    assert re.search(rf'href="/boards/{NATION}/\?on=[\d-]+">全国</a>', page)


def test_the_board_of_the_nation_shows_its_own_targets_and_the_provinces_and_stays_small(client, jilin):
    nation()
    for number in range(30, 60):
        scene.place(f"{number}0000000000", f"第{number}省")
        scene.place(f"{number}0101001000", f"街道{number}")
        scene.place(f"{number}0101001001", f"社区{number}", "urban")
        scene.organisation(f"{number}0101001001")
    answer = sign_in(client, NATION).get(f"/boards/{NATION}/", {"on": DAY})
    page = answer.content.decode()
    assert "吉林省" in page and "第59省" in page and "全国参考线" not in page
    assert page.index("targets/CN.76/") < page.index('id="below"')
    assert len(answer.content) < 150_000


def test_the_wall_is_quiet_and_comes_back_by_itself(leader):
    answer = leader.get(f"{BOARD}wall/", {"on": DAY})
    page = answer.content.decode()
    assert answer.headers["Refresh"] == "300"
    assert "东街街道" in page and "4.75" in page and "平均不少于 5 个" in page and "数据截至" in page
    assert "<script" not in page and "<nav" not in page and "<table" not in page
