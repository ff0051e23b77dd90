"""An organisation whose part as a hub began again elsewhere is one organisation of a trial."""

import datetime as dt

from registry.models import Hub
from supervision.trials import verdicts
from supervision.trials.regions import regions
from tests import builders
from tests.supervision import scene

DAY = dt.date(2022, 6, 1)
NATION = "0" * 12


def test_a_hub_that_began_again_at_another_street_is_counted_once(packs, documents):
    for code, name in [("45", "广西"), ("4501", "南宁市"), ("450102", "兴宁区"), ("450102001", "民生街道")]:
        street = scene.place(code.ljust(12, "0"), name)
    found = builders.organisation(street, hub_type="federation", kind="registered", on=scene.FOUNDED)
    again = {"organisation": found, "serves": street, "serves_code": street.code, "hub_type": "federation"}
    Hub.objects.filter(organisation=found).update(ends=dt.date(2021, 1, 1))
    Hub.objects.create(starts=dt.date(2021, 1, 1), **again)
    pack = next(one for one in documents if one.slug == "guangxi-2020")
    branches = verdicts.branches(regions(NATION, documents, pack, DAY), "association", DAY)
    rows = verdicts.standing(NATION, DAY).annotate(**verdicts.tiers(branches))
    assert [row["organisation"] for row in rows.values("organisation", "before")] == [found.pk]
