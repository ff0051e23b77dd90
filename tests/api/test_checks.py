"""What an organisation would be, and whether a name would do: answered as everywhere, kept nowhere."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import AuditEvent, KeptAnswer
from registry import register
from registry.casework.facts import rules_at
from registry.eligibility import Facts, assess
from registry.models import Case, Event, Organisation
from registry.vicinity import around
from tests import builders

FACTS = {
    "legal_form": "association",
    "individual_members": 24,
    "unit_members": 0,
    "capital": 20000,
    "premises": "shared",
}


def ask(speaker, path, body):
    return speaker.post(path, body, Idempotency_Key="")


def test_an_assessment_is_the_receipt_everybody_gets(speak, places):
    today, code = timezone.localdate(), places.garden.code
    told = ask(speak("platform"), "/assessments", {"place": code, "facts": FACTS})
    assert told.status_code == 200, told.content.decode()
    receipt = assess(Facts.from_json(FACTS), rules_at(code, today), today, place=code, tree=around(code))
    assert told.json() == receipt.to_json()
    members = next(one for one in told.json()["rules"] if "members" in one["key"])
    assert members["verdict"] == "fail" and members["document"] and members["clause"] and members["lacking"]
    assert told.json()["missing"]


def test_an_assessment_is_by_the_documents_of_its_day(speak, places):
    body = {"place": places.garden.code, "facts": FACTS}
    late = ask(speak("platform"), "/assessments", body | {"on": "2019-01-01"}).json()
    assert late["on"] == "2019-01-01"
    early = ask(speak("platform"), "/assessments", body | {"on": "2018-01-01"}).json()
    assert {one["slug"] for one in early["pack"]} < {one["slug"] for one in late["pack"]}


@pytest.mark.parametrize(
    ("facts", "pointers"),
    [
        ({"individual_members": -1, "capital": "many"}, ["/facts/individual_members", "/facts/capital"]),
        ({"dancers": 3}, ["/facts/dancers"]),
        (
            {"leader": {"serving_cadre": "perhaps", "id_number": "1"}},
            ["/facts/leader/serving_cadre", "/facts/leader/id_number"],
        ),
        ({"name": {"zihao": 3}}, ["/facts/name/zihao"]),
        ({"name": "舞\ud800"}, ["/facts/name"]),
        ({"name": "舞\x00"}, ["/facts/name"]),
        ({"dance\ud800": 1}, None),
        ({"charter_clauses": [[[["deep"]]]]}, ["/facts/charter_clauses"]),
        ([], ["/facts"]),
        ("facts", ["/facts"]),
        (None, ["/facts"]),
    ],
)
def test_facts_that_cannot_be_used_are_refused_each_with_its_pointer(speak, places, facts, pointers):
    told = ask(speak("platform"), "/assessments", {"place": places.garden.code, "facts": facts})
    assert told.status_code == 400, told.content.decode()
    if pointers:
        assert [one["name"] for one in told.json()["invalid_params"]] == pointers


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"facts": {}}, "/place"),
        ({"place": "120103001999", "facts": {}}, "/place"),
        ({"place": "12", "facts": {}}, "/place"),
        ({"place": "120103001001", "facts": {}, "on": "yesterday"}, "/on"),
        ({"place": "120103001001", "facts": {}, "keep": True}, "/keep"),
    ],
)
def test_an_assessment_asked_otherwise_than_described_is_refused(speak, places, body, pointer):
    told = ask(speak("platform"), "/assessments", body)
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == pointer


def test_without_a_document_in_force_nothing_can_be_judged(speak, places):
    body = {"place": places.garden.code, "facts": FACTS, "on": "1950-01-01"}
    told = ask(speak("platform"), "/assessments", body)
    assert told.status_code == 422 and told.json()["code"] == "no_policy"


def test_checks_leave_nothing_behind(speak, places):
    one = speak("platform")
    before = [model.objects.count() for model in (AuditEvent, Case, KeptAnswer, Event)]
    ask(one, "/assessments", {"place": places.garden.code, "facts": FACTS})
    ask(one, "/name-checks", {"place": places.garden.code, "name": "阳光舞蹈队"})
    assert [model.objects.count() for model in (AuditEvent, Case, KeptAnswer, Event)] == before


def checked(speak, places, name, **more):
    told = ask(speak("platform"), "/name-checks", {"place": places.garden.code, "name": name} | more)
    assert told.status_code == 200, told.content.decode()
    return told.json()


def test_a_name_in_use_under_the_same_authority_fails_with_its_clause(speak, places):
    builders.organisation(places.village, name="阳光舞蹈队")
    found = checked(speak, places, "阳光 舞蹈队", legal_form="none")
    clash = next(one for one in found["findings"] if one["key"] == "name.conflict.identical")
    assert found["verdict"] == "fail" and clash["document"] == "社会组织名称管理办法" and clash["clause"] == "第十六条"
    assert found["similar"][0] == {"name": "阳光舞蹈队", "same": True, "score": found["similar"][0]["score"]}


def test_a_similar_name_is_only_a_hint_and_one_elsewhere_is_none(speak, places):
    builders.organisation(places.village, name="阳光舞蹈一队")
    builders.organisation(places.heping, name="阳光舞蹈二队")
    found = checked(speak, places, "阳光舞蹈队", legal_form="none")
    assert found["verdict"] != "fail" and [one["name"] for one in found["similar"]] == ["阳光舞蹈一队"]


def test_a_name_given_up_not_long_ago_is_not_free(speak, places):
    found = builders.organisation(places.village, name="晨光舞蹈队")
    register.end(found, by=None, on=timezone.localdate() - dt.timedelta(days=10), reason="刘桂兰去世")
    told = checked(speak, places, "晨光舞蹈队", legal_form="none")
    assert told["verdict"] == "fail" and "刘桂兰" not in str(told)
    assert "注销未满" in next(one for one in told["findings"] if one["key"] == "name.conflict.identical")["label"]


def test_a_name_check_tells_names_and_nothing_else_of_an_organisation(speak, places):
    secret = {"leader_name": "金丝雀", "leader_phone": "13899998888", "address": "金丝雀胡同一号"}
    builders.organisation(places.village, name="阳光舞蹈队", **secret)
    told = str(checked(speak, places, "阳光舞蹈队"))
    assert not [one for one in secret.values() if one in told]
    assert Organisation.objects.count() == 1


def test_a_name_is_checked_in_a_county_and_not_in_a_whole_province(speak, places):
    told = ask(speak("platform"), "/name-checks", {"place": places.tianjin.code, "name": "阳光舞蹈队"})
    assert told.status_code == 400 and told.json()["code"] == "too_wide"


@pytest.mark.parametrize("name", ["", "  ", "舞" * 101, "舞\x00", "舞\ud800"])
def test_a_name_that_is_none_is_refused(speak, places, name):
    told = ask(speak("platform"), "/name-checks", {"place": places.garden.code, "name": name})
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/name"
