"""The coverage board: every number is the length of the list behind it, on any day, on any screen."""

import html
import re

import pytest

from tests.e2e.walker import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.e2e
LINKED = """() => [...document.querySelectorAll('main a')].filter((link) => /^\\d+$/.test(link.textContent.trim()))
  .map((link) => [link.textContent.trim(), link.href, link.getAttribute('aria-label') || ''])"""
ROW = re.compile(r'<tr><th scope="row"')
TOTAL = re.compile(r"共 <strong>(\d+)</strong> 个")
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def listed(one, address):
    """(the total that the list says, its rows over all its pages)."""
    rows, total = 0, None
    while address:
        answer = one.context.request.get(address if address.startswith("http") else one.base + address)
        text = answer.text()
        assert answer.ok, address
        rows += len(ROW.findall(text))
        total = int(TOTAL.search(text)[1])
        more = NEXT.search(text)
        address = html.unescape(more[1]) if more else ""
    return total, rows


@pytest.mark.parametrize("person", ["hexi-jiedao", "qingxiu-jiedao", "lucheng-jiedao"])
def test_every_number_is_the_length_of_its_list(walker, person):
    one = walker().sign_in(person)
    one.go("/boards/")
    found = one.page.evaluate(LINKED)
    assert len(found) > 30
    wrong = [(number, href, told) for number, href, _ in found if (told := listed(one, href)) != (int(number),) * 2]
    assert wrong == []


def test_a_number_opens_its_list(walker):
    one = walker().sign_in("hexi-jiedao")
    one.go("/boards/")
    link = one.page.locator(".stats a").nth(1)
    number = link.inner_text()
    one.press(link)
    assert f"共 {number} 个" in one.text
    assert one.page.locator("main tbody tr").count() == int(number)
    one.press(one.page.locator("main tbody a").first)
    assert one.page.get_by_role("heading", name="状态沿革").is_visible()


def test_another_day_shows_other_numbers(walker):
    one = walker().sign_in("hexi-jiedao")
    one.go("/boards/")
    today = [number for number, _, _ in one.page.evaluate(LINKED)]
    one.page.get_by_label(re.compile("统计日期")).fill("2018-06-30")
    one.press("查看这一天")
    assert "统计日期 2018年6月30日" in one.text
    then = one.page.evaluate(LINKED)
    assert sum(int(number) for number, _, _ in then) < sum(map(int, today))
    for number, href, _ in then[:8]:
        assert listed(one, href) == (int(number),) * 2


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_board_fits_its_screen(walker, viewport):
    one = walker(viewport).sign_in("hexi-lingdao")
    one.go("/boards/")
    one.page.locator("canvas").first.wait_for()
    assert one.manners() == []
    pictures = one.page.locator("figure.chart")
    told = pictures.filter(has=one.page.locator("details, p"))  # its own table, or where the table is
    assert pictures.count() == told.count() > 0
