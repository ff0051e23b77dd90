"""What anybody may ask: is this certificate true, and how far is my case. Nothing more, and not too often."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registry import register
from registry.casework import actions
from registry.models import Certificate
from tests import builders

VERIFY, TRACK = "/verify/", "/track/"


@pytest.fixture
def case(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast)


@pytest.fixture
def paper(case):
    return Certificate.objects.get(case=case)


def test_a_valid_certificate_is_found_by_its_number_and_says_so(client, paper):
    page = client.get(VERIFY, {"number": paper.number}, follow=True).content.decode()
    assert "这份证书有效" in page and "阳光舞蹈队" in page and "不是法人" in page


@pytest.mark.parametrize("change", [
    lambda number: f" {number} ",
    lambda number: number.replace("〔", "[").replace("〕", "]"),
    lambda number: number.replace("〔", "(").replace("〕", ")"),
    lambda number: number.replace("〔", "（").replace("〕", "）"),
    lambda number: number.translate({n: n + 0xFEE0 for n in range(48, 58)}),
])  # fmt: skip
def test_the_number_is_understood_as_people_type_it(change, client, paper):
    assert client.get(VERIFY, {"number": change(paper.number)}).headers.get("Location") == paper.get_absolute_url()


def test_the_page_tells_the_truth_at_once_when_the_organisation_ends(client, cast, paper):
    register.end(paper.organisation, by=cast.li, on=timezone.localdate(), reason="成员自愿解散")
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "这份证书已经失效" in page and "成员自愿解散" in page and "这份证书有效" not in page


def test_a_page_about_truth_is_never_kept_by_a_browser_or_a_proxy(client, paper):
    kept = client.get(paper.get_absolute_url()).headers.get("Cache-Control", "")
    assert "no-cache" in kept or "no-store" in kept


def test_nothing_personal_but_the_name_of_the_organisation_is_shown(client, paper):
    page = client.get(paper.get_absolute_url()).content.decode()
    for private in ("刘桂兰", "李阿姨", "老李", "小王", builders.identity_number(), "13900000000"):
        assert private not in page


def test_an_unknown_number_and_an_unknown_token_are_answered_in_words(client, paper):
    page = client.get(VERIFY, {"number": "备120103001〔2026〕99999号"})
    assert (page.status_code, "没有查到" in page.content.decode()) == (200, True)
    assert client.get(f"{VERIFY}{'x' * 22}/").status_code == 404


def test_a_case_is_followed_with_number_and_code_and_without_names(client, case):
    page = client.get(TRACK, {"number": case.number, "code": case.query_code.lower()}).content.decode()
    assert "准予备案" in page and case.number in page
    for private in ("刘桂兰", "李阿姨", "老李", "小王", "属实"):
        assert private not in page


@pytest.mark.parametrize("change", [
    lambda number: number.strip("收号"),
    lambda number: number.replace("〔", "").replace("〕", ""),
    lambda number: "".join(filter(str.isdigit, number)),
    lambda number: number.replace("〔", " 【").replace("〕", "】 "),
])  # fmt: skip
def test_a_case_is_found_with_a_number_as_a_phone_types_it(change, client, case):
    asked = {"number": change(case.number), "code": case.query_code}
    assert case.number in client.get(TRACK, asked).content.decode()


def test_a_wrong_code_a_foreign_code_and_an_unknown_number_get_one_answer(client, cast, places, case):
    other = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    asked = [
        (case.number, "AAAAAAAA"),
        (case.number, other.query_code),
        ("收120103001〔2026〕99999号", case.query_code),
    ]
    pages = [client.get(TRACK, {"number": "x", "code": "y"}).content] + [
        client.get(TRACK, {"number": number, "code": code}).content for number, code in asked
    ]
    plain = {page.decode().partition("没有查到")[2][:200] for page in pages}
    assert len(plain) == 1
    assert all("没有查到" in page.decode() for page in pages)


def test_a_draft_cannot_be_followed(client, cast, places, packs):
    draft = builders.draft(cast.auntie, places.garden)
    assert "没有查到" in client.get(TRACK, {"number": "None", "code": draft.query_code}).content.decode()


@pytest.mark.parametrize("url", [VERIFY, TRACK])
def test_the_thirty_first_question_within_ten_minutes_is_not_answered(url, client, db):
    asked = {"number": "备1", "code": "ABCD2345"}
    for _ in range(30):
        assert client.get(url, asked).status_code == 200
    late = client.get(url, asked)
    assert late.status_code == 429
    assert "十分钟" in late.content.decode() and "条件不符合" not in late.content.decode()


def test_both_questions_count_together_and_another_address_counts_apart(client, db):
    for number in range(30):
        client.get((VERIFY, TRACK)[number % 2], {"number": "备1", "code": "ABCD2345"})
    assert client.get(VERIFY, {"number": "备1"}).status_code == 429
    assert client.get(VERIFY, {"number": "备1"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_forged_header_buys_no_more_questions(client, db):
    for number in range(30):
        client.get(VERIFY, {"number": "备1"}, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert client.get(VERIFY, {"number": "备1"}, headers={"x-forwarded-for": "10.0.0.99"}).status_code == 429


def test_an_empty_question_is_not_counted_and_is_asked_back(client, db):
    for _ in range(40):
        page = client.get(VERIFY, {"number": ""})
    assert page.status_code == 200
    assert "填写证书编号" in page.content.decode()


def test_a_certificate_is_downloaded_as_pdf_under_its_number(client, cast, paper):
    client.force_login(cast.auntie)
    answer = client.get(reverse("registry:certificate", args=[paper.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_receipt_of_a_draft_does_not_exist(client, cast, places, packs):
    client.force_login(cast.auntie)
    draft = builders.draft(cast.auntie, places.garden)
    assert client.get(reverse("registry:receipt", args=[draft.pk])).status_code == 404
    assert client.get(reverse("registry:receipt_pdf", args=[draft.pk])).status_code == 422


def test_a_withdrawn_case_says_so_to_whoever_follows_it(client, cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    actions.move(case, "withdraw", by=cast.auntie)
    page = client.get(TRACK, {"number": case.number, "code": case.query_code}).content.decode()
    assert "已撤回" in page


def test_the_verified_page_of_a_conversion_names_the_reason(client, paper):
    register.cancel_certificates(paper.organisation, on=timezone.localdate(), reason="已转为登记")
    assert "已转为登记" in client.get(paper.get_absolute_url()).content.decode()
