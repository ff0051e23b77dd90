"""J1: a community worker files a dance team, first time, without any training."""

import re

import pytest

from registry.models import Case
from tests import builders

pytestmark = pytest.mark.e2e
CLICKS, QUESTIONS = 16, 22
NAME = "阳光舞蹈队"


def guided(one):
    """Five questions; the answer says 备案, why, and is carried into the draft."""
    one.press("新办备案或登记").count_questions()
    if not one.page.get_by_label("先不成立法人，只想把活动办起来").is_checked():
        one.choose("打算成立哪一种", "先不成立法人，只想把活动办起来")
    one.write("2. 有多少", "１８").write("3. 有多少启动资金", "0")
    one.choose("有活动场所吗", "与其他组织共用").choose("规模较大", "是").press("看结果")
    assert one.page.get_by_role("heading", name="先办备案").is_visible()
    assert "还不具备登记条件" in one.text and "津民发〔2018〕61号" in one.page.content()
    return one.press("开始办理备案")


def organisation(one, name=NAME):
    """The first task; premises, scope and size are known from the guide."""
    if one.page.url.endswith("/tasks/"):
        one.press("组织情况")
    one.count_questions().write("组织名称", name)
    one.page.locator("#similar").get_by_text(builders_name(name)).wait_for()
    one.pick("类别", "文体娱乐").write("主要活动", "每周三次排练，节日为居民演出").write("场所地址", "社区活动室")
    return one.press("保存并继续")


def builders_name(name):
    return f"九江路社区{name}"


def people(one):
    one.count_questions().write("负责人姓名", "刘桂兰").write("负责人身份证号", builders.identity_number(7))
    one.write("负责人电话", "139 0000 0000").choose("负责人是否在职干部", "否")
    assert one.page.get_by_label(re.compile("^个人成员数")).input_value() in ("18", "１８")
    return one.press("保存并继续")


def party(one):
    """Three full members: the page says what follows from that."""
    return one.count_questions().write("正式党员人数", "3").press("保存并继续")


def materials(one, photo):
    """Two photographs and a promise for the third paper."""
    one.count_questions().bring("charter", photo).bring("members", photo)
    one.tap(one.page.locator("#promise-premises"))
    return one.press("保存并继续")


@pytest.fixture
def twin(crew):
    """A team of almost the same name in the same community."""
    return builders.organisation(crew("hexi").garden, name=builders_name(NAME))


def test_files_a_dance_team_within_the_budget(walker, twin, photo):
    one = walker().sign_in("hexi-shequ")
    party(people(organisation(guided(one))))
    materials(one, photo)
    assert "承诺" in one.text and "应单独建立党组织" in one.text
    one.press("提交申请")
    receipt(one)
    one.tap("打印本页")
    print(f"J1 clicks {one.clicks}, choosers {one.choosers}, questions {len(one.asked)}: {sorted(one.asked)}")
    assert one.clicks <= CLICKS
    assert len(one.asked) <= QUESTIONS


def receipt(one):
    """Number, query code, QR code, promised day; reloading does not file again."""
    case = Case.objects.get(name=NAME, state="submitted")
    for words in (case.number, case.query_code, "承诺办结日", f"{case.promised_on.year}年{case.promised_on.month}月"):
        assert words in one.text
    assert one.page.get_by_role("img", name="查询进度的二维码").is_visible()
    one.page.reload()
    assert Case.objects.filter(name=NAME).count() == 1
