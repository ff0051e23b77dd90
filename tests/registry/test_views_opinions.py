"""The desk asks on a page of the case; the unit reads what it is asked and nothing else; papers are served to few."""

import datetime as dt

import pytest
from django.urls import reverse

from registry.casework import actions, opinions
from registry.models import Case, Notice, Opinion
from registry.scope import Role
from tests import builders
from tests.registry.test_casework_opinions import INDUSTRY, OTHER, SUPERVISING, UNIT, adviser, ask

DAY = dt.timedelta(days=1)


@pytest.fixture
def wu(places):
    return adviser(places.hexi)


@pytest.fixture
def case(cast, places, packs):
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)


def form(*units, **more):
    said = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0}
    for row, (kind, unit, days) in enumerate(units):
        said |= {f"form-{row}-kind": kind, f"form-{row}-unit": unit, f"form-{row}-due_days": days}
        said |= {f"form-{row}-required": "on"}
    return said | more


def read(client, user, page, *args):
    client.force_login(user)
    return client.get(reverse(f"registry:{page}", args=args))


def test_several_units_are_asked_by_one_form_and_stand_on_the_case(client, cast, case, wu):
    client.force_login(cast.zhang)
    page = client.get(reverse("registry:ask", args=[case.pk])).content.decode()
    assert UNIT in page and "第四十二条" in page
    said = form((SUPERVISING, UNIT, 5), (INDUSTRY, OTHER, 10))
    assert client.post(reverse("registry:ask", args=[case.pk]), said).status_code == 302
    assert set(case.opinions.values_list("unit", "kind", "required")) == {
        (UNIT, "supervising", True), (OTHER, "industry", True)}  # fmt: skip
    shown = client.get(case.get_absolute_url()).content.decode()
    assert UNIT in shown and OTHER in shown and "等待答复" in shown


def test_a_row_without_a_unit_asks_nobody_and_a_wrong_row_keeps_what_was_typed(client, cast, case):
    client.force_login(cast.zhang)
    url = reverse("registry:ask", args=[case.pk])
    page = client.post(url, form(("party", "", 5), ("party", "区委社会工作部", "许多")))
    assert "填写整数" in page.content.decode() and "区委社会工作部" in page.content.decode()
    assert "填写单位名称" in client.post(url, form()).content.decode()
    assert not Opinion.objects.exists()


def test_the_form_as_the_page_gives_it_needs_only_its_first_row(client, cast, case):
    client.force_login(cast.zhang)
    url = reverse("registry:ask", args=[case.pk])
    page = client.get(url)
    given = {}
    for one in (page.context["asked"].management_form, *page.context["asked"]):
        given |= {bound.html_name: bound.value() for bound in one}
    said = {name: value for name, value in given.items() if value not in (None, "")} | {"form-0-unit": UNIT}
    assert client.post(url, said).status_code == 302
    assert list(case.opinions.values_list("unit", "kind", "required")) == [(UNIT, "supervising", True)]


def test_the_same_question_sent_twice_is_told_and_not_asked_twice(client, cast, case):
    client.force_login(cast.zhang)
    url, said = reverse("registry:ask", args=[case.pk]), form((SUPERVISING, UNIT, 5))
    client.post(url, said)
    assert "正在等待答复" in client.post(url, said).content.decode()
    assert Opinion.objects.count() == 1


def test_the_unit_sees_what_waits_first_and_answers_in_one_page(client, cast, case, wu):
    asked = ask(case, cast.zhang)
    assert case.name in read(client, wu, "opinions").content.decode()
    page = read(client, wu, "opinion", asked.pk).content.decode()
    assert "刘桂兰" in page and "登记申请书" in page and "负责人资格审查" in page
    answer = client.post(reverse("registry:opinion", args=[asked.pk]), {"answer": "agree", "text": "同意"})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.answer, asked.text, asked.answered_by) == ("agree", "同意", wu)
    assert 'name="answer"' not in read(client, wu, "opinion", asked.pk).content.decode()
    assert client.post(reverse("registry:opinion", args=[asked.pk]), {"answer": "agree"}).status_code == 409


def test_the_unit_says_why_it_does_not_agree(client, cast, case, wu):
    asked = ask(case, cast.zhang)
    client.force_login(wu)
    page = client.post(reverse("registry:opinion", args=[asked.pk]), {"answer": "disagree", "text": " "})
    assert "写明条件或不同意的理由" in page.content.decode()
    assert Opinion.objects.open().get() == asked


def test_the_unit_sees_masked_numbers_no_button_and_no_word_of_another_unit(client, cast, case, places, wu):
    other = adviser(places.hexi, OTHER)
    opinions.answer(ask(case, cast.zhang, INDUSTRY, OTHER), by=other, answer="disagree", text="同类组织太多")
    page = read(client, wu, "opinion", ask(case, cast.zhang).pk).content.decode()
    for hidden in (builders.identity_number(), "13900000000", "同类组织太多", OTHER, "/do/", "reveal", "撤回"):
        assert hidden not in page


PAGES = "case tasks materials check receipt receipt_pdf mend owed file ask"


@pytest.mark.parametrize("page", PAGES.split())
def test_an_adviser_reaches_no_other_page_of_the_case_he_is_asked_about(page, client, cast, case, wu):
    ask(case, cast.zhang)
    assert read(client, wu, page, case.pk).status_code == 404


def test_an_adviser_reaches_neither_other_cases_nor_the_register(client, cast, case, places, wu):
    ask(case, cast.zhang)
    paper = case.materials.exclude(stored=None).first()
    organisation = builders.organisation(places.garden)
    assert read(client, wu, "material", case.pk, paper.pk).status_code == 404
    assert read(client, wu, "organisation", organisation.pk).status_code == 404
    client.force_login(wu)
    assert client.post(reverse("registry:reveal", args=[case.pk])).status_code == 404
    assert client.post(reverse("registry:move", args=[case.pk, "examine"])).status_code == 404
    for page in ("cases", "organisations", "candidates"):
        assert case.name not in read(client, wu, page).content.decode()
    assert not Case.objects.visible_to(wu).exists()


@pytest.mark.parametrize("unit", ["another unit", "another place", "withdrawn"])
def test_what_is_not_asked_of_my_unit_is_not_there(unit, client, cast, case, places, wu):
    asked = ask(case, cast.zhang)
    paper = case.materials.exclude(stored=None).first()
    who = {"another unit": (places.hexi, OTHER), "another place": (places.heping, UNIT)}.get(unit)
    if who is None:
        opinions.withdraw(asked, by=cast.zhang)
    reader = adviser(*who) if who else wu
    for page in (("opinion", asked.pk), ("opinion_material", asked.pk, paper.pk)):
        assert read(client, reader, *page).status_code == 404
    assert case.name not in read(client, reader, "opinions").content.decode()


def test_papers_of_the_case_open_by_the_question_and_those_of_others_do_not(client, cast, case, places, wu):
    asked = ask(case, cast.zhang)
    paper = case.materials.exclude(stored=None).first()
    foreign = builders.draft(cast.auntie, places.garden).materials.exclude(stored=None).first()
    assert read(client, wu, "opinion_material", asked.pk, paper.pk).status_code == 200
    assert read(client, wu, "opinion_material", asked.pk, foreign.pk).status_code == 404


def test_a_paper_answer_is_recorded_and_served_to_desks_and_its_own_unit_only(client, cast, case, places, wu):
    asked = ask(case, cast.zhang)
    client.force_login(cast.zhang)
    said = {"answer": "agree", "text": "", "paper_number": "河卫函〔2026〕5号", "paper": builders.png()}
    url = reverse("registry:opinion_record", args=[asked.pk])
    assert "上传答复文件" in client.post(url, {"answer": "agree"}).content.decode()
    assert client.post(url, said).status_code == 302
    assert "河卫函〔2026〕5号" in client.get(case.get_absolute_url()).content.decode()
    told = {"zhang": 200, "sun": 200, "wang": 200, "auntie": 404, "zhao": 404, "stranger": 404}
    for who, status in told.items():
        assert read(client, getattr(cast, who), "opinion_paper", asked.pk).status_code == status, who
    assert read(client, wu, "opinion_paper", asked.pk).status_code == 200
    assert read(client, adviser(places.hexi, OTHER), "opinion_paper", asked.pk).status_code == 404


def test_the_applicant_learns_whom_the_case_waits_for_and_not_what_was_said(client, cast, case, places, wu):
    ask(case, cast.zhang)
    other = adviser(places.hexi, OTHER)
    opinions.answer(ask(case, cast.zhang, INDUSTRY, OTHER), by=other, answer="disagree", text="同类组织太多")
    page = read(client, cast.auntie, "case", case.pk).content.decode()
    assert f"正在征求“{UNIT}”的意见" in page
    assert "同类组织太多" not in page and "负责人资格审查" not in page and "不同意" not in page


def test_a_desk_that_opens_the_notice_of_an_answer_lands_on_the_case(client, cast, case, wu):
    asked = ask(case, cast.zhang)
    opinions.answer(asked, by=wu, answer="agree", text="")
    client.force_login(cast.zhang)
    answer = client.get(reverse("registry:opinion", args=[asked.pk]))
    assert answer.status_code == 302 and answer.url == case.get_absolute_url()


def test_every_notice_leads_whoever_got_it_to_a_page_that_opens(client, cast, case, wu):
    asked = ask(case, cast.zhang)
    opinions.withdraw(ask(case, cast.zhang, INDUSTRY), by=cast.zhang)
    opinions.remind(asked.due_on + DAY)
    opinions.answer(asked, by=wu, answer="agree", text="")
    told = Notice.objects.filter(kind="opinion")
    assert told.filter(user=wu).count() == 4 and told.filter(user=cast.zhang).count() == 2
    for notice in told:
        client.force_login(notice.user)
        assert client.get(notice.url, follow=True).status_code == 200, notice.text
        assert f'href="{notice.url}"' in client.get(reverse("registry:notices")).content.decode()


def test_the_worklist_marks_what_is_late_and_what_needs_no_answer_any_more(client, cast, case, wu):
    late = ask(case, cast.zhang, required=False)
    Opinion.objects.filter(pk=late.pk).update(due_on="2026-01-05")
    assert "超期" in read(client, wu, "opinions").content.decode()
    code = builders.credit_code(case)
    actions.move(case, "examine", by=cast.zhang, note="属实", data={"credit_code": code})
    actions.move(case, "approve", by=cast.sun)
    page = read(client, wu, "opinions").content.decode()
    assert "办件已办结" in page and "超期" not in page


def test_the_navigation_of_an_adviser_has_his_own_doors(client, wu, packs):
    page = read(client, wu, "opinions").content.decode()
    assert reverse("registry:opinions") in page and f'href="{reverse("registry:cases")}"' not in page


def test_whoever_also_works_at_a_desk_keeps_its_doors(client, cast, places, packs):
    builders.Office.objects.create(
        user=cast.zhang, role=Role.ADVISER, place=places.hexi, title=UNIT, starts=builders.SINCE
    )
    page = read(client, cast.zhang, "opinions").content.decode()
    assert reverse("registry:opinions") in page and f'href="{reverse("registry:cases")}"' in page


def test_the_printed_file_tells_the_answers_to_the_desks_and_not_to_the_applicant(client, cast, case, wu):
    asked = ask(case, cast.zhang)
    opinions.answer(asked, by=wu, answer="disagree", text="发起人另有任职")
    page = {user: read(client, user, "file", case.pk).content.decode() for user in (cast.zhang, cast.auntie)}
    assert "发起人另有任职" in page[cast.zhang]
    assert "发起人另有任职" not in page[cast.auntie] and UNIT not in page[cast.auntie]


def test_who_decides_reads_what_the_unit_answered_on_the_page_of_the_decision(client, cast, case, wu):
    opinions.answer(ask(case, cast.zhang), by=wu, answer="conditional", text="先做消防验收")
    page = read(client, cast.zhang, "move", case.pk, "examine").content.decode()
    assert "附条件同意" in page and "先做消防验收" in page
