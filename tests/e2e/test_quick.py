"""Community staff on a phone: a whole 备案 on one page, and photos that survive a dropped network."""

import re
import time
from pathlib import Path

import pytest
from PIL import Image

from registry.models import Case, Event
from tests import builders
from tests.e2e.walker import NARROW, PHONE, WECHAT, Walker

pytestmark = pytest.mark.e2e
FIELDS, TAPS, SECONDS = 12, 12, 180
ASKED = """() => { const names = new Set();
  for (const one of document.querySelectorAll('main form[data-quick] :is(input, select, textarea)'))
    if (one.type !== 'hidden' && one.type !== 'file') names.add(one.name);
  return [...names]; }"""


@pytest.fixture
def shots(tmp_path: Path) -> dict[str, Path]:
    """Two photos as a phone takes them."""
    made = {}
    for kind, name, colour in (("charter", "章程照片", "white"), ("members", "名单照片", "beige")):
        made[kind] = tmp_path / f"{name}.png"
        Image.new("RGB", (1600, 1200), colour).save(made[kind])
    return made


def filled(one: Walker, name: str, shots: dict[str, Path], *, phone: str = "139 0000 0000") -> Walker:
    """Answer the page; the keyboard's own "next" leads from field to field."""
    one.write("组织名称", name).pick("类别", "文体娱乐").write("主要活动", "每周三次排练").choose(
        "活动场所", "与其他组织共用"
    )
    one.write("场所地址", "社区活动室").write("负责人姓名", "刘桂兰")
    one.write("负责人身份证号", builders.identity_number(9)).write("负责人电话", phone)
    one.choose("负责人是否在职干部", "否").write("个人成员数", "１８").write("正式党员人数", "3")
    for kind, shot in shots.items():
        one.bring(kind, shot)
    return one


def on_the_page(one: Walker) -> Walker:
    return one.sign_in("hexi-shequ").press("快速备案")


def test_a_filing_in_three_minutes_and_twelve_questions(walker, crew, shots):
    one = on_the_page(walker(PHONE, **WECHAT))
    one.clicks, began = 0, time.monotonic()
    asked = one.page.evaluate(ASKED)
    assert one.manners() == []
    filled(one, "晨光太极队", shots)
    one.page.get_by_role("button", name="提交备案申请").click()
    one.page.wait_for_url("**/receipt/")
    took = time.monotonic() - began
    case = Case.objects.get(name="晨光太极队")
    for words in (case.number, case.query_code, "承诺办结日", "在浏览器打开"):
        assert words in one.text
    assert one.manners() == []
    print(f"quick filing: fields {len(asked)}, taps {one.clicks + 1}, photos {one.choosers}, seconds {took:.1f}")
    assert len(asked) <= FIELDS and one.clicks + 1 <= TAPS and took < SECONDS


def test_two_taps_are_one_case(walker, crew, shots):
    one = filled(on_the_page(walker(PHONE)), "双击棋友会", shots)
    one.page.get_by_role("button", name="提交备案申请").dblclick()
    one.page.wait_for_url("**/receipt/")
    assert Case.objects.filter(name="双击棋友会").count() == 1
    one.page.go_back()
    one.page.reload()
    assert Case.objects.filter(name="双击棋友会").count() == 1


def test_a_mistake_keeps_words_and_photos(walker, crew, shots):
    one = filled(on_the_page(walker(NARROW)), "错号合唱团", shots, phone="12")
    one.page.get_by_role("button", name="提交备案申请").click()
    summary = one.page.locator(".error-summary")
    summary.get_by_role("listitem").first.wait_for()
    assert summary.get_by_role("listitem").count() == 1 and "电话" in summary.inner_text()
    assert one.page.get_by_text("不用再选").count() == 2
    assert one.page.get_by_label(re.compile("^场所地址")).input_value() == "社区活动室"
    assert one.manners() == []
    one.write("负责人电话", "13900000000")
    one.page.get_by_role("button", name="提交备案申请").click()
    one.page.wait_for_url("**/receipt/")
    assert Case.objects.get(name="错号合唱团").materials.count() == 2


def test_a_dropped_network_loses_nothing(walker, crew, shots):
    one = filled(on_the_page(walker(PHONE)), "断网书画社", shots)
    one.context.set_offline(True)
    one.page.get_by_role("button", name="提交备案申请").click()
    one.page.get_by_text("网络已断开").wait_for()
    one.page.wait_for_timeout(1500)
    assert not Case.objects.filter(name="断网书画社").exists()
    one.context.set_offline(False)
    one.page.wait_for_url("**/receipt/")
    assert Case.objects.get(name="断网书画社").materials.count() == 2
    one.faults = [fault for fault in one.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_without_script_it_is_an_ordinary_form(walker, crew, shots):
    one = filled(on_the_page(walker(PHONE, script=False)), "无声太极队", shots)
    one.press("提交备案申请")
    assert Case.objects.get(name="无声太极队").state == "submitted"


@pytest.fixture
def draft(crew):
    """A draft that lacks its two required papers."""
    cast = crew("hexi")
    case = builders.draft(cast.wang, cast.garden, said=builders.answers("清晨广场舞队"))
    case.materials.all().delete()
    yield case
    Event.objects.filter(case=case).delete()
    Case.objects.filter(pk=case.pk, state="draft").delete()


def materials(walker, draft) -> Walker:
    one = walker(PHONE, **WECHAT).sign_in("hexi-shequ")
    one.go(f"/cases/{draft.pk}/materials/")
    return one


def test_a_photo_goes_as_soon_as_it_is_chosen(walker, draft, shots):
    one = materials(walker, draft)
    assert one.page.get_by_role("button", name="拍照：成员名单").is_visible()
    one.bring("members", shots["members"])
    one.page.get_by_text("还缺：章程").wait_for()
    assert draft.materials.get().original_name == "名单照片.png"
    one.bring("charter", shots["charter"])
    one.page.get_by_text("材料齐了").wait_for()
    assert one.manners() == []
    one.press("保存并继续")
    assert "核对" in one.page.title() and draft.materials.count() == 2


def test_a_photo_chosen_offline_goes_when_the_network_is_back(walker, draft, shots):
    one = materials(walker, draft)
    one.context.set_offline(True)
    one.bring("members", shots["members"])
    one.page.get_by_text("网络已断开").wait_for()
    assert draft.materials.count() == 0
    one.page.wait_for_timeout(10_000)
    one.context.set_offline(False)
    one.page.get_by_text("还缺：章程").wait_for()
    assert draft.materials.get().original_name == "名单照片.png"
    assert one.page.locator("#banner").inner_text() == ""
    one.faults = [fault for fault in one.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_refused_photo_says_why_beside_its_field(walker, draft, tmp_path):
    one = materials(walker, draft)
    path = tmp_path / "名单.png"
    path.write_bytes(b"<html>")
    one.bring("members", path)
    one.page.get_by_text("不是可用的文件").wait_for()
    assert draft.materials.count() == 0 and one.manners() == []
    one.expected = [422]


def test_sending_the_form_waits_for_the_photo(walker, draft, shots):
    one = materials(walker, draft)
    one.page.route("**/upload/", lambda route: (time.sleep(1), route.continue_())[1])
    one.bring("charter", shots["charter"]).bring("members", shots["members"])
    one.page.get_by_role("button", name="保存并继续").click()
    one.page.wait_for_url("**/check/")
    assert draft.materials.count() == 2
