"""Guangxi: the street consents first; the district gives an application back with everything that is wrong at once."""

import pytest

from registry.models import Case, Defect
from tests import builders
from tests.e2e.walker import PHONE

pytestmark = pytest.mark.e2e
NAME = "南宁市青秀区暖阳老年协会"
DEFECTS = {
    "组织名称": "名称不规范，请按规定的顺序填写",
    "场所地址": "地址不完整，请写到门牌号",
    "会员名单": "照片不清楚，请重新拍摄",
}


@pytest.fixture
def handed_in(crew):
    """李阿姨 has handed in a registration; her street has to consent before the district looks at it."""
    cast = crew("qingxiu")
    case = builders.draft(cast.auntie, cast.garden, road="registration", said=builders.registration_answers(NAME))
    case = builders.walk(case, cast, moves=1)
    assert (case.variant, case.state) == ("street_consent", "submitted")
    return case


def consented(walker):
    street = walker().sign_in("qingxiu-jiedao")
    return street.press(NAME).press("同意并转登记机关").write("意见", "情况属实，同意").press("同意并转登记机关")


def given_back(walker):
    """One page, a reason beside every line that needs one; the page asks for at least one."""
    officer = walker().sign_in("qingxiu-quxian")
    officer.press(NAME).press("一次性告知补正").press("一次性告知补正")
    assert "至少写明一处" in officer.text and officer.manners() == []
    for label, reason in DEFECTS.items():
        officer.page.get_by_label(label, exact=True).fill(reason)
    return officer.press("一次性告知补正")


def mended(phone, photo):
    """On a telephone: all defects on one screen, each beside its field; nothing else is asked again."""
    phone.press(NAME)
    for label, reason in DEFECTS.items():
        assert label in phone.text and reason in phone.text
    assert phone.page.locator("main input[name=activities]").count() == 0 and phone.manners() == []
    phone.write("组织名称", "南宁市青秀区银龄老年协会").write("场所地址", "新竹路 8 号二楼").bring("members", photo)
    phone.page.get_by_text("已上传").wait_for()
    return phone.press("改好了，重新提交")


def test_all_defects_at_once_and_mended_on_a_telephone(walker, handed_in, photo):
    consented(walker)
    given_back(walker)
    assert Defect.objects.filter(step__case=handed_in).count() == len(DEFECTS)
    phone = mended(walker(PHONE).sign_in("qingxiu-zuzhi"), photo)
    assert phone.page.get_by_role("heading", level=1, name="申请已提交").is_visible()
    again = Case.objects.get(pk=handed_in.pk)
    assert (again.number, again.answers["organisation"]["address"]) == (handed_in.number, "新竹路 8 号二楼")
    assert again.state == "consented"  # what the street consented to is untouched
    assert phone.manners() == []
