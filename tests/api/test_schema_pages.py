"""The document for people: every page opens without a key or script, and says what the document says."""

import json
import re

import pytest
import yaml

from portal.api import codes, reading
from portal.api.schema import stories, writing
from portal.api.schema.stories import Step
from portal.api.schema.whole import operations

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def test_the_start_leads_to_every_operation(client):
    page = client.get(f"{ROOT}/docs/").content.decode()
    for _, _, operation in operations(writing.document()):
        assert f'/api/v1/docs/{operation["tags"][0]}/#{operation["operationId"]}"' in page
    assert "client_credentials" in page and "webhook-signature" in page


@pytest.mark.parametrize("group", [tag["name"] for tag in writing.document()["tags"]])
def test_a_group_shows_each_operation_with_fields_statuses_and_examples(client, group):
    page = client.get(f"{ROOT}/docs/{group}/").content.decode()
    for path, _, operation in operations(writing.document()):
        if operation["tags"] == [group]:
            assert f'id="{operation["operationId"]}"' in page and path in page
            assert page.count("curl ") >= len(stories.steps_of(operation["operationId"]))


def test_pages_ask_no_other_host_and_need_no_script(client):
    for path in ("docs/", "docs/cases/", "problems/"):
        page = client.get(f"{ROOT}/{path}").content.decode()
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
        assert "<script>" not in page and "onclick" not in page


def test_every_code_has_its_anchor(client):
    page = client.get(f"{ROOT}/problems/").content.decode()
    assert all(f'id="{code}"' in page for code in codes.listed())


def test_the_document_is_served_as_committed_and_may_be_kept(client):
    told = client.get(f"{ROOT}/openapi.json")
    assert json.loads(told.content) == yaml.safe_load(client.get(f"{ROOT}/openapi.yaml").content)
    assert told["Cache-Control"] == "public, max-age=300"
    assert client.get(f"{ROOT}/openapi.json", headers={"If-None-Match": told["ETag"]}).status_code == 304


def test_what_is_not_there_is_told_as_everywhere(client):
    assert client.get(f"{ROOT}/docs/nothing/").status_code == 404


def test_every_page_leads_to_the_document(client):
    assert "/api/v1/docs/" in client.get("/").content.decode()


def test_a_field_is_told_in_words():
    schema = {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "enum": ["a"], "description": "种类\n\n* `a` - 甲", "maxLength": 9},
            "parts": {"type": "array", "items": {"$ref": "#/part"}, "minItems": 1},
        },
    }
    part = {
        "type": "object",
        "properties": {"on": {"type": ["string", "null"], "format": "date", "description": "哪天"}},
    }
    kind, parts, on = reading.Reader({"part": part}).fields(schema)
    assert (kind.kind, kind.must, kind.words, kind.limits) == ("文字", True, "种类", "最多 9 字")
    assert kind.choices == (("a", "甲"),)
    assert (parts.kind, parts.must, parts.limits) == ("列表，每项是对象", False, "至少 1 项")
    assert (on.name, on.kind) == ("parts[].on", "日期 YYYY-MM-DD或 null")


def step_of(**other):
    told = {"operation": "x.y", "title": "甲", "speaker": "platform", "method": "POST", "path": "/p", "status": 201}
    plain = {"headers": {}, "body": None, "form": {}, "files": {}, "answer": {"a": 1}, "told": {"ETag": '"2"'}}
    return Step(**(told | plain | other))


def test_an_example_can_be_pasted():
    step = step_of(headers={"Idempotency-Key": "k"}, body={"名": 1})
    assert reading.curl(step, "https://h").splitlines()[:3] == [
        "curl -i -X POST 'https://h/p' \\",
        '  -H "Authorization: Bearer $TOKEN" \\',
        "  -H 'Idempotency-Key: k' \\",
    ]
    assert reading.answer(step).startswith('HTTP/1.1 201 Created\nETag: "2"\n\n{')


def test_what_an_earlier_answer_told_is_a_variable_of_the_shell():
    story = {
        "given": {"place": "120103001001"},
        "steps": [
            {"operation": "x", "title": "甲", "as": "platform", "method": "POST", "path": "/c?in=${place}"}
            | {"keep": {"case": "/id", "tag": "ETag"}}
            | {"answer": {"status": 201, "headers": {"ETag": '"2"'}, "body": {"id": 7}}},
            {"operation": "y", "title": "乙", "as": "street", "method": "PUT", "path": "/c/${case}"}
            | {"headers": {"If-Match": "${tag}"}, "answer": {"status": 200}},
        ],
    }
    first, second = stories.shown(story)
    assert "'https://h/c?in=120103001001'" in reading.curl(first, "https://h")
    assert reading.kept(first) == [("CASE", "答复里的 id"), ("ETAG", "答复头 ETag")]
    assert reading.curl(second, "https://h").splitlines() == [
        'curl -i -X PUT "https://h/c/$CASE" \\',
        '  -H "Authorization: Bearer $STREET_TOKEN" \\',
        '  -H "If-Match: $ETAG"',
    ]
    assert second.path == "/c/7" and second.headers == {"If-Match": '"2"'}


def test_a_file_is_saved_not_poured_into_the_terminal():
    step = step_of(method="GET", path="/p.pdf", status=200, told={"Content-Disposition": "attachment"}, answer=None)
    assert reading.curl(step, "https://h").startswith("curl -O 'https://h/p.pdf'")


def test_no_pasted_example_carries_a_case_or_tag_of_the_recording(client):
    page = client.get(f"{ROOT}/docs/cases/").content.decode()
    asked = re.findall(r'aria-label="请求：[^"]*">(.*?)</pre>', page, re.S)
    assert asked and not [one for one in asked if re.search(r"/cases/\d|If-(None-)?Match: &quot;", one)]
