"""Rounds and an officer at the same moment, on a real PostgreSQL: every street is asked once and told once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from registry import policies
from registry.models import Jurisdiction, Notice, Office
from registry.scope import Role
from supervision import actions, assigning
from supervision.boards.outlook import outlook, sought
from supervision.models import Assignment
from tests.supervision import scene

DAY = dt.date(2020, 6, 1)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_many_rounds_and_clicks_at_once_each_street_is_asked_once():
    assert connection.vendor == "postgresql"
    policies.load()
    scene.jilin()
    scene.s05()
    street, officer = scene.person(Role.STREET, scene.STREET), scene.person(Role.DISTRICT, scene.COUNTY)
    Office.objects.update(starts=scene.FOUNDED)
    actions.night(DAY)
    place = Jurisdiction.objects.get(code=scene.STREET)
    found = outlook(place, sought(place, "JL.u2020"), DAY)
    together = Barrier(8)

    def act(turn):
        try:
            together.wait()
            return assigning.open_by_hand(found, by=officer).pk if turn % 2 else assigning.assign(DAY).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(act, range(8)))
    assert set(done[::2]) <= {"done", "already"} and len(set(done[1::2])) == 1
    assert Assignment.objects.count() == 5
    assert Notice.objects.filter(user=street, text__startswith="新的交办").count() == 3
