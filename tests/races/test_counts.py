"""Counts under fire: writers of one county never wait for each other, and what is kept equals a recount."""

import datetime as dt

import pytest

from registry import register
from registry.codes import NATION
from registry.models import Jurisdiction, Standing, Touch
from supervision import counts, keeping
from supervision.counts import heads, live
from tests.races.start import at_once

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 3, 2)
WRITERS = 32
SAID = {"legal_form": "none", "scope": "community"}


def _recount():
    return {head: heads.trimmed(cells) for head, cells in heads.summed(live.leaves(DAY)).items()}


def _kept():
    return {head: heads.trimmed(cells) for head, cells in keeping.former(set(_recount()), DAY).items()}


def test_writers_and_folders_at_once_leave_the_counts_of_a_recount(cast, places, packs):
    keeping.keep(DAY)

    def work(number):
        if number % 4 == 3:
            return keeping.fold(limit=5)
        entry = register.Entry(
            "filed", f"第{number}舞蹈队", places.garden, {"legal_form": "none", "scope": "community"}
        )
        return register.enter(entry, by=cast.li, on=DAY).pk

    at_once(work, WRITERS)
    assert Standing.objects.count() == WRITERS * 3 // 4
    assert counts.totals(Jurisdiction.objects.get(code="120103000000"), DAY)["filed"].hits == WRITERS * 3 // 4
    while keeping.fold():
        pass
    assert not Touch.objects.filter(folded_at=None).exists()
    assert _kept() == _recount()


def test_of_many_keepers_of_one_day_each_leaves_the_same(cast, places, packs):
    found = at_once(lambda _: keeping.keep(DAY).differences, 6)
    assert found == [[]] * 6
    assert _kept() == _recount()


def test_the_nation_is_read_while_a_day_is_kept(cast, places, packs):
    nation = Jurisdiction(code=NATION, name="全国", level=0, kind="nation")
    keeping.keep(DAY)

    def work(number):
        if number % 2:
            return keeping.keep(DAY).on
        entry = register.Entry(
            "filed", f"第{number}合唱队", places.garden, {"legal_form": "none", "scope": "community"}
        )
        register.enter(entry, by=cast.li, on=DAY)
        return counts.read(nation, DAY).own["filed"].hits

    seen = [one for one in at_once(work, 8) if isinstance(one, int)]
    assert max(seen) <= 4 and min(seen) >= 1
    assert counts.read(nation, DAY).own["filed"].hits == 4
