"""`updated_since` never misses a change: whoever writes what is told of an organisation moves its moment."""

import ast
import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.utils import timezone

from registry.models import Organisation
from tests import builders
from tests.registry import placeacts_scene
from tests.registry import touch_scenes as scenes
from tests.registry.test_touches import KEPT, UNSAVED, WRITING, _modules

WRITERS = {  # module → scenes in which it writes; () where it writes inside the transaction of one named here
    "registry.register": (
        scenes.enter_hub_serves_where_it_was_founded,
        scenes.amend_moves,
        scenes.amend_a_fact_without_a_day,
        scenes.amend_what_is_not_counted,
        scenes.amend_who_leads_has_joined_the_party,
        scenes.end_register,
    ),
    "registry.hubs": (scenes.demonstrate_hub,),
    "registry.tenures": (),  # in `register.enter`, `amend` and `end`
    "registry.certificates": (),  # issued in the transaction of `register.enter` or `amend`
    "registry.homes": (),  # the acts below
    "registry.places.acts.handing": (),
}
TOLD = "Organisation|Standing|LeaderTerm|PartyCoverage|Hub|Service|Certificate|FormerName"
ROWS = f"{KEPT}|certificates|former_names|hubs"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def world(cast, places, packs, delegation):
    return SimpleNamespace(cast=cast, delegation=delegation, today=timezone.localdate(), **vars(places))


@pytest.mark.parametrize("scene", [one for some in WRITERS.values() for one in some], ids=lambda one: one.__name__)
def test_whoever_writes_an_organisation_moves_its_moment(world, scene):
    steps = scene(world)
    next(steps)
    Organisation.objects.update(updated_at=LONG_AGO)
    before = timezone.now()
    next(steps)
    assert Organisation.objects.get().updated_at >= before


def test_one_that_enters_has_a_moment(places):
    before = timezone.now()
    assert builders.organisation(places.garden).updated_at >= before


def test_an_act_that_moves_its_place_or_what_it_serves_moves_its_moment(cast, places):
    other = placeacts_scene.street(places)
    moved = builders.organisation(other, name="下瓦房合唱团")
    serving = builders.organisation(other, name="联合会", kind="registered", scope="street", hub_type="federation")
    Organisation.objects.filter(pk=serving.pk).update(place=places.hexi, place_code=places.hexi.code)
    still = builders.organisation(places.village, name="西村合唱团")
    Organisation.objects.update(updated_at=LONG_AGO)
    placeacts_scene.merged(cast, places, other)
    told = dict(Organisation.objects.values_list("pk", "updated_at"))
    assert told[moved.pk] > LONG_AGO and told[serving.pk] > LONG_AGO and told[still.pk] == LONG_AGO


def writes(source: str) -> bool:
    """Whether a module makes or changes rows of what is told of an organisation."""
    calls = [ast.unparse(call.func) for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call)]
    return any(_write(said) for said in calls)


def _write(said: str) -> bool:
    rows = re.match(rf"({TOLD})\.objects\b", said) or re.search(rf"\.({ROWS})\.", said)
    return bool(re.fullmatch(TOLD, said) or (rows and said.rpartition(".")[2] in WRITING))


COUNTED_ONLY = {  # write posts, offices, reports, candidates and delegations, which are not told of an organisation
    "registry.candidates.acts",
    "registry.candidates.night",
    "registry.reports",
    "registry.absences",
    "registry.offices",
    "filings.actions",
    "filings.handing",
}


def test_no_writer_is_forgotten():
    assert {name for name, source in _modules() if writes(source)} <= WRITERS.keys() | COUNTED_ONLY | UNSAVED


def test_a_writer_nobody_thought_of_is_found():
    assert writes("Certificate.objects.filter(pk=1).update(cancelled_on=on)") and writes("x.former_names.create()")
    assert not writes("Organisation.objects.filter(pk=1).first()")
