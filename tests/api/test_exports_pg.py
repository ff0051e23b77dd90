"""Exports beside writers and beside each other, on PostgreSQL with real transactions."""

import json
import threading
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from portal.errors import OutOfTurn
from registry.exports import asking, making
from registry.models import Export, Organisation
from tests import builders
from tests.races.start import at_once

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
MANY = 6


@pytest.fixture(autouse=True)
def _truth():
    assert connection.vendor == "postgresql"


@pytest.fixture
def register(places):
    return [builders.organisation(places.garden, name=f"读书会{at}") for at in range(10)]


def ask(one, places):
    return asking.ask(one.client, what="organisations", format="ndjson", asked={}, places=[places.hexi.code])


def beside(act):
    """Do something on a connection of its own and wait for it."""

    def work():
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


def test_the_file_shows_one_moment_whatever_is_written_meanwhile(speak, register, places, monkeypatch, settings):
    export = ask(speak("leader"), places)
    kind, meddled = making.kinds.kind("organisations"), []
    shape = kind.shape

    def meddling(row, user):
        if not meddled:
            meddled.append(row)
            beside(lambda: Organisation.objects.update(managing_body="后来改的"))
            beside(lambda: builders.organisation(places.village, name="后来的"))
        return shape(row, user)

    monkeypatch.setattr("registry.exports.reading.STEP", 2)
    monkeypatch.setitem(kind.__dict__, "shape", meddling)
    making.make(timezone.now())
    export.refresh_from_db()
    lines = (Path(settings.MEDIA_ROOT) / export.file).read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    assert meddled and Organisation.objects.filter(managing_body="后来改的").count() == 10
    assert [row["id"] for row in rows] == [one.pk for one in register]
    assert {row["managing_body"] for row in rows} == {"街道办事处"}


def test_many_workers_at_once_make_each_file_once(speak, register, places):
    exports = [ask(speak(who), places) for who in ("leader", "platform") for _ in range(MANY // 2)]
    taken = at_once(lambda number: making.make(timezone.now()), 20)
    assert sum(taken) == MANY
    rows = Export.objects.filter(pk__in=[one.pk for one in exports])
    assert set(rows.values_list("state", "tries", "rows")) == {("done", 1, 10)}


def test_of_many_that_ask_at_once_five_are_taken(speak, register, places):
    one = speak("leader")
    told = at_once(lambda number: ask(one, places), 20)
    assert len([no for no in told if isinstance(no, OutOfTurn)]) == 20 - asking.MOST
    assert Export.objects.count() == asking.MOST
