"""What goes wrong while filing costs nothing that was typed: mistakes, the input method, impatience, a lost tab."""

import re

import pytest

from registry.models import Case, Step
from tests import builders

pytestmark = pytest.mark.e2e
NAME = "清晨太极拳队"


@pytest.fixture
def draft(crew):
    """A draft of 小王 with all tasks done but the people."""
    cast = crew("hexi")
    case = builders.draft(cast.wang, cast.garden, said=builders.answers(NAME))
    case.answers.pop("people")
    case.sealed = {}
    case.save()
    case.materials.all().delete()
    return case


def worker(walker, draft, task):
    one = walker().sign_in("hexi-shequ")
    one.go(f"/cases/{draft.pk}/tasks/{task}/" if task != "materials" else f"/cases/{draft.pk}/materials/")
    return one


def test_both_mistakes_are_told_at_once_and_nothing_is_lost(walker, draft):
    one = worker(walker, draft, "people")
    number = builders.identity_number(3)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    one.write("负责人姓名", "刘桂兰").write("负责人身份证号", wrong).write("个人成员数", "18")
    one.choose("负责人是否在职干部", "否").press("保存并继续")
    summary = one.page.locator(".error-summary")
    assert summary.evaluate("(box) => box === document.activeElement")
    lines = summary.get_by_role("listitem").all_inner_texts()
    assert len(lines) == 2 and any("电话" in line for line in lines) and any("身份证" in line for line in lines)
    assert one.page.title().startswith("错误：")
    assert one.page.get_by_label(re.compile("^负责人身份证号")).input_value() == wrong
    assert one.manners() == []
    one.tap(summary.get_by_role("link", name=re.compile("电话")))
    assert one.page.evaluate("document.activeElement.name") == "leader_phone"
    one.write("负责人电话", "13900000000").write("负责人身份证号", number).press("保存并继续")
    assert one.page.get_by_role("heading", level=1, name="材料").is_visible()


def test_enter_that_picks_a_chinese_word_sends_nothing(walker, draft):
    one = worker(walker, draft, "organisation")
    field, keys = one.page.get_by_label(re.compile("^组织名称")), one.context.new_cdp_session(one.page)
    field.fill("清晨")
    before = one.page.url
    keys.send("Input.imeSetComposition", {"text": "taiji", "selectionStart": 5, "selectionEnd": 5})
    one.page.keyboard.press("Enter")
    one.page.wait_for_timeout(800)
    assert one.page.url == before and one.page.locator("main form[data-sending]").count() == 0
    keys.send("Input.insertText", {"text": "太极拳队"})
    with one.page.expect_navigation():  # an Enter of its own does send: the first one was held back, not lost
        one.page.keyboard.press("Enter")
    assert Case.objects.get(pk=draft.pk).name.endswith("太极拳队")


def test_a_double_click_hands_in_once(walker, crew):
    cast = crew("hexi")
    case = builders.draft(cast.wang, cast.garden, said=builders.answers("午后棋友会"))
    one = walker().sign_in("hexi-shequ")
    one.go(f"/cases/{case.pk}/check/")
    with one.page.expect_navigation():
        one.page.get_by_role("button", name="提交申请").dblclick()
    one.page.wait_for_url("**/receipt/")
    assert Step.objects.filter(case=case, verb="submit").count() == 1
    assert Case.objects.filter(name="午后棋友会").count() == 1
    one.page.go_back()
    assert "申请已提交" in one.text and case_number(case) in one.text and one.manners() == []
    one.page.go_forward()
    assert case.pk == Case.objects.get(name="午后棋友会").pk


def case_number(case):
    case.refresh_from_db()
    return case.number


def test_a_lost_tab_is_found_again_in_two_clicks(walker, draft, photo):
    one = worker(walker, draft, "people")
    one.write("负责人姓名", "刘桂兰").write("负责人电话", "13912345678")
    one.page.get_by_text(re.compile(r"已自动保存 \d\d:\d\d")).wait_for(timeout=10_000)
    one.go(f"/cases/{draft.pk}/materials/")
    one.bring("members", photo).press("保存并继续").page.close()
    one.new_tab()
    one.go("/")
    one.clicks = 0
    one.press(NAME).press("材料")
    assert one.clicks == 2
    assert photo.name in one.text
    one.press("返回任务清单").press("负责人与成员")
    assert one.page.get_by_label(re.compile("^负责人姓名")).input_value() == "刘桂兰"
    assert "139****5678" in one.text


def test_a_broken_file_is_refused_in_words(walker, draft, tmp_path):
    one = worker(walker, draft, "materials")
    path = tmp_path / "名单.png"
    path.write_bytes(b"MZ" + b"\0" * 200)
    one.bring("members", path)
    one.page.get_by_text("不是可用的文件").wait_for()
    assert one.page.url.endswith("/materials/") and draft.materials.count() == 0
    one.expected = [422]
    assert one.manners() == []
