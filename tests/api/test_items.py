"""What can be applied for: every kind of case is told with the questions and papers of its place."""

import pytest

from registry.casework import kinds


def test_every_kind_of_case_is_listed(speak):
    told = speak("leader").get("/items").json()["results"]
    assert [one["key"] for one in told] == list(kinds.every()) and len(told) == 14
    assert {one["road"] for one in told} == {"filing", "registration"}
    assert next(one for one in told if one["key"] == "appointment")["about_organisation"] == "optional"


@pytest.mark.parametrize("key", kinds.every())
def test_each_kind_tells_its_questions_and_papers(speak, places, key):
    told = speak("platform").get(f"/items/{key}?place={places.garden.code}")
    assert told.status_code == 200, told.content.decode()
    assert told.json()["place"] == places.garden.code
    for section in told.json()["sections"]:
        assert section["questions"] and all(one["label"] and one["type"] for one in section["questions"])
