"""A case over the API, from the draft to the certificate, for whoever applied and for nobody else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.casework import actions
from registry.models import Case
from tests import builders
from tests.api.applying import ANSWERS, complete, opened, pointed, submitted


def walked(case, cast):
    """Decided by the desks."""
    for verb, who, data in builders.WALKS["filing"][1:]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实", data=data)
    return case


def test_a_case_goes_from_draft_to_certificate(speak, places, cast):
    one = speak("platform")
    at, told = submitted(one, places.garden)
    first = told.json()
    assert first["state"] == "submitted" and first["number"] and len(first["query_code"]) == 8
    assert first["sections"]["people"]["answers"]["leader_phone"] == "139****0000"
    assert first["sections"]["organisation"]["answers"]["service_groups"] == ["elderly"]
    assert [step["verb"] for step in first["steps"]] == ["submit"]
    walked(Case.objects.get(), cast)
    last = one.get(at).json()
    assert last["state_label"] == "已办结" and last["certificate"]["number"] and last["organisation"]
    assert last["links"]["certificate_pdf"] == f"{at}/certificate.pdf"
    receipt = one.get(f"{at}/receipt").json()
    assert receipt["query_code"] == first["query_code"] and receipt["promised_on"] == first["promised_on"]
    for name in ("receipt.pdf", "certificate.pdf"):
        paper = one.get(f"{at}/{name}")
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_the_verdict_names_rule_document_clause_required_and_actual(speak, places):
    _, told = submitted(speak("platform"), places.garden)
    found = {one["key"]: one for one in told.json()["verdict"]["findings"]}
    members = found["filing.association.min_members"]
    assert members["required"] == 10 and members["actual"] == 24 and members["verdict"] == "pass"
    assert all(one["document"] for one in found.values())
    assert not found["registration.legal_form"]["concerns"] and found["leader.occupational_ban"]["concerns"]


def test_the_same_reference_gives_the_same_case(speak, places):
    one = speak("platform")
    first, second = opened(one, places.garden), opened(one, places.garden)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"] and Case.objects.count() == 1
    for other in ({"item": "name"}, {"place": places.village.code}):
        told = one.post("/cases", {"item": "filing", "place": places.garden.code, "reference": "P-1"} | other)
        assert told.status_code == 409 and told.json()["code"] == "reference_used"


def test_another_client_has_its_own_references(speak, places):
    assert opened(speak("platform"), places.garden).status_code == 201
    assert opened(speak("community"), places.garden).status_code == 201
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"place": "120101000000"}, 403, "scope_missing"),
        ({"place": "120103999000"}, 422, "no_such_place"),
        ({"place": "120103000000"}, 422, "no_such_place"),
        ({"item": "nothing"}, 422, "no_such_item"),
        ({"item": "filing-change"}, 422, "not_for_this_organisation"),
        ({"organisation": 999}, 422, "no_such_organisation"),
        ({"reference": ""}, 400, "invalid"),
        ({"reference": "x" * 65}, 400, "invalid"),
        ({"reference": "a\0b"}, 400, "invalid"),
        ({"organisation": 10**30}, 400, "invalid"),
        ({"place": "大营门"}, 400, "invalid"),
        ({"colour": "red"}, 400, "unknown_field"),
        ({"answers": {"nowhere": {}}}, 400, "unknown_section"),
        ({"answers": {"organisation": {"colour": 1}}}, 400, "unknown_field"),
        ({"answers": []}, 400, "invalid"),
    ],
)
def test_what_cannot_be_opened_is_told_and_leaves_nothing(speak, places, more, status, code):
    told = opened(speak("platform"), places.garden, **more)
    assert (told.status_code, told.json()["code"]) == (status, code), told.content.decode()
    assert not Case.objects.exists()


def test_a_case_about_an_organisation_is_opened_once_at_a_time(speak, places):
    one, held = speak("community"), builders.organisation(places.garden)
    body = {"item": "filing-terminate", "place": places.garden.code, "organisation": held.pk}
    first = one.post("/cases", body | {"reference": "T-1"})
    assert first.status_code == 201 and first.json()["organisation"] == held.pk, first.content.decode()
    assert one.post("/cases", body | {"reference": "T-1"}).status_code == 200
    told = one.post("/cases", body | {"reference": "T-2"})
    assert (told.status_code, told.json()["code"]) == (409, "case_open")
    elsewhere = one.post("/cases", body | {"reference": "T-3", "place": places.garden.code, "organisation": 10**9})
    assert elsewhere.json()["code"] == "no_such_organisation"


def test_to_apply_somewhere_opens_nothing_about_somebody_elses_organisation(speak, places):
    held = builders.organisation(places.garden)
    body = {"item": "filing-terminate", "place": places.garden.code, "organisation": held.pk, "reference": "T-1"}
    told = speak("platform").post("/cases", body)
    assert (told.status_code, told.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("who", ["neighbour", "leader"])
def test_a_stranger_finds_no_case(speak, places, who):
    at, _ = submitted(speak("platform"), places.garden)
    other = speak(who)
    paths = ["", "/receipt", "/receipt.pdf", "/certificate.pdf", "/validation", "/sections/people"]
    for path in paths:
        assert other.get(at + path).status_code in (403, 404), path
    assert speak("neighbour").get(at).status_code == 404
    assert speak("neighbour").post(f"{at}/withdraw", {}, If_Match="*").status_code == 404


def test_a_desk_reads_the_case_without_query_code_and_reference(speak, places):
    at, _ = submitted(speak("platform"), places.garden)
    told = speak("street").get(at).json()
    assert told["query_code"] is None and told["reference"] == ""
    assert told["sections"]["people"]["answers"]["leader_id_number"].count("*") > 8
    assert speak("street").get(f"{at}/receipt").json()["query_code"] is None
    assert "receipt_pdf" not in told["links"]
    assert speak("street").get(f"{at}/receipt.pdf").status_code == 404, "the code is printed on it"


def test_a_draft_is_its_openers_alone(speak, places):
    told = opened(speak("platform"), places.garden)
    assert speak("street").get(told["Location"]).status_code == 404
    assert speak("street").get("/cases").json()["count"] == 0


def test_the_list_is_filtered_and_paged_newest_first(speak, places):
    one = speak("platform")
    made = [opened(one, places.garden, reference=f"P-{at}", answers={}).json()["id"] for at in range(5)]
    first = one.get("/cases?page_size=2").json()
    assert [each["id"] for each in first["results"]] == made[:-3:-1] and first["count"] == 5
    second = one.get(first["next"]).json()
    assert [each["id"] for each in second["results"]] == [made[2], made[1]]
    assert one.get("/cases?reference=P-3").json()["results"][0]["id"] == made[3]
    assert one.get("/cases?state=submitted").json()["count"] == 0
    assert one.get("/cases?state=nothing").status_code == 400
    assert one.get("/cases?item=filing").json()["count"] == 5
    assert one.get(f"/cases?place={places.village.code}").json()["count"] == 0
    assert one.get("/cases?reference=%00").status_code == 400
    ahead = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert one.get(f"/cases?updated_since={ahead}").json()["count"] == 0


def test_what_was_read_is_not_sent_again_until_it_changes(speak, places):
    one = speak("platform")
    at, _ = complete(one, places.garden)
    tag = one.get(at)["ETag"]
    same = one.get(at, If_None_Match=tag)
    assert same.status_code == 304 and not same.content and same["ETag"] == tag
    one.put(f"{at}/sections/party", {"answers": {"full_party_members": 5}}, If_Match=tag)
    assert one.get(at, If_None_Match=tag).status_code == 200


def test_the_answers_of_list_and_case_cost_the_same_however_many_there_are(speak, places, cast):
    one = speak("platform")
    at, _ = submitted(one, places.garden)
    few = _queries(one, at), _queries(one, "/cases")
    case = Case.objects.get()
    for _ in range(3):
        case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
        name = f"晨光舞蹈队{case.version}"
        case = builders.corrected(case, name)
    for at_ in range(12):
        opened(one, places.garden, reference=f"Q-{at_}", answers={})
    assert (_queries(one, at), _queries(one, "/cases")) == few


def _queries(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_pointers_of_a_case_lead_somewhere(speak, places, cast):
    one = speak("platform")
    at, _ = submitted(one, places.garden)
    actions.move(Case.objects.get(), "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    told = one.get(at).json()
    (defect,) = told["correction"]["defects"]
    assert pointed(told, defect["pointer"]) == ANSWERS["organisation"]["name"] and defect["reason"]
    assert told["sections"]["organisation"]["changeable"] == ["name"]


def test_a_reference_finds_its_case_also_when_the_token_no_longer_reaches_its_place(speak, places):
    one = speak("platform")
    made = opened(one, places.garden).json()["id"]
    one.token = one.fresh_token(f"cases.write@{places.hexi.code} cases.read@{places.hexi.code}")
    assert opened(one, places.garden).json()["id"] == made
    told = opened(one, places.heping, reference="P-9")
    assert (told.status_code, told.json()["code"]) == (403, "scope_missing")


def test_a_token_that_may_only_read_changes_nothing(speak, places):
    one = speak("platform")
    at, told = complete(one, places.garden)
    one.token = one.fresh_token(f"cases.read@{places.hexi.code}")
    assert one.get(at).status_code == 200
    for answer in (
        one.put(f"{at}/sections/party", {"answers": {}}, If_Match="*"),
        one.post(f"{at}/submit", If_Match=told["ETag"]),
        one.post(f"{at}/withdraw", {}, If_Match=told["ETag"]),
        one.post(f"{at}/materials", {"kind": "premises", "promise": True}),
        one.get(f"{at}/validation"),
        opened(one, places.garden, reference="P-2"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
