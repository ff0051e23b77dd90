"""The OpenAPI document says what the code does: generated without a warning, committed, valid, whole."""

import re

import pytest
import yaml
from django.urls import get_resolver
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from portal.api import codes
from portal.api.doors import Door, PublicDoor
from portal.api.schema import whole, writing
from portal.api.schema.words import TAGS
from portal.api.scopes import ABILITIES


@pytest.fixture(scope="module")
def made():
    """(the document as generated now, warnings)"""
    text, warnings = writing.generate()
    return text, warnings


@pytest.fixture(scope="module")
def document(made):
    return yaml.load(made[0], Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def contracts(document):
    return {operation["operationId"]: operation for _, _, operation in whole.operations(document)}


def doors(patterns):
    """Every door of ours with its methods that declare a contract."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from doors(one.url_patterns)
        elif isinstance(getattr(one.callback, "cls", None), type) and issubclass(one.callback.cls, Door):
            for method in ("get", "post", "put", "patch", "delete"):
                if hasattr(one.callback.cls, method):
                    yield one.callback.cls, getattr(one.callback.cls, method).operation


def names(document, contracts, name, place="header"):
    """The operations with this parameter, and whether each requires it."""
    shared = document["components"]["parameters"]
    found = {}
    for key, operation in contracts.items():
        for one in operation.get("parameters", []):
            one = shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            if (one["in"], one["name"]) == (place, name):
                found[key] = one.get("required", False)
    return found


def test_it_is_generated_without_a_warning(made):
    assert made[1] == []


def test_the_committed_document_is_the_generated_one(made):
    assert writing.PATH.read_text("utf-8") == made[0], "manage.py apidoc"


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    validate_schema(document)
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert set(schema.get("required", [])) <= set(schema.get("properties", schema.get("required", []))), name


def test_every_reference_leads_somewhere(document):
    for pointer in set(re.findall(r"'\$ref': '#/([^']+)'", str(document))):
        value = document
        for part in pointer.split("/"):
            value = value[part]


def test_every_door_is_in_it_once_with_chinese_words(contracts):
    declared = [contract for _, contract in doors(get_resolver().url_patterns)]
    assert len(declared) == len({one.id for one in declared})
    assert contracts.keys() == {one.id for one in declared} | {"oauth.token", "oauth.revoke"}
    for name, operation in contracts.items():
        assert re.search("[一-鿿]", operation["summary"]), name
        assert set(operation["tags"]) <= TAGS.keys(), f"{name}：在 words.TAGS 里给这一组写名称"


def test_what_a_contract_asks_is_required(document, contracts):
    keys, matches = (names(document, contracts, name) for name in ("Idempotency-Key", "If-Match"))
    acting, seen = (names(document, contracts, name) for name in ("X-Acting-Person", "X-Request-ID"))
    for cls, contract in doors(get_resolver().url_patterns):
        assert keys.get(contract.id) is (True if contract.once else None), contract.id
        assert matches.get(contract.id) is (True if contract.match else None), contract.id
        assert seen[contract.id] is False
        assert (contract.id in acting) <= (not issubclass(cls, PublicDoor))


def test_refusals_are_one_problem_and_none_is_missing(document, contracts):
    for cls, contract in doors(get_resolver().url_patterns):
        told = contracts[contract.id]["responses"]
        expected = {400, 429, *contract.refuses}
        expected |= set() if issubclass(cls, PublicDoor) else {401, 403}
        expected |= {412, 428} if contract.match else set()
        expected |= {409, 422} if contract.once else set()
        assert {str(status) for status in expected} <= told.keys(), contract.id
        bad = [one for status, one in told.items() if status >= "400"]
        assert all(one["$ref"].startswith("#/components/responses/Problem") for one in bad), contract.id
    for one in document["components"]["responses"].values():
        (media,) = one["content"]
        assert media == "application/problem+json"
        assert one["content"][media]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_tokens_are_asked_for_where_the_door_asks(contracts):
    for cls, contract in doors(get_resolver().url_patterns):
        (asked,) = contracts[contract.id]["security"]
        assert bool(asked) is not issubclass(cls, PublicDoor)
        assert set(asked.get("oauth2", [])) <= ABILITIES.keys()


def test_bodies_are_strict(document, contracts):
    for name, operation in contracts.items():
        for media, one in operation.get("requestBody", {}).get("content", {}).items():
            if "$ref" in one["schema"]:
                schema = document["components"]["schemas"][one["schema"]["$ref"].rpartition("/")[2]]
                assert schema["additionalProperties"] is False, (name, media)


def test_every_field_says_what_it_is(document):
    silent = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, one in schema.get("properties", {}).items()
        if not {"description", "$ref", "allOf", "oneOf", "items"} & one.keys()
    ]
    assert silent == []


def test_every_type_of_event_is_a_webhook(document):
    assert {"case.submitted", "case.approved"} <= document["webhooks"].keys()
    signed = document["webhooks"]["case.submitted"]["post"]["parameters"]
    assert {one["name"] for one in signed} == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_the_list_of_codes_is_that_of_the_code():
    committed = codes.listed()
    assert yaml.safe_load(codes.write()) == committed, "manage.py apidoc"
    assert not [code for code, one in committed.items() if one.get("gone")], "代号是约定的一部分，不能消失"


def test_codes_are_words_of_machines_with_words_for_people():
    for code, one in codes.listed().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", code), code
        assert one["status"] and all(400 <= status < 600 for status in one["status"])
        assert one.get("do") or codes.advice(one["status"])


def test_a_code_is_found_however_it_is_raised():
    found = codes.collect()
    assert 429 in found["too_many"]["status"] and found["conflict"]["status"] == [409]
    assert found["unknown_parameter"]["status"] == [400] and found["unknown_field"]["words"]
    assert found["invalid_token"]["status"] == [401] and 422 in found["empty_file"]["status"]
    assert found["changed"]["status"] == [412] and found["in_flight"]["status"] == [409]
