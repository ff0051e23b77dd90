"""A change of divisions under many hands: agreed to once, and nothing stays where nobody is."""

import pytest

from portal.errors import OutOfTurn
from registry.models import Jurisdiction, Organisation, PlaceAct, Standing
from registry.places.acts import deciding, planning
from tests import builders
from tests.races.start import MANY, at_once, refused
from tests.registry import placeacts_scene as scene

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


def test_of_fifty_officers_agreeing_to_the_same_act_one_does(cast, places):
    other = scene.street(places)
    builders.organisation(other)
    plan = planning.merge([places.street, other], into=places.street, code="", name="", on=scene.DAY)
    act = scene.propose(cast, "merge", plan)
    outcomes = at_once(lambda n: deciding.agree(act, by=cast.zhang, seen=None, today=scene.TODAY))
    assert len(refused(outcomes)) == MANY - 1
    assert PlaceAct.objects.get().state == PlaceAct.State.DONE
    assert Standing.objects.filter(ends=None).count() == 1
    assert not Organisation.objects.filter(place__ends__isnull=False).exists()


def test_two_acts_about_the_same_street_do_not_both_happen(cast, places):
    other = scene.street(places)
    first = planning.merge([places.street, other], into=places.street, code="", name="", on=scene.DAY)
    second = planning.merge([places.street, other], into=other, code="", name="", on=scene.DAY)
    acts = [scene.propose(cast, "merge", plan) for plan in (first, second)]
    outcomes = at_once(lambda n: deciding.agree(acts[n], by=cast.zhang, seen=None, today=scene.TODAY), many=2)
    assert sum(isinstance(one, PlaceAct) for one in outcomes) == 1
    assert not any(isinstance(one, OutOfTurn) for one in outcomes)
    assert Jurisdiction.objects.filter(level=4, ends=None).count() == 1
