"""Papers on paper: they are made, they say what the register says, and nothing more."""

import json

import pytest
from django.utils import timezone

from portal.errors import Refusal
from registry import documents, register
from registry.casework import papers
from registry.documents import render
from registry.models import Certificate
from tests import builders


@pytest.fixture
def words(monkeypatch):
    """Everything that is handed to the typesetter."""
    handed = []
    monkeypatch.setattr(
        render, "_set", lambda sheet, data: handed.append(json.dumps(data, ensure_ascii=False)) or b"%PDF"
    )
    return handed


@pytest.fixture
def granted(cast, places, packs, delegation):
    return Certificate.objects.get(case=builders.walk(builders.draft(cast.auntie, places.garden), cast))


def test_a_certificate_is_a_pdf_with_its_own_fonts(granted):
    paper = documents.certificate(granted, url="https://portal.example/verify/x/")
    assert paper.startswith(b"%PDF-")
    assert b"FontFile" in paper


def test_a_receipt_is_a_pdf(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    paper = documents.receipt(case, url="https://portal.example/track/", papers=["章程（承诺补交）", "成员名单"])
    assert paper.startswith(b"%PDF-")


def test_a_certificate_of_a_registration_is_a_pdf(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast)
    assert documents.certificate(Certificate.objects.get(case=case), url="https://portal.example/").startswith(b"%PDF-")


def test_a_certificate_says_name_number_and_issuer_but_no_personal_number(granted, words):
    documents.certificate(granted, url="https://portal.example/verify/x/")
    assert all(word in words[0] for word in ("阳光舞蹈队", granted.number, "大营门街道办事处", "刘桂兰"))
    assert builders.identity_number() not in words[0] and "13900000000" not in words[0]


def test_a_cancelled_certificate_says_so_on_its_face(granted, words):
    register.end(granted.organisation, by=None, on=timezone.localdate(), reason="成员解散")
    granted.refresh_from_db()
    documents.certificate(granted, url="https://portal.example/verify/x/")
    assert json.loads(words[0])["valid"] is False


def test_a_receipt_says_number_code_and_promised_day_but_no_personal_number(cast, places, packs, words):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    documents.receipt(case, url="u", papers=[line.paper.label for line in papers.checklist(case)])
    promised = f"{case.promised_on.year}年{case.promised_on.month}月{case.promised_on.day}日"
    assert all(word in words[0] for word in (case.number, case.query_code, promised, "成员名单"))
    assert f"12 个工作日，到{promised}（本系统暂定）" in words[0]
    assert builders.identity_number() not in words[0] and "13900000000" not in words[0]


def test_a_paper_keeps_what_stood_on_the_day_of_issue(granted, words):
    granted.organisation.name = "改了名字的队"
    granted.organisation.save()
    documents.certificate(Certificate.objects.get(), url="u")
    assert "阳光舞蹈队" in words[0] and "改了名字的队" not in words[0]


@pytest.mark.parametrize("name", ["𠮷祥队", "阳光🎉队", "a#b$c*d_e@f<g>\\h", '"引号"队', "#eval(1)"])
def test_an_unusual_name_is_either_printed_or_refused_in_words(name, granted):
    granted.name = name
    try:
        assert documents.certificate(granted, url="https://portal.example/").startswith(b"%PDF-")
    except Refusal as no:
        assert (no.code, "字" in no.reason) == ("glyph_missing", True)


def test_a_name_with_the_typesetters_own_signs_is_printed_as_it_is(granted):
    granted.name = '#read("certificate.typ") $x$ *a*'
    assert documents.certificate(granted, url="https://portal.example/").startswith(b"%PDF-")


def test_a_qr_code_is_a_drawing_without_a_script():
    drawing = render.qr("https://portal.example/verify/x/")
    assert drawing.startswith("<svg") and "<script" not in drawing
