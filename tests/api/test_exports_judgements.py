"""Judgements taken away in bulk are those of the list."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from registry import clients, policies
from registry.exports import making
from registry.scope import Role
from supervision import actions
from tests.api.speaking import Speaker
from tests.supervision import scene


@pytest.fixture
def county(db):
    policies.load()
    scene.jilin()
    scene.s05()
    actions.night(dt.date(2020, 1, 1))
    return Speaker(clients.make("昌邑区平台", [(Role.LEADER, scene.COUNTY)], per_minute=100_000))


@pytest.mark.parametrize("query", [{}, {"place": scene.STREET}, {"parameter": "JL.u2019"}])
def test_the_judgements_of_the_file_are_those_of_the_list(county, query):
    words = "&".join(f"{name}={value}" for name, value in query.items())
    told = county.post("/exports", {"what": "judgements", "format": "ndjson", "query": query})
    assert told.status_code == 202, told.content.decode()
    assert making.make(timezone.now()) == 1
    done = county.get(told["Location"]).json()
    data = b"".join(county.get(done["content"]).streaming_content)
    listed = county.get(f"/judgements?page_size=200&{words}").json()
    assert listed["next"] is None and listed["results"]
    assert [json.loads(line) for line in data.splitlines()] == listed["results"]
