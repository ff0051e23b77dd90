"""All fourteen kinds of cases, of both roads: each can be opened, filled in and handed in over the API."""

import datetime as dt

import pytest
from django.utils import timezone

from registry import clients
from registry.casework import kinds
from registry.scope import Role
from tests import builders
from tests.api.applying import bring
from tests.api.speaking import Speaker

GUESSES = {
    "boolean": True,
    "integer": 30,
    "date": "2026-03-01",
    "name": "天津市河西区暖阳老年协会",
    "new_name": "天津市河西区春晖老年协会",
    "leader_id_number": builders.identity_number(7),
    "leader_phone": "13900000001",
    "capital": 30000,
}
ELSEWHERE = {"periodic": "500112001001", "duty": "330302001001"}  # where a document asks for such a report


def abroad(code):
    """A community in a county of another province."""
    above = None
    for digits, kind in ((2, "province"), (4, "prefecture"), (6, "county"), (9, "street"), (12, "community")):
        above = builders.place(code[:digits].ljust(12, "0"), f"地方{digits}", kind, parent=above)
    return above


def organisation(where, key):
    """One that may have a case of this kind."""
    kind = "filed" if kinds.of(key).road == "filing" else "registered"
    found = builders.organisation(where, kind=kind, leader_name="刘桂兰", leader_phone="13800001111")
    found.valid_until = timezone.localdate() + dt.timedelta(days=10)
    found.save()
    return found


def guess(question):
    """Some answer to a question, of its type and among its choices."""
    if question["name"] in GUESSES:
        return GUESSES[question["name"]]
    values = [one["value"] for one in question["choices"]]
    if question["type"] == "array":
        return values[:1]
    return values[0] if values else GUESSES.get(question["type"], "写一句话")


def begin(speak, places, key):
    """(client, the answer to a new case): by the platform where it is about something new, by the committee else."""
    kind, where = kinds.of(key), abroad(ELSEWHERE[key]) if key in ELSEWHERE else places.garden
    body = {"item": key, "place": where.code, "reference": f"K-{key}"}
    if kind.about is None or kind.anew:
        return speak("platform"), speak("platform").post("/cases", body)
    one = Speaker(clients.make("居委会的系统", [(Role.COMMUNITY, where.code)]))
    return one, one.post("/cases", body | {"organisation": organisation(where, key).pk})


def balanced(answers):
    """Amounts that add up."""
    money = {"opening": 1000, "income": 30000, "donations": 0, "purchases": 0, "expense": 29000, "balance": 2000}
    return answers | money if "balance" in answers else answers


@pytest.mark.parametrize("key", kinds.every())
def test_every_kind_is_opened_filled_in_and_handed_in(speak, places, key):
    one, told = begin(speak, places, key)
    assert told.status_code == 201, told.content.decode()
    at = told["Location"]
    for section in kinds.of(key).sections:
        asked = one.get(f"{at}/sections/{section.key}").json()["questions"]
        answers = balanced({each["name"]: guess(each) for each in asked})
        told = one.put(f"{at}/sections/{section.key}", {"answers": answers}, If_Match=told["ETag"])
        assert told.status_code == 200, told.content.decode()
    for kind, line in told.json()["materials"].items():
        if line["required"]:
            told = bring(one, at, kind)
            assert told.status_code == 201, told.content.decode()
    looked = one.get(f"{at}/validation").json()
    assert looked["is_valid"], looked["errors"]
    done = one.post(f"{at}/submit", If_Match=told["ETag"])
    assert done.status_code == 200 and done.json()["number"] and done.json()["state"] == "submitted"
