"""The frame, the components and the pages that say no: what a reader, a screen reader and a script get from them."""

import copy
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.urls import path

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.middleware import way_back

pytestmark = pytest.mark.urls(__name__)

TEMPLATES = Path(settings.ROOT) / "templates"
OWN = [*TEMPLATES.glob("*.html"), *TEMPLATES.glob("components/*.html"), *TEMPLATES.glob("portal/*.html")]
REASONS = {
    "refusal": Refusal("注册资金不足", code="capital", clause="桂民发 四（一）", field="capital"),
    "forbidden": NotAllowed("需要街道审核权限", code="not_allowed"),
    "late": OutOfTurn("李建国已于 3月5日 作出决定", code="decided"),
}


@pytest.fixture(autouse=True)
def ground_floor_only(settings):
    """Pages rendered without what the upper floors add to them."""
    pages = copy.deepcopy(settings.TEMPLATES)
    options = pages[0]["OPTIONS"]
    options["context_processors"] = [
        one for one in options["context_processors"] if one.startswith(("django.", "portal."))
    ]
    settings.TEMPLATES = pages


def refuse(request, kind):
    if kind == "crash":
        raise ValueError("not a refusal")
    if kind == "fine":
        return HttpResponse("好")
    raise REASONS[kind]


urlpatterns = [path("try/<kind>", refuse), path("api/try/<kind>", refuse)]


class Form(forms.Form):
    name = forms.CharField(label="组织名称", help_text="写全称", error_messages={"max_length": "太长"})
    kind = forms.ChoiceField(label="主要活动", choices=[("a", "服务"), ("b", "文体")], widget=forms.RadioSelect)
    charter = forms.FileField(label="章程")
    note = forms.CharField(label="说明", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def tag(source, **context):
    return engines["django"].from_string("{% load portal %}" + source).render(context)


# --- every template ---


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_a_template_compiles_and_carries_no_inline_script_or_style(file):
    get_template(str(file.relative_to(TEMPLATES)))
    source = file.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|javascript:", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "429", "500", "503"])
def test_an_error_page_says_it_in_chinese_and_leads_home(code, rf):
    html = render_to_string(f"{code}.html", {}, None if code in ("400", "500", "503") else rf.get("/"))
    assert '<html lang="zh-CN">' in html
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    title = re.search(r"<title>(.*?)</title>", html)
    assert title and title.group(1).endswith(" - 社区社会组织登记备案平台")
    words = re.sub(r"<[^>]+>", " ", html.split("<body>")[1])
    assert not re.search(r"[A-Za-z]{2,}", words)


def test_the_frame_shows_only_what_it_was_given(rf):
    bare = render_to_string("base.html", {}, rf.get("/"))
    assert "主导航" not in bare
    assert "当前位置" not in bare
    nav = [{"label": "办件", "url": "/cases/", "active": True}]
    full = render_to_string("base.html", {"nav": nav, "contact": "咨询电话 123"}, rf.get("/"))
    assert '<a href="/cases/" aria-current="page">办件</a>' in full
    assert "咨询电话 123" in full


def test_large_letters_are_remembered_by_a_cookie(rf):
    request = rf.get("/")
    request.COOKIES["large"] = "1"
    html = render_to_string("base.html", {"large_letters": request.COOKIES["large"] == "1"}, request)
    assert '<html lang="zh-CN" class="large">' in html


# --- fields and errors ---


def test_a_field_says_in_words_whether_it_is_required_and_ties_help_and_error_to_its_control():
    form = Form({"name": ""})
    html = tag("{% field form.name %}{% field form.note %}", form=form)
    assert "*（必填）" in html and "（选填）" in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_draft_field_may_be_marked_required_without_being_so_yet():
    form = Form()
    form.fields["note"].mark = "must"
    assert "（必填）" in tag("{% field form.note %}", form=form)


def test_the_error_summary_counts_and_leads_to_the_first_control():
    html = tag("{% error_summary form %}", form=Form({}))
    assert "有 3 处需要修改" in html
    assert '<a href="#id_name">填写组织名称</a>' in html
    assert '<a href="#id_kind_0">选择主要活动</a>' in html
    assert '<a href="#id_charter">上传章程</a>' in html


def test_a_sound_form_has_no_summary():
    assert "error-summary" not in tag("{% error_summary form none %}", form=Form(), none=None)


def test_the_title_tells_of_errors_first(rf):
    page = render_to_string("base.html", {"form": Form({})}, rf.post("/"))
    assert "<title>错误：" in page
    assert "<title>错误：" not in render_to_string("base.html", {"form": Form()}, rf.get("/"))


def test_text_from_people_is_escaped():
    evil = "<script>x</script>"
    row = {"label": evil, "value": evil, "was": evil}
    entry = {"what": evil, "who": evil, "note": evil, "changes": [{"label": evil, "before": evil, "after": evil}]}
    html = render_to_string("components/summary.html", {"rows": [row]})
    html += render_to_string("components/timeline.html", {"entries": [entry]})
    html += render_to_string("components/notice.html", {"text": evil, "clause": evil})
    assert "<script" not in html


# --- components that carry meaning ---


def test_a_number_on_a_board_is_a_link_and_its_verdict_a_word():
    html = render_to_string(
        "components/stat.html", {"label": "组织数", "value": 0, "unit": "个", "href": "/orgs/", "verdict": "not_met"}
    )
    assert '<a href="/orgs/" aria-label="组织数 0个，查看清单">0</a>' in html
    assert "未达标" in html
    assert "暂无数据" in render_to_string("components/stat.html", {"label": "组织数", "value": None})


def test_a_finding_shows_requirement_fact_verdict_and_clause():
    finding = {
        "label": "注册资金",
        "required": 2000,
        "actual": None,
        "verdict": "unknown",
        "document": "桂民发",
        "clause": "四（一）",
        "assumed": True,
    }
    html = render_to_string("components/findings.html", {"findings": [finding]})
    for words in ("注册资金", "2000", "未提供", "待核", "桂民发 四（一）", "暂定"):
        assert words in html


def test_the_pager_keeps_the_other_conditions(rf):
    request = rf.get("/", {"q": "舞", "after": "old"})
    html = render_to_string("components/pager.html", {"pager": {"previous": "", "next": "k9", "total": 3}}, request)
    assert 'href="?q=%E8%88%9E&amp;after=k9"' in html
    assert "上一页" not in html
    assert "共 3 条" in html


def test_a_chart_has_a_table_with_the_same_numbers():
    data = {"title": "组织数", "categories": ["东园", "西园"], "series": [{"name": "个数", "values": [3, None]}]}
    html = tag("{% chart 'c1' data %}", data=data)
    assert '<script id="c1" type="application/json">' in html
    assert '<th scope="row">东园</th><td class="num" data-label="个数">3</td>' in html
    assert "暂无数据" in html


# --- refusals ---


@pytest.mark.parametrize(("kind", "status"), [("refusal", 422), ("forbidden", 403), ("late", 409)])
def test_a_refused_visit_is_a_page_with_reason_and_way_back(kind, status):
    answer = Client().get(f"/try/{kind}", HTTP_REFERER="http://testserver/desk")
    assert answer.status_code == status
    html = answer.content.decode()
    assert REASONS[kind].reason in html
    assert 'href="http://testserver/desk"' in html


def test_a_refused_form_goes_back_to_where_it_was_sent_from_and_says_why():
    answer = Client().post("/try/refusal", HTTP_REFERER="http://testserver/case/1")
    assert answer.status_code == 303
    assert answer["Location"] == "http://testserver/case/1"
    said = [str(message) for message in answer.wsgi_request._messages]
    assert said == ["注册资金不足（依据：桂民发 四（一））"]


def test_a_forbidden_form_gets_a_page_that_says_whom_to_ask():
    answer = Client().post("/try/forbidden", HTTP_REFERER="http://testserver/case/1")
    assert answer.status_code == 403
    assert "管理员" in answer.content.decode()


def test_nobody_is_sent_to_a_foreign_host():
    answer = Client().post("/try/late", HTTP_REFERER="http://evil.example/case/1")
    assert answer.status_code == 409
    assert "evil.example" not in answer.content.decode()


def test_a_secure_page_is_not_left_for_an_open_one(rf):
    assert way_back(rf.get("/", secure=True, HTTP_REFERER="http://testserver/a")) == ""
    assert way_back(rf.get("/", secure=True, HTTP_REFERER="https://testserver/a")) == "https://testserver/a"


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("/try/refusal", {"HTTP_ACCEPT": "application/json"}),
        ("/try/refusal", {"HTTP_HX_REQUEST": "true"}),
        ("/api/try/refusal", {}),
    ],
)
def test_a_machine_or_a_script_gets_a_problem_document(url, headers):
    answer = Client().post(url, HTTP_REFERER="http://testserver/case/1", **headers)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"], problem["detail"]) == (422, "capital", "注册资金不足")
    assert (problem["clause"], problem["field"]) == ("桂民发 四（一）", "capital")


def test_other_exceptions_are_not_swallowed():
    with pytest.raises(ValueError, match="not a refusal"):
        Client().get("/try/crash")
    assert Client().get("/try/fine").content.decode() == "好"
