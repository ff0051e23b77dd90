"""A reading of a few indicators says of them what the reading of all says, and costs only them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Jurisdiction
from supervision import counts, keeping
from supervision.indicators import ALL
from tests.supervision import scene

KEPT = dt.date(2020, 1, 1)
NAMES = ["avg_urban", "hub_street", "party", *(one.name for one in ALL if one.drifts)]
PLACES = ["220000000000", scene.COUNTY, scene.STREET, "220202001001"]
pytestmark = pytest.mark.usefixtures("jilin")


def read(code, on, *wanted):
    found = counts.read(Jurisdiction.objects.get(code=code), on, *wanted)

    def only(cells):
        return {name: cell for name, cell in cells.items() if name in NAMES and any(cell)}

    return only(found.own), [(child.code, only(cells)) for child, cells in found.rows], only(found.rest)


@pytest.mark.parametrize("code", PLACES)
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("later", [0, 40])
def test_a_few_are_told_as_among_all(code, kept, later):
    if kept:
        keeping.keep(KEPT)
    scene.covered(scene.organisation("220202001003", since=KEPT), since=KEPT)
    on = KEPT + dt.timedelta(days=later)
    assert read(code, on, NAMES) == read(code, on)
    assert read(code, on, NAMES)[0]["avg_urban"][0] == {"220202001001": 7}.get(code, 20)


@pytest.mark.parametrize("code", PLACES)
def test_nothing_else_is_counted(code):
    with CaptureQueriesContext(connection) as found:
        told = counts.read(Jurisdiction.objects.get(code=code), KEPT, ["avg_urban"])
    assert told.own["avg_urban"].hits and len(found) <= 12
