"""J6: a district officer turns a filed organisation into a registered one; a second officer approves."""

import io

import pypdfium2
import pytest

from portal.models import AuditEvent
from registry import uscc
from registry.models import Case, Certificate
from tests import builders

pytestmark = pytest.mark.e2e
EXAMINER_CLICKS, APPROVER_CLICKS = 12, 5
NAME = "天津市河西区暖阳老年协会"
CODE = uscc.make(4711, legal_form="association", division_code="120103")
PAPERS = ("application", "capital", "premises", "people")


@pytest.fixture
def filed(crew):
    """Filed by the street last week, with everything a registration will ask about people and money."""
    cast = crew("hexi")
    said = builders.answers(NAME, category="elderly_care", premises="own", capital="30000")
    said["people"]["individual_members"] = "56"
    said["party"]["party_organisation"] = "own"
    case = builders.draft(cast.wang, cast.garden, said=said)
    return builders.walk(case, cast).organisation


def carried(one):
    """What the filing knew stands there; only what a registration asks on top is empty."""
    said = one.page.evaluate(
        "() => Object.fromEntries(new FormData(document.querySelector('main form[data-autosave]')))"
    )
    assert (said["name"], said["address"], said["activities"]) == (NAME, "社区活动中心二楼", "组织居民排练和演出")


def converted(one, photo):
    """From the register to an application handed in: choose the legal form, say whether post arrives, bring papers."""
    one.press(one.page.get_by_role("navigation").get_by_role("link", name="组织", exact=True))
    one.page.get_by_label("名称").first.fill(NAME)
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
    one.press(NAME).press("转登记")
    carried(one)
    one.pick("组织形式", "社会团体").write("注册资金", "30000").choose("邮件能否送达", "是").press("保存并继续")
    for kind in PAPERS:
        one.bring(kind, photo)
    return one.press("保存并继续").press("提交申请")


def examined(one):
    """Every condition with its verdict and its clause; then acceptance, the credit code, an opinion."""
    table = one.page.get_by_role("table").filter(has_text="条件").first.inner_text()
    for words in ("符合", "《社会团体登记管理条例》 第十条", "津民发〔2018〕61号"):
        assert words in table
    one.press("受理").press("审查并报批")
    one.write("意见", "条件具备，建议准予登记").write("统一社会信用代码", CODE)
    return one.press("审查并报批")


def test_district_registers_a_filed_organisation(walker, filed, photo):
    officer, approver = walker(), walker()
    examined(converted(officer.sign_in("hexi-quxian"), photo))
    approver.sign_in("hexi-shenpi").press(NAME).press("准予登记")
    if "/do/approve/" in approver.page.url:
        approver.press("准予登记")
    print(f"J6 clicks: examiner {officer.clicks}, files {officer.choosers}; approver {approver.clicks}")
    assert officer.clicks <= EXAMINER_CLICKS
    assert approver.clicks <= APPROVER_CLICKS
    of_two_people(filed)
    paper(approver, filed)
    history(approver, filed)


def of_two_people(filed):
    """The audit trail shows who examined and who approved."""
    case = Case.objects.get(organisation=filed, road="registration")
    acts = AuditEvent.objects.filter(subject=f"case:{case.pk}", verb__in=["case.examine", "case.approve"])
    assert dict(acts.values_list("verb", "by__username")) == {
        "case.examine": "hexi-quxian",
        "case.approve": "hexi-shenpi",
    }


def paper(one, filed):
    """The certificate is one A4 page with name, code and a QR code that leads to its verification page."""
    new = Certificate.objects.get(organisation=filed, kind="registration")
    answer = one.context.request.get(f"{one.base}/certificates/{new.pk}.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.body()))
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    words = "".join(document[0].get_textpage().get_text_range().split())
    for expected in (NAME, CODE, "社会组织登记证书", new.number, "河西区民政局"):
        assert expected in words


def history(one, filed):
    """One life: filed, then registered; the old paper says that it is no longer valid."""
    one.go(filed.get_absolute_url())
    for words in ("已登记", CODE, "状态沿革", "已备案", "已失效"):
        assert words in one.text
    old = Certificate.objects.get(organisation=filed, kind="filing")
    one.context.clear_cookies()
    one.go(old.get_absolute_url())
    assert "这份证书已经失效" in one.text and "登记证书取代" in one.text
    one.go(Certificate.objects.get(organisation=filed, kind="registration").get_absolute_url())
    assert "这份证书有效" in one.text and CODE in one.text
