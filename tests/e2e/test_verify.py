"""J9: anybody asks about a certificate on a telephone, without signing in."""

import datetime as dt
import re

import pytest

from registry import register
from registry.models import Certificate
from tests import builders
from tests.e2e.walker import PHONE

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def papers(crew):
    """A valid filing certificate and one that was cancelled."""
    cast = crew("hexi")
    made = [
        builders.walk(builders.draft(cast.wang, cast.garden, said=builders.answers(name)), cast)
        for name in ("核验一队", "核验二队")
    ]
    register.end(made[1].organisation, by=cast.li, on=dt.date.today(), reason="自行解散")
    return [Certificate.objects.get(case=case) for case in made]


def asked(one, number):
    one.go("/")
    one.press("核验证书").write("证书编号", number)
    return one.press("核验")


def test_a_valid_paper(walker, papers):
    one = walker(PHONE)
    asked(one, papers[0].number)
    assert one.clicks == 2
    for words in ("这份证书有效", "核验一队", "不是法人", "九江路社区", "大营门街道", "查询时间"):
        assert words in one.text
    assert not re.search(r"139\d{8}|120103\d{12}|刘桂兰", one.page.content())
    assert one.manners() == []


def test_a_cancelled_paper_is_red_and_says_so(walker, papers):
    one = walker(PHONE)
    one.go(papers[1].get_absolute_url())
    notice = one.page.locator(".notice-bad").inner_text()
    assert "已经失效" in notice and "自行解散" in notice
    colour = one.page.get_by_text("已失效", exact=True).evaluate("(tag) => getComputedStyle(tag).color")
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    assert red > 100 and red > 2 * max(green, blue)
    assert one.manners() == []


def test_an_unknown_number_and_too_many_questions(walker, papers):
    one = walker(PHONE)
    asked(one, "备120103001〔2099〕99999号")
    assert "没有查到" in one.text and one.manners() == []
    for _ in range(31):
        one.go("/verify/?number=%E5%A4%871")
    assert "查询太频繁" in one.text and one.manners() == []
    one.expected = one.refusals.copy()
    assert set(one.refusals) == {429}
