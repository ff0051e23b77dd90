"""Where nobody has entered a figure, a frozen table and a scorecard say that, and not a share of nothing."""

import datetime as dt

from registry.models import Jurisdiction
from supervision import boards
from supervision.statistics import tables
from supervision.targets import Status
from tests.supervision import scene


def test_an_owed_figure_is_never_nought_per_cent(jilin):
    found = boards.coverage(Jurisdiction.objects.get(code=scene.COUNTY), dt.date(2026, 1, 1))
    owed = [one for one in found.held if one.judgement.status is Status.NO_DATA and one.figure.missing]
    assert {one.figure.base > 0 for one in owed} == {True, False}
    for held in owed:
        assert tables.told(held)["value"] == f"{held.figure.missing} 个地方没有填报"


def test_what_is_known_keeps_its_two_counts(jilin):
    found = boards.coverage(Jurisdiction.objects.get(code=scene.STREET), dt.date(2019, 12, 31))
    held = next(one for one in found.held if one.label == "城市社区平均拥有数" and one.binding)
    assert tables.told(held)["value"] == ["4.75", 19, 4]
