"""The reviewer's side: what waits, what may be done, and what is said to whoever comes too late."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.casework import actions
from registry.models import Case
from tests import builders


@pytest.fixture
def case(cast, places, packs, delegation):
    """Reviewed and reported: the street has the word."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)


def do(client, case, verb, data=None, **more):
    return client.post(reverse("registry:move", args=[case.pk, verb]), data or {}, **more)


def names(client, **asked):
    return re.findall(r"办件\d", client.get(reverse("registry:cases"), asked).content.decode())


def test_each_desk_sees_what_waits_for_it_and_nobody_else_does(case, client, cast):
    waiting = {}
    for who in ("auntie", "wang", "li", "chen", "zhang", "sun", "zhao", "stranger"):
        client.force_login(getattr(cast, who))
        waiting[who] = "阳光舞蹈队" in client.get(reverse("registry:cases"), {"tab": "waiting"}).content.decode()
    assert {who for who, there in waiting.items() if there} == {"li", "chen"}


def test_the_oldest_due_comes_first_and_the_late_have_their_own_tab(client, cast, places, packs):
    client.force_login(cast.wang)
    today, day = timezone.localdate(), builders.dt.timedelta(days=1)
    for number, due in ((1, today + day), (2, today - day), (3, today - 3 * day)):
        Case.objects.create(road="filing", variant="delegated", place=places.garden, place_code=places.garden.code,
                            state="submitted", name=f"办件{number}", opened_by=cast.auntie, due_on=due)  # fmt: skip
    assert list(dict.fromkeys(names(client))) == ["办件3", "办件2", "办件1"]
    assert list(dict.fromkeys(names(client, tab="late"))) == ["办件3", "办件2"]


def test_a_tab_that_does_not_exist_is_not_found(client, cast):
    client.force_login(cast.wang)
    assert client.get(reverse("registry:cases"), {"tab": "secret"}).status_code == 404


def test_a_decision_is_made_by_form_and_leads_back_to_the_case(case, client, cast):
    client.force_login(cast.li)
    answer = do(client, case, "record", builders.GRANT | {"version": case.version})
    assert answer.headers["Location"] == case.get_absolute_url()
    page = client.get(case.get_absolute_url()).content.decode()
    assert "准予备案" in page and "下载证书" in page


def test_whoever_decides_second_reads_who_was_first_and_when(case, client, cast):
    client.force_login(cast.chen)
    seen = case.version
    actions.move(case, "record", by=cast.li, data=dict(builders.GRANT))
    answer = do(client, case, "reject", {"note": "不符", "version": seen})
    assert answer.status_code == 409
    assert re.search(r"老李于\d\d月\d\d日 \d\d:\d\d办理“准予备案”", answer.content.decode())
    assert case.steps.count() == 4


def test_a_program_reads_the_same_refusal_as_problem_details(case, client, cast):
    client.force_login(cast.chen)
    actions.move(case, "record", by=cast.li, data=dict(builders.GRANT))
    answer = do(client, case, "reject", {"note": "不符"}, headers={"accept": "application/problem+json"})
    assert (answer.status_code, answer.json()["code"]) == (409, "overtaken")


def test_a_decision_without_its_choices_keeps_what_was_written(case, client, cast):
    client.force_login(cast.li)
    answer = do(client, case, "record", {"note": "材料齐全，同意", "managing_body": ""})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "选择分类层次" in page and "填写管理单位" in page and "材料齐全，同意" in page


def test_giving_back_asks_for_a_reason_beside_at_least_one_answer(case, client, cast):
    client.force_login(cast.li)
    assert "至少写明一处" in do(client, case, "return", {"note": "不行"}).content.decode()
    answer = do(client, case, "return", {"defect:organisation.name": "不规范", "defect:materials.charter": "缺签名"})
    assert answer.status_code == 302
    step = case.steps.last()
    assert set(step.defects.values_list("section", "field", "reason")) == {
        ("organisation", "name", "不规范"),
        ("materials", "charter", "缺签名"),
    }


def test_the_first_reviewer_is_told_why_the_decision_is_not_hers(case, client, cast, places):
    places.street.offices.create(user=cast.wang, role="street", starts=builders.SINCE)
    client.force_login(cast.wang)
    answer = do(client, case, "record", dict(builders.GRANT))
    assert answer.status_code == 403
    assert "初审人" in answer.content.decode()


def test_a_refusal_of_a_rule_shows_its_clause(cast, places, packs, client):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    client.force_login(cast.wang)
    page = do(client, case, "review", {"note": "属实"}).content.decode()
    assert "委托" in page and "津民发〔2018〕61号 三（二）" in page


CODES = [
    ("", "填写统一社会信用代码"),
    ("51120103MJ00", "应为 18 位"),
    ("91120103MJ0000001X", "第 1 位应为 5"),
    ("53120103MJ0000001X", "第 2 位应为 1"),
    ("51120101MJ0000001X", "区划代码 120103"),
    ("51120103MI0000001X", "不可用"),
    ("51120103MJ0000001Y", "校验不符"),
]


@pytest.mark.parametrize(("code", "told"), CODES)
def test_a_wrong_credit_code_is_explained_and_stays_typed(code, told, cast, places, packs, client):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)
    client.force_login(cast.zhang)
    page = do(client, case, "examine", {"note": "齐全", "credit_code": code}).content.decode()
    assert told in page and code in page
    case.refresh_from_db()
    assert case.state == "accepted"


def test_a_credit_code_typed_wide_and_spaced_is_understood(cast, places, packs, client):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)
    client.force_login(cast.zhang)
    code = builders.credit_code(case)
    wide = " ".join([code[:8].translate({n: n + 0xFEE0 for n in range(33, 127)}), code[8:].lower()])
    assert do(client, case, "examine", {"note": "齐全", "credit_code": wide}).status_code == 302
    case.refresh_from_db()
    assert case.decision["credit_code"] == code


def test_the_page_of_a_case_tells_who_has_the_next_word_until_when(case, client, cast):
    client.force_login(cast.wang)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "街道（乡镇）" in page and f"{case.due_on.month}月{case.due_on.day}日" in page
    assert "现在可以办理" not in page


def test_the_history_tells_every_step_with_its_opinion(case, client, cast):
    client.force_login(cast.li)
    page = client.get(case.get_absolute_url()).content.decode()
    assert page.index("提交申请") < page.index("上报街道")
    assert "小王" in page and "属实" in page


def test_the_first_page_shows_what_waits(case, client, cast):
    client.force_login(cast.li)
    assert case.get_absolute_url() in client.get(reverse("portal:home")).content.decode()


def test_an_application_that_comes_in_again_is_called_so(client, cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    case = builders.corrected(actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]}))
    client.force_login(cast.wang)
    assert "补正后提交申请" in client.get(case.get_absolute_url()).content.decode()
