"""A leader reads the boards: down to a street, on another day, one target, the mix, on paper and on the wall."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from supervision import keeping
from tests.e2e.walker import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.e2e
WALL = {"width": 1920, "height": 1080}
DUE = [dt.date(year, 12, 31) for year in (2018, 2019, 2020)]
COUNTY = "/boards/220202000000/"
PAPER = """() => { const shown = (one) => getComputedStyle(one).display;
  const all = (what) => [...document.querySelectorAll(what)];
  return { nav: shown(all('.nav-line')[0]), days: shown(all('.days')[0]),
    heads: all('main thead').every((one) => shown(one) === 'table-header-group'),
    cards: all('main tbody tr').every((one) => shown(one) === 'table-row') }; }"""
FITS = (
    "() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
)


@pytest.fixture(scope="module", autouse=True)
def kept(portal):
    """What every night keeps: today and the due days that are over."""
    for day in (*DUE, timezone.localdate()):
        keeping.keep(day)


def test_a_leader_walks_down_to_the_organisations_of_a_community(walker):
    one = walker().sign_in("changyi-lingdao")
    one.go("/boards/")
    assert one.page.get_by_role("heading", level=1).inner_text() == "昌邑区覆盖看板"
    for level in ("街道", "社区"):
        link = one.page.locator("#below ~ .table-box tbody th a").first
        name = link.inner_text()
        one.press(link)
        assert one.page.get_by_role("heading", level=1).inner_text() == f"{name}覆盖看板", level
    one.press(one.page.locator(".stats a").nth(1))
    assert re.search(r"共 \d+ 个", one.text)
    one.press(one.page.locator(".crumbs a").last)
    assert one.page.get_by_role("heading", level=1).inner_text() == f"{name}覆盖看板"


def test_a_day_chosen_once_stays_all_the_way_to_a_target(walker):
    one = walker().sign_in("changyi-lingdao")
    one.go(COUNTY)
    one.press("2019年12月31日")
    assert "统计日期 2019年12月31日" in one.text
    assert one.page.get_by_label(re.compile("统计日期")).input_value() == "2019-12-31"
    one.press(one.page.locator("table.targets tbody th a").first)
    assert "统计日期 2019年12月31日" in one.text and "怎么算" in one.text
    one.page.locator("canvas").nth(1).wait_for()
    one.press("回到看板")
    assert "统计日期 2019年12月31日" in one.text


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
@pytest.mark.parametrize("path", ["", "?theme=hubs", "targets/JL.u2020/", "targets/JL.p18a/", "mix/"])
def test_every_page_fits_its_screen_and_bars_nobody(walker, viewport, path):
    one = walker(viewport).sign_in("changyi-lingdao")
    one.go(COUNTY + path)
    assert one.manners() == []


@pytest.mark.parametrize("path", ["", "targets/JL.u2020/", "mix/"])
def test_on_paper_there_is_no_navigation_and_tables_keep_their_heads(walker, path):
    one = walker(PHONE).sign_in("changyi-lingdao")
    one.go(COUNTY + path)
    one.page.locator("canvas").first.wait_for()
    one.page.emulate_media(media="print")
    assert one.page.evaluate(PAPER) == {"nav": "none", "days": "none", "heads": True, "cards": True}
    assert len(one.page.pdf(format="A4")) > 20_000


def test_the_wall_fits_one_screen_without_a_script(walker):
    one = walker(WALL, script=False).sign_in("changyi-lingdao")
    one.go(f"{COUNTY}wall/")
    assert "昌邑区社区社会组织" in one.text and "未达标" in one.text
    seeing = walker(WALL).sign_in("changyi-lingdao")
    seeing.go(f"{COUNTY}wall/")
    assert seeing.page.evaluate(FITS)
    assert seeing.barriers() == []


def test_every_number_of_every_theme_is_the_length_of_its_list(walker):
    one = walker().sign_in("changyi-jiedao")
    one.go("/boards/")
    themes = one.page.locator("nav[aria-label='看哪一类数字'] a").evaluate_all("all => all.map((one) => one.href)")
    assert len(themes) > 1
    wrong = []
    for theme in themes:
        one.go(theme)
        for cell in one.page.locator("#below ~ .table-box tfoot td a").evaluate_all(
            "all => all.map((a) => [a.textContent, a.href])"
        ):
            told = one.context.request.get(cell[1]).text()
            number = re.search(r"\d+", cell[0])[0]
            if f"共 <strong>{number}</strong>" not in told and f"合计 <strong>{number}</strong>" not in told:
                wrong.append(cell)
    assert wrong == []
