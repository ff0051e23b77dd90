"""Two beats at the same moment, on a real PostgreSQL: one does the night, the other goes home."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from portal.models import RunRecord
from registry import policies
from supervision import actions
from supervision.models import Count, Judgement
from tests.supervision import scene

DAY = dt.date(2020, 1, 1)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_eight_beats_at_once_one_does_the_night():
    assert connection.vendor == "postgresql"
    policies.load()
    scene.jilin()
    scene.s05()
    together = Barrier(8)

    def beat(_):
        try:
            together.wait()
            return actions.night(DAY).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        states = sorted(pool.map(beat, range(8)))
    assert states == ["already"] * 7 + ["done"]
    assert RunRecord.objects.filter(name="night").count() == 1
    pairs = Judgement.objects.values_list("place_code", "parameter")
    assert len(pairs) == len(set(pairs)) > 0
    assert set(Count.objects.values_list("on", flat=True)) == {DAY}
