"""The letters of a case: which there are, what they say, and who may read them."""

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from registry.casework import actions, papers
from registry.documents import letters
from tests import builders

ADDRESS = {"section": "organisation", "field": "address", "label": "场所地址", "reason": "写到门牌号"}


def said(case, step):
    """The words of a letter, without the breaks the typesetter put in."""
    paper = pypdfium2.PdfDocument(letters.letter(case, step))
    return "".join("".join(page.get_textpage().get_text_range() for page in paper).split())


def titles(case):
    return {letter.step.verb: letter.title for letter in letters.of_case(case)}


@pytest.fixture
def filing(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


@pytest.fixture
def registration(cast, places, packs):
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=1)


def test_a_correction_notice_says_everything_at_once_with_basis_and_office(registration, cast):
    case = actions.move(registration, "return", by=cast.zhang, data={"defects": [builders.DEFECT, ADDRESS]})
    words = said(case, case.steps.last())
    for told in (
        "补正告知书",
        "2处需要补正",
        "组织名称名称不规范",
        "场所地址写到门牌号",
        "《中华人民共和国行政许可法》第三十二条第一款第（四）项",
        "咨询：河西区民政局",
        case.number,
    ):
        assert told in words, told


def test_the_notice_of_a_filing_cites_no_law_of_permits(filing, cast):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [ADDRESS]})
    words = said(case, case.steps.last())
    assert "行政许可法" not in words and "九江路社区居民委员会" in words


def test_a_second_notice_says_why_it_comes_late(filing, cast):
    case = builders.corrected(actions.move(filing, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]}))
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [ADDRESS], "why": "上次漏看"})
    assert "原因：上次漏看" in said(case, case.steps.last())


def test_acceptance_and_decision_of_a_registration(registration, cast):
    case = registration
    for verb, who in (("accept", cast.zhang), ("examine", cast.zhang)):
        data = {"credit_code": builders.credit_code(case)} if verb == "examine" else {}
        case = actions.move(case, verb, by=who, note="齐全", data=data)
    case = actions.move(case, "reject", by=cast.sun, note="章程没有写明宗旨")
    assert titles(case) == {"accept": "受理通知书", "reject": "不予登记决定书"}
    assert "决定予以受理" in said(case, case.steps.get(verb="accept"))
    words = said(case, case.steps.last())
    for told in ("章程没有写明宗旨", "六十日内依法申请行政复议", "六个月内依法提起行政诉讼", "第三十八条第二款"):
        assert told in words


def test_not_accepting_tells_reason_and_remedies(registration, cast):
    case = actions.move(registration, "refuse", by=cast.zhang, note="不属于本机关职权")
    words = said(case, case.steps.last())
    assert "不予受理决定书" in words and "不属于本机关职权" in words and "行政复议法》第二十条" in words


def test_a_filing_tells_a_result_and_no_decision_of_a_permit(filing, cast, places):
    case = builders.walk(filing, cast, moves=0)
    for verb in ("review", "report"):
        case = actions.move(case, verb, by=cast.wang, note="属实")
    case = actions.move(case, "reject", by=cast.li, note="成员不足")
    words = said(case, case.steps.last())
    assert titles(case)["reject"] == "不予备案结果告知书"
    assert "备案不是行政许可" in words and "成员不足" in words and "大营门街道办事处" in words


def test_a_granted_filing_names_its_certificate(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    words = said(case, case.steps.last())
    assert "准予备案结果告知书" in words and case.organisation.filing_number in words


def test_a_withdrawal_and_a_promise_have_their_papers(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)
    papers.promise(case, "premises", by=cast.auntie, on=timezone.localdate())
    case = actions.move(case, "submit", by=cast.auntie)
    case = actions.move(case, "withdraw", by=cast.auntie)
    assert titles(case) == {"submit": "容缺承诺书", "withdraw": "撤回申请确认书"}
    words = said(case, case.steps.first())
    day = case.materials.get(kind="premises").promised_by
    assert "活动场所使用证明" in words and f"{day.year}年{day.month}月{day.day}日前补交" in words
    assert "承诺人：李阿姨" in words


def test_a_letter_keeps_the_name_that_was_handed_in(filing, cast):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    told = case.steps.last()
    case = builders.corrected(case)
    assert "阳光舞蹈队" in said(case, told) and "晨光舞蹈队" not in said(case, told)


def test_no_letter_holds_a_personal_number(filing, cast):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [ADDRESS]})
    for step in case.steps.all():
        if letters.text_of(case, step):
            words = said(case, step)
            assert builders.identity_number() not in words and "13900000000" not in words


def test_steps_without_a_letter_have_none(filing, cast, client):
    client.force_login(cast.auntie)
    url = reverse("registry:letter", args=[filing.pk, filing.steps.get().pk])
    assert client.get(url).status_code == 404


def test_only_who_sees_the_case_reads_its_letters_and_only_through_it(filing, cast, client, places):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [ADDRESS]})
    url = reverse("registry:letter", args=[case.pk, case.steps.last().pk])
    for who, status in (("auntie", 200), ("wang", 200), ("li", 200), ("stranger", 404), ("zhao", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == status, who
    client.force_login(cast.auntie)
    other = builders.draft(cast.auntie, places.garden)
    assert client.get(reverse("registry:letter", args=[other.pk, case.steps.last().pk])).status_code == 404
    page = client.get(case.get_absolute_url()).content.decode()
    assert url in page and "补正告知书" in page


def test_a_notice_that_was_called_back_says_so_in_the_list(filing, cast):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [ADDRESS]})
    case = actions.move(case, "recall", by=cast.wang, note="看错了")
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    assert [letter.title for letter in letters.of_case(case)] == ["补正告知书（已撤回）", "补正告知书"]
