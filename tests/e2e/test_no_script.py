"""Without any script filing, handing in and searching work all the same; a stale page is refused politely."""

import re

import pytest

from registry.models import Case
from tests import builders

pytestmark = pytest.mark.e2e
NAME = "无声棋友会"


def test_files_without_script(walker, photo):
    one = walker(script=False).sign_in("hexi-shequ")
    one.press("新办备案或登记").write("2. 有多少", "18").choose("有活动场所吗", "没有固定场所").choose("规模较大", "是")
    one.press("看结果").press("开始办理备案")
    one.write("组织名称", NAME).pick("类别", "文体娱乐").write("主要活动", "下棋").press("保存并继续")
    one.write("负责人姓名", "刘桂兰").write("负责人身份证号", builders.identity_number(8)).write(
        "负责人电话", "13900000000"
    )
    one.choose("负责人是否在职干部", "否").press("保存并继续")
    one.write("正式党员人数", "0").press("保存并继续")
    one.bring("charter", photo).bring("members", photo).tap(one.page.locator("#promise-premises")).press("保存并继续")
    one.press("提交申请")
    assert one.page.get_by_role("heading", level=1, name="申请已提交").is_visible()
    assert Case.objects.get(name=NAME).state == "submitted"


def test_searches_without_script(walker):
    one = walker(script=False).sign_in("hexi-jiedao")
    one.go("/organisations/")
    everything = one.page.locator("main tbody tr").count()
    one.page.get_by_label("名称").first.fill("联合会")
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
    found = one.page.locator("main tbody th").all_inner_texts()
    assert 0 < len(found) < everything and all("联合会" in name for name in found)
    one.go("/verify/")
    one.write("证书编号", "没有的编号").press("核验")
    assert "没有查到" in one.text


def test_a_stale_page_overwrites_nothing(walker, crew):
    """Two windows on one task, and two officers on one case: the slower one is told, and loses no word."""
    cast = crew("hexi")
    case = builders.draft(cast.wang, cast.garden, said=builders.answers("两个窗口队"))
    first, second = walker().sign_in("hexi-shequ"), walker().sign_in("hexi-shequ")
    for one in (first, second):
        one.go(f"/cases/{case.pk}/tasks/organisation/")
    first.write("主要活动", "第一个窗口写的").press("保存并继续")
    second.page.get_by_label(re.compile("^主要活动")).fill("第二个窗口写的")
    second.press("保存并继续")
    assert "另一个窗口" in second.text and "第一个窗口写的" in second.text
    assert second.page.get_by_label(re.compile("^主要活动")).input_value() == "第二个窗口写的"
    assert Case.objects.get(pk=case.pk).answers["organisation"]["activities"] == "第一个窗口写的"
    second.expected = second.refusals.copy()
    assert set(second.refusals) <= {409}


def test_the_slower_officer_is_told(walker, crew):
    cast = crew("hexi")
    case = builders.walk(builders.draft(cast.wang, cast.garden, said=builders.answers("两位审核队")), cast, moves=3)
    first, second = walker().sign_in("hexi-jiedao"), walker().sign_in("hexi-jiedao2")
    for one in (first, second):
        one.go(f"/cases/{case.pk}/do/record/")
    first.press("准予备案")
    second.press("准予备案")
    assert "两位审核队" in second.text and "已办理" not in second.text
    assert re.search("已经|已由", second.text)
    assert second.manners() == []
    assert case.steps.filter(verb="record").count() == 1
    second.expected = second.refusals.copy()
    assert set(second.refusals) <= {409}
