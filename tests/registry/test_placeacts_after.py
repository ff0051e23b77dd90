"""After a change of divisions: who sees what, what runs once, and where late arrivals and ledgers are found."""

import datetime as dt

import pytest
from django.utils import timezone

from filings.models import Delegation
from registry.models import Candidate, Case, Organisation
from registry.places.acts import deciding, planning
from supervision.boards.mix import candidates
from tests import builders
from tests.registry import placeacts_scene as scene
from tests.registry.placeacts_scene import DAY, TODAY

BEFORE = DAY - dt.timedelta(days=1)


@pytest.fixture
def other(places):
    street = scene.street(places)
    builders.place("120103002001", "福建路社区", "community", parent=street)
    return street


def test_after_a_transfer_the_new_county_sees_what_the_old_one_saw(cast, places, packs, delegation):
    city = builders.person("市局", "district", places.tianjin)
    found = builders.organisation(places.garden)
    closed = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    open_ = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    plan = planning.transfer(places.street, parent=places.heping, code="", on=DAY)
    act = scene.propose(cast, "transfer", plan, by=city)
    deciding.agree(act, by=city, seen=None, today=TODAY)
    rows = {Organisation: {found.pk, closed.organisation_id}, Case: {closed.pk, open_.pk}}
    for model, keys in rows.items():
        assert not model.objects.visible_to(cast.zhang).filter(pk__in=keys).exists()
        assert set(model.objects.visible_to(cast.stranger).values_list("pk", flat=True)) >= keys


def test_two_delegated_committees_that_become_one_are_delegated_once(cast, places, delegation):
    beside = builders.place("120103001002", "台北路社区", "community", parent=places.street)
    builders.delegation(beside)
    plan = planning.merge([places.garden, beside], into=places.garden, code="", name="", on=DAY)
    scene.do(cast, "merge", plan)
    assert Delegation.objects.in_force(DAY).count() == 1


def test_what_comes_late_goes_to_what_the_place_became_and_not_to_what_was_split_off(cast, places, other):
    child = other.children.get()
    scene.do(
        cast,
        "split",
        planning.split(other, code="", name="小营街道", children=[child], organisations=[], on=BEFORE),
        on=BEFORE,
    )
    scene.merged(cast, places, other)
    late = builders.organisation(other, on=TODAY)
    deciding.come(timezone.localdate())
    late.refresh_from_db()
    assert late.place_code == places.street.code


def test_the_ledger_of_a_past_day_is_told_where_it_was_kept(cast, places, other):
    home = other.children.get()
    found = builders.organisation(home)
    Candidate.objects.create(organisation=found, place_code=home.code, stage="listed", listed_on=dt.date(2026, 3, 1))
    scene.merged(cast, places, other)
    assert candidates(other, BEFORE)["listed"] == 1
    assert candidates(places.street, BEFORE)["listed"] == 0
    assert candidates(places.street, DAY)["listed"] == 1
