"""J2: community staff put a returned filing right on a telephone, in WeChat: three defects, one of them a photo."""

import time

import pytest

from registry.casework import actions
from registry.models import Case
from tests import builders
from tests.e2e.walker import NARROW, PHONE, WECHAT

pytestmark = pytest.mark.e2e
TAPS, SECONDS = 9, 180
DEFECTS = {
    "address": ("organisation", "场所地址", "地址不完整，写到门牌号"),
    "individual_members": ("people", "个人成员数", "成员名单人数与填写的不一致"),
    "members": ("materials", "成员名单", "照片不清楚，重新拍摄"),
}
AWAY = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def given_back(crew):
    """A filing of the committee, given back by the street that would decide it: {name: case}."""

    def make(name):
        cast = crew("hexi")
        case = builders.walk(builders.draft(cast.wang, cast.garden, said=builders.answers(name)), cast, moves=3)
        defects = [
            {"section": section, "field": field, "label": label, "reason": reason}
            for field, (section, label, reason) in DEFECTS.items()
        ]
        return actions.move(case, "return", by=cast.li, data={"defects": defects})

    return make


@pytest.fixture
def retaken(tmp_path):
    path = tmp_path / "重拍.png"
    path.write_bytes(builders.picture(40).read())
    return path


def mend(phone, retaken):
    """Two fields and the photo, each tapped first."""
    for label, text in (("场所地址", "九江路 8 号二楼"), ("个人成员数", "26")):
        phone.tap(phone.page.get_by_label(label, exact=False).first)
        phone.write(label, text)
    phone.clicks += 1  # the tap that opens the chooser
    return phone.bring("members", retaken)


def uploaded(phone):
    phone.page.get_by_role("link", name="重拍.png").wait_for()
    phone.page.get_by_text("已上传").wait_for()


def test_three_defects_on_one_screen_mended_within_the_budget(walker, given_back, retaken):
    case = given_back("春风合唱队")
    phone, began = walker(PHONE, **WECHAT), time.monotonic()
    phone.sign_in("hexi-shequ").press("春风合唱队")
    assert phone.page.url.endswith(f"/cases/{case.pk}/mend/")
    for _, label, reason in DEFECTS.values():
        assert label in phone.text and reason in phone.text
    assert "社区活动中心二楼" in phone.text and phone.manners() == []
    assert phone.page.locator("main input[name=name], main input[name=leader_name]").count() == 0
    mend(phone, retaken)
    uploaded(phone)
    assert phone.manners() == []
    phone.press("改好了，重新提交")
    assert phone.clicks <= TAPS and time.monotonic() - began < SECONDS
    assert phone.page.url.endswith("/receipt/") and "补正已提交" in phone.text
    done = Case.objects.get(pk=case.pk)
    assert (done.state, done.answers["organisation"]["address"]) == ("reported", "九江路 8 号二楼")
    assert done.materials.get(kind="members").original_name == "重拍.png"
    phone.page.go_back()
    phone.page.reload()
    assert phone.page.url.endswith(f"/cases/{case.pk}/")
    assert done.steps.filter(verb="submit").count() == 2


def test_what_is_wrong_is_told_at_once_and_nothing_is_lost(walker, given_back, retaken):
    case = given_back("夏荷读书会")
    phone = walker(NARROW, **WECHAT).sign_in("hexi-shequ")
    phone.go(f"/cases/{case.pk}/mend/")
    mend(phone, retaken)
    uploaded(phone)
    phone.write("个人成员数", "很多")
    phone.press("改好了，重新提交")
    phone.page.get_by_role("alert").get_by_role("link", name="填写整数").wait_for()
    assert phone.page.title().startswith("错误：") and phone.manners() == []
    assert phone.page.get_by_label("场所地址").first.input_value() == "九江路 8 号二楼"
    assert "重拍.png" in phone.text
    phone.write("个人成员数", "26")
    phone.press("改好了，重新提交")
    assert Case.objects.get(pk=case.pk).state == "reported"


def test_ten_seconds_without_a_network_lose_nothing(walker, given_back, retaken):
    case = given_back("秋叶摄影社")
    phone = walker(PHONE, **WECHAT).sign_in("hexi-shequ")
    phone.go(f"/cases/{case.pk}/mend/")
    phone.context.set_offline(True)
    mend(phone, retaken)
    phone.tap("改好了，重新提交")
    phone.page.wait_for_timeout(10_000)
    assert "网络" in phone.text and "重拍.png" in phone.text
    assert phone.page.get_by_label("场所地址").first.input_value() == "九江路 8 号二楼"
    assert Case.objects.get(pk=case.pk).state == "returned"
    phone.context.set_offline(False)
    phone.page.wait_for_url("**/receipt/")
    assert Case.objects.get(pk=case.pk).state == "reported"
    phone.faults = [fault for fault in phone.faults if AWAY not in fault]


def test_a_network_that_breaks_off_while_sending_is_tried_again(walker, given_back, retaken):
    case = given_back("冬梅京剧社")
    phone = walker(PHONE, **WECHAT).sign_in("hexi-shequ")
    phone.go(f"/cases/{case.pk}/mend/")
    mend(phone, retaken)
    uploaded(phone)
    phone.page.get_by_text("已自动保存").wait_for()
    phone.context.set_offline(True)
    phone.tap("改好了，重新提交")
    phone.page.get_by_text("网络断开了，填写的内容和照片都还在").first.wait_for()
    phone.page.wait_for_timeout(2_000)
    phone.context.set_offline(False)
    phone.page.wait_for_url("**/receipt/")
    assert Case.objects.get(pk=case.pk).steps.filter(verb="submit").count() == 2
    phone.faults = [fault for fault in phone.faults if AWAY not in fault]


def test_it_works_without_a_script(walker, given_back, retaken):
    case = given_back("四季太极队")
    phone = walker(NARROW, script=False).sign_in("hexi-shequ")
    phone.go(f"/cases/{case.pk}/mend/")
    phone.page.get_by_label("场所地址").first.fill("九江路 8 号二楼")
    phone.bring("members", retaken)
    phone.press("改好了，重新提交")
    assert Case.objects.get(pk=case.pk).state == "reported"
