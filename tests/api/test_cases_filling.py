"""Sections, papers, looking before handing in, handing in, correcting and giving up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from portal.models import AuditEvent
from registry.casework import actions
from registry.models import Case, NumberSeries, Step
from tests import builders
from tests.api.applying import ANSWERS, bring, complete, opened, pointed, submitted


@pytest.fixture
def one(speak):
    return speak("platform")


def fill(client, at, key, answers, tag=None):
    tag = tag or client.get(at)["ETag"]
    return client.put(f"{at}/sections/{key}", {"answers": answers}, If_Match=tag)


# --- sections -------------------------------------------------------------------------------------------------------


def test_what_is_wrong_is_kept_as_typed_and_pointed_at(one, places):
    at = opened(one, places.garden, answers={})["Location"]
    wrong = {"leader_name": "刘桂兰", "leader_phone": "12", "individual_members": "许多", "serving_cadre": True}
    told = fill(one, at, "people", wrong)
    assert told.status_code == 200, told.content.decode()
    section = told.json()["sections"]["people"]
    assert section["status"] == "doing" and section["answers"]["individual_members"] == "许多"
    assert section["answers"]["leader_phone"] == "**" and section["answers"]["serving_cadre"] is True
    named = {one["pointer"].rpartition("/")[2]: one for one in section["problems"]}
    assert set(named) == {"leader_id_number", "leader_phone", "individual_members", "cadre_approval"}
    assert all(pointed(told.json(), each["pointer"]) != 0 and each["reason"] for each in named.values())


def test_what_was_told_can_be_written_back_unchanged(one, places):
    at, before = complete(one, places.garden)
    tag, kept = before["ETag"], Case.objects.get()
    for key, section in before.json()["sections"].items():
        told = fill(one, at, key, section["answers"], tag)
        assert told.status_code == 200 and told["ETag"] == tag
    after = Case.objects.get()
    assert (after.answers, after.sealed) == (kept.answers, kept.sealed)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"colour": "red"}, "unknown_field"),
        ({"hub_type": "party_service"}, "not_asked"),
        ({"service_groups": "elderly"}, "wrong_type"),
        ({"service_groups": [1]}, "wrong_type"),
        ({"service_groups": ["a b"]}, "wrong_type"),
        ({"name": {"deep": 1}}, "wrong_type"),
        ({"name": True}, "wrong_type"),
    ],
)
def test_answers_of_another_form_or_type_are_refused_with_their_place(one, places, answers, code):
    at = opened(one, places.garden, answers={})["Location"]
    told = fill(one, at, "organisation", answers)
    assert (told.status_code, told.json()["code"]) == (400, code), told.content.decode()
    assert told.json()["invalid_params"][0]["name"] == f"/answers/{next(iter(answers))}"
    assert Case.objects.get().answers == {}


@pytest.mark.parametrize("value", [10**40, 1.5, 1e308, -1, "１２", "\0", "a\0b", "😀" * 9000])
def test_odd_values_of_the_right_type_are_kept_or_mended_never_a_fault(one, places, value):
    at = opened(one, places.garden, answers={})["Location"]
    told = fill(one, at, "people", {"leader_name": value, "individual_members": value})
    assert told.status_code == 200, told.content.decode()


def test_a_section_of_another_kind_and_an_odd_body_are_refused(one, places):
    at = opened(one, places.garden, answers={})["Location"]
    assert fill(one, at, "liquidation", {}).status_code == 404
    tag = one.get(at)["ETag"]
    for body in ({}, {"answers": []}, {"answers": {}, "more": 1}, []):
        assert one.put(f"{at}/sections/people", body, If_Match=tag).status_code == 400


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_body_without_end_is_refused(one, places, depth):
    at = opened(one, places.garden, answers={})["Location"]
    body = '{"answers": {"name": ' + "[" * depth + "]" * depth + "}}"
    headers = {"Authorization": f"Bearer {one.token}", "If-Match": "*"}
    path = f"{at}/sections/organisation"
    told = one.browser.generic("PUT", path, headers=headers, data=body, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (400, "malformed")


def test_a_stale_or_missing_tag_changes_nothing(one, places):
    at = opened(one, places.garden, answers={})["Location"]
    old = one.get(at)["ETag"]
    assert fill(one, at, "party", ANSWERS["party"], old).status_code == 200
    assert fill(one, at, "party", {"full_party_members": 9}, old).status_code == 412
    assert one.put(f"{at}/sections/party", {"answers": {}}).status_code == 428
    assert Case.objects.get().answers["party"]["full_party_members"] == "3"


def test_a_section_tells_its_questions_as_this_case_is_asked_them(one, places):
    at = opened(one, places.garden)["Location"]
    told = one.get(f"{at}/sections/organisation").json()
    names = [each["name"] for each in told["questions"]]
    assert names == list(told["answers"]) and "hub_type" not in names
    assert next(each for each in told["questions"] if each["name"] == "service_groups")["type"] == "array"


# --- papers ---------------------------------------------------------------------------------------------------------


def test_a_paper_is_read_back_as_it_was_sent_and_never_opened_in_place(one, places):
    at, told = complete(one, places.garden)
    file = told.json()["materials"]["charter"]["file"]
    read = one.get(file["href"])
    assert b"".join(read.streaming_content) == builders.PNG
    assert read["Content-Disposition"].startswith("attachment") and read["X-Content-Type-Options"] == "nosniff"
    other = opened(one, places.garden, reference="P-2")["Location"]
    assert one.get(file["href"].replace(at, other)).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"MZ\x90\x00"])
def test_what_may_not_come_in_is_refused_with_its_field(one, places, content):
    at = opened(one, places.garden)["Location"]
    told = bring(one, at, "charter", SimpleUploadedFile("章程.png", content))
    assert told.status_code == 422 and told.json()["invalid_params"][0]["name"] == "/charter", told.content.decode()


def test_a_paper_is_promised_taken_again_or_sent_and_never_two_at_once(one, places):
    at, told = complete(one, places.garden)
    promised = one.post(f"{at}/materials", {"kind": "premises", "promise": True})
    assert promised.status_code == 201 and promised.json()["materials"]["premises"]["status"] == "promised"
    for body in ({"kind": "premises"}, {"kind": "premises", "promise": True, "reuse": 1}, {"promise": True}):
        assert one.post(f"{at}/materials", body).status_code == 400
    for body, code in (
        ({"kind": "members", "promise": True}, "no_promise"),
        ({"kind": "nothing", "promise": True}, "paper_not_asked"),
        ({"kind": "charter", "reuse": 10**9}, "not_reusable"),
    ):
        told = one.post(f"{at}/materials", body)
        assert (told.status_code, told.json()["code"]) == (422, code)
    second = opened(one, places.garden, reference="P-2")
    former = second.json()["materials"]["charter"]["former"][0]["id"]
    taken = one.post(f"{second['Location']}/materials", {"kind": "charter", "reuse": former})
    assert taken.status_code == 201 and taken.json()["materials"]["charter"]["status"] == "present"


def test_a_promised_paper_comes_after_the_handing_in_and_nothing_else_does(one, places):
    at, told = complete(one, places.garden)
    told = one.post(f"{at}/materials", {"kind": "premises", "promise": True})
    one.post(f"{at}/submit", If_Match=told["ETag"])
    assert bring(one, at, "charter").json()["code"] == "not_owed"
    assert one.post(f"{at}/materials", {"kind": "charter", "promise": True}).json()["code"] == "not_editable"
    told = bring(one, at, "premises")
    assert told.status_code == 201 and told.json()["materials"]["premises"]["status"] == "present"
    assert bring(one, at, "premises").status_code == 409


# --- handing in -----------------------------------------------------------------------------------------------------


def everything() -> dict[str, list]:
    """Every row of every table of the database."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "token" not in name]
        found = {}
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def test_a_dry_run_says_what_the_real_one_would_and_writes_nothing(one, places):
    at = opened(one, places.garden, answers={"organisation": ANSWERS["organisation"]})["Location"]
    before = everything()
    told = one.get(f"{at}/validation").json()
    assert everything() == before
    assert not told["is_valid"] and told["missing_materials"] == ["charter", "members"] and told["verdict"]["findings"]
    refused = one.post(f"{at}/submit", If_Match=one.get(at)["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (422, "incomplete")
    named = [each["name"] for each in refused.json()["invalid_params"]]
    assert named == [each["pointer"] for each in told["errors"]] and len(named) > 5


def test_a_dry_run_that_succeeds_writes_nothing_either(one, places):
    at, _ = complete(one, places.garden)
    before = everything()
    told = one.get(f"{at}/validation").json()
    assert told["is_valid"] and told["next_desk"] == "居（村）委会" and not told["errors"]
    assert everything() == before and not NumberSeries.objects.exists() and not Step.objects.exists()
    assert one.post(f"{at}/submit", If_Match=one.get(at)["ETag"]).status_code == 200


def test_a_missing_paper_is_named_with_its_clause(one, places, documents):
    told = opened(one, places.garden, item="registration", reference="R-1", answers={})
    at = told["Location"]
    fill(one, at, "organisation", {"legal_form": "association", "name": "天津市河西区暖阳老年协会"})
    found = {each["pointer"]: each for each in one.get(f"{at}/validation").json()["errors"]}
    asked = one.get(at).json()["materials"]
    for kind, line in asked.items():
        if line["required"]:
            assert found[f"/materials/{kind}"]["clause"] == line["clause"]
    assert any(line["clause"] for line in asked.values())


def test_a_double_submit_is_one_submit(one, places):
    at, told = complete(one, places.garden)
    key, tag = "submit-1", told["ETag"]
    first = one.post(f"{at}/submit", If_Match=tag, Idempotency_Key=key)
    again = one.post(f"{at}/submit", If_Match=tag, Idempotency_Key=key)
    assert first.status_code == again.status_code == 200 and again["Idempotency-Replayed"] == "true"
    assert first.content == again.content
    assert one.post(f"{at}/submit", If_Match=tag).status_code == 412
    late = one.post(f"{at}/submit", If_Match=first["ETag"])
    assert (late.status_code, late.json()["code"]) == (409, "overtaken")
    assert Step.objects.count() == 1 and AuditEvent.objects.filter(verb="case.submit").count() == 1


def test_an_application_is_given_up_and_closed(one, places):
    at, told = submitted(one, places.garden)
    gone = one.post(f"{at}/withdraw", {"note": "不办了"}, If_Match=told["ETag"])
    assert (
        gone.status_code == 200 and gone.json()["state"] == "withdrawn" and gone.json()["steps"][-1]["note"] == "不办了"
    )
    tag = gone["ETag"]
    assert one.post(f"{at}/withdraw", {}, If_Match=tag).status_code == 409
    assert fill(one, at, "party", {}, tag).json()["code"] == "not_editable"
    assert one.get(f"{at}/validation").status_code == 409
    assert bring(one, at, "charter").status_code == 409
    assert one.post(f"{at}/unlock", If_Match=tag).status_code == 409


# --- corrections ----------------------------------------------------------------------------------------------------


@pytest.fixture
def returned(one, places, cast):
    """The address of a case given back for its name."""
    at, _ = submitted(one, places.garden)
    actions.move(Case.objects.get(), "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    return at


def test_a_correction_changes_what_was_questioned_and_goes_back_to_its_desk(one, returned):
    told = fill(one, returned, "organisation", {"name": "晨光舞蹈队"})
    assert told.status_code == 200 and told.json()["sections"]["organisation"]["answers"]["address"]
    done = one.post(f"{returned}/submit", If_Match=told["ETag"])
    assert done.status_code == 200 and done.json()["steps"][-1]["label"] == "补正后提交申请"


def test_what_nobody_questioned_stays_shut_until_it_is_unlocked(one, returned):
    other = fill(one, returned, "party", {"full_party_members": 9})
    assert (other.status_code, other.json()["code"]) == (409, "not_questioned")
    assert other.json()["invalid_params"][0]["name"] == "/answers/full_party_members"
    assert bring(one, returned, "charter", builders.picture()).json()["code"] == "not_questioned"
    opened_up = one.post(f"{returned}/unlock", If_Match=one.get(returned)["ETag"])
    assert opened_up.status_code == 200 and opened_up.json()["correction"]["unlocked"]
    assert fill(one, returned, "party", ANSWERS["party"] | {"full_party_members": 9}).status_code == 200


def test_a_correction_that_changes_nothing_is_refused_also_in_the_dry_run(one, returned):
    told = one.get(f"{returned}/validation").json()
    assert not told["is_valid"] and [each["code"] for each in told["errors"]] == ["nothing_changed"]
    refused = one.post(f"{returned}/submit", If_Match=one.get(returned)["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_changed")
