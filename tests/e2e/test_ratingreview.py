"""差评核实 on a telephone and at a desk: found from the first page, read, and written down once."""

import pytest

from registry import ratings
from tests import builders
from tests.e2e.walker import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.e2e
NAMES = iter(("合唱", "腰鼓", "书法"))


@pytest.fixture
def low(crew):
    """A filing of 河西区 rated as badly as can be; 陈姐 had no hand in it."""
    people = crew("hexi")
    said = builders.answers(f"差评核实{next(NAMES)}队")
    case = builders.walk(builders.draft(people.auntie, people.garden, said=said), people)
    return ratings.rate(case, 1, reasons=["repeated", "slow"], text="说改了三次，每次都不一样").review


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["1366", "390", "360"])
def test_a_low_rating_is_looked_into(size, walker, low):
    one = walker(size).sign_in("hexi-jiedao2")
    one.go("/ratings/reviews/")
    assert one.manners() == [] and "待核实" in one.text
    one.go(f"/ratings/reviews/{low.pk}/")
    assert one.manners() == [] and "说改了三次" in one.text and low.rating.case.name not in one.text
    one.press("记录核实结果")
    assert "选择核实结果" in one.text and "写明整改情况" in one.text and one.manners() == []
    one.choose("核实结果", "属实").write("整改情况", "窗口贴出一次告知清单").press("记录核实结果")
    assert "已记录核实结果" in one.text and one.manners() == []
    one.go("/ratings/")
    assert "差评核实" in one.text and one.manners() == []
