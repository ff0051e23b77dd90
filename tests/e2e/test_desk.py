"""The desk: three cases reviewed without a mouse, and many decided in one act."""

import pytest

from registry.casework import leases
from registry.models import Case, Look
from tests import builders
from tests.e2e.walker import PHONE

pytestmark = pytest.mark.e2e
KEYED = ("键盘晨光舞蹈队", "键盘晚霞合唱队", "键盘和风棋社")
MANY = ("批量晨光舞蹈队", "批量晚霞合唱队", "批量和风棋社")


def cases(cast, names, moves):
    return [
        builders.walk(builders.draft(cast.auntie, cast.garden, said=builders.answers(name)), cast, moves=moves)
        for name in names
    ]


@pytest.fixture
def reported(crew):
    """Three filings before the street's decision."""
    return cases(crew("hexi"), KEYED, 3)


@pytest.fixture
def reviewed(crew):
    """Three filings the committee has reviewed, one of which a colleague has in hand."""
    made = cases(crew("hexi"), MANY, 2)
    colleague = builders.person("小许", "community", crew("hexi").garden)
    leases.take(made[2], by=colleague)
    return made


def press(one, key, *, leads=False):
    if leads:
        with one.page.expect_navigation():
            one.page.keyboard.press(key)
    else:
        one.page.keyboard.press(key)
    return one


def heading(one):
    return one.page.locator("h1").inner_text()


def test_three_cases_are_decided_without_a_mouse(walker, reported):
    street = walker().sign_in("hexi-jiedao")
    street.clicks = 0
    street.go("/cases/?tab=waiting&q=键盘")
    press(street, "j")
    assert street.page.evaluate("document.activeElement.closest('tr') !== null")
    assert street.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    press(street, "Enter", leads=True)
    for name in KEYED:
        assert heading(street) == name
        press(street, "a", leads=True)
        assert heading(street) == "准予备案" and street.manners() == []
        press(street, "a")
        press(street, "Tab")  # from 准予备案 to 准予备案并看下一件
        press(street, "Enter", leads=True)
    assert "都看完了" in street.text and street.page.url.endswith("tab=waiting&q=%E9%94%AE%E7%9B%98")
    assert street.clicks == 0
    assert set(Case.objects.filter(name__in=KEYED).values_list("state", flat=True)) == {"approved"}
    assert Look.objects.filter(user__username="hexi-jiedao", case__in=reported).count() == 3


def test_keys_are_explained_stay_out_of_the_way_of_typing_and_can_be_switched_off(walker, reported):
    street = walker().sign_in("hexi-jiedao")
    street.go("/cases/?tab=waiting&q=键盘")
    field = street.page.get_by_label("组织名称或收件编号")
    field.fill("")
    field.press("j")
    assert field.input_value() == "j" and street.page.evaluate("document.activeElement.name") == "q"
    field.blur()
    press(street, "?")
    dialog = street.page.get_by_role("dialog", name="快捷键")
    assert dialog.is_visible() and "下一行" in dialog.inner_text() and street.barriers() == []
    dialog.get_by_label("使用快捷键").uncheck()
    dialog.get_by_role("button", name="关闭").click()
    street.page.reload()
    press(street, "j")
    assert street.page.evaluate("document.activeElement.closest('tr')") is None
    assert street.page.evaluate("Object.entries(localStorage)") == [["review-keys", "off"]]


def test_the_committee_reports_many_and_what_a_colleague_holds_is_left_out(walker, reviewed):
    committee = walker().sign_in("hexi-shequ")
    committee.go("/cases/?tab=waiting&q=批量")
    committee.tap("选择本页全部 3 件")
    assert "已选 3 件" in committee.text and committee.manners() == []
    committee.press("批量上报街道…")
    assert heading(committee) == "批量上报街道：2 件"
    assert "不一起办理的 1 件" in committee.text and "由小许领取" in committee.text and committee.manners() == []
    committee.press("确定办理 2 件")
    assert heading(committee) == "办理了 2 件" and committee.manners() == []
    committee.page.reload()
    assert heading(committee) == "办理了 2 件"
    states = dict(Case.objects.filter(name__in=MANY).values_list("name", "state"))
    assert [states[name] for name in MANY] == ["reported", "reported", "reviewed"]


PAGES = "/cases/ /cases/?tab=all /cases/?tab=held /absences/ /cases/{pk}/?from=waiting /cases/{pk}/file/"


@pytest.mark.parametrize("size", [PHONE, {"width": 360, "height": 740}], ids=["390", "360"])
def test_the_desk_fits_a_telephone(size, walker, reported):
    one = walker(size).sign_in("hexi-jiedao")
    wrong = {}
    for path in PAGES.format(pk=reported[0].pk).split():
        one.go(path)
        if found := one.manners():
            wrong[path] = found
    assert wrong == {}
    one.go(f"/cases/bulk/?verb=record&case={reported[0].pk}&case={reported[1].pk}")
    assert one.manners() == []
