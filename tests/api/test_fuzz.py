"""No answer of the API is a 5xx, and none is other than the document says, whoever asks and whatever is asked.

A short run of `python3 -m portal.bootstrap fuzz`.
"""

import os

import pytest
from django.conf import settings
from django.db import connection

from registry.casework import actions, kinds
from registry.models import Certificate
from tests import builders
from tests.api.fuzzing import document, fuzz
from tests.api.live import server

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
KINDS = ("none", "platform", "street", "district", "leader", "neighbour")


@pytest.fixture
def portal(db, tmp_path):
    """The address of a portal that runs on the database of the test."""
    database = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
    keys = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEY": settings.FIELD_KEY, "VAR_DIR": str(tmp_path)}
    with server(tmp_path, DATABASE_URL=database, SANDBOX="1", **keys) as url:
        yield url


def known(speak, places, cast) -> dict[str, list]:
    """Things that are there: a draft and two handed in, an organisation, a certificate."""
    one = speak("platform")
    drafts = [
        builders.draft(one.user, places.garden, key=f"F-{number}", said=builders.answers(name))
        for number, name in enumerate(("晨光读书社", "银杏合唱团", "巧手编织组"))
    ]
    actions.move(drafts[1], "submit", by=one.user)
    builders.walk(drafts[2], cast)
    return {
        "cases.id": [case.pk for case in drafts],
        "cases.verb": ["review", "report", "record", "send_back"],
        "cases.key": ["organisation", "people", "party"],
        "items.key": list(kinds.every()),
        "organisations.id": [builders.organisation(places.garden).pk],
        "public.number": list(Certificate.objects.values_list("number", flat=True)),
        "places.code": [places.garden.code, places.street.code, places.hexi.code],
    }


def test_nothing_that_is_asked_breaks_it_and_nothing_is_answered_that_is_not_described(
    portal, speak, places, cast, tmp_path
):
    there, contract = known(speak, places, cast), document(portal, tmp_path)
    tokens = {who: speak(who).token if who != "none" else "" for who in KINDS}
    told = [
        fuzz(portal, contract, tmp_path, who=who, token=token, examples=1, phases="fuzzing", known=there)
        for who, token in tokens.items()
    ]
    print("\n".join(one.line for one in told))
    assert [failure for one in told for failure in one.failures] == [], (tmp_path / "platform.log").read_text()[-4000:]
    assert [status for one in told for status in one.statuses if status >= 500] == []
    assert sum(one.cases for one in told) >= 300
