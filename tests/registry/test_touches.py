"""Whoever writes what is counted tells the counts: the right places, the right days, and nobody is forgotten."""

import ast
import re
from types import SimpleNamespace

import pytest
from django.utils import timezone

from registry.models import Touch
from tests.conftest import ROOT
from tests.registry import touch_scenes as scenes

SCENES = {
    "registry.register": {
        "enter": [scenes.enter, scenes.enter_hub_serves_where_it_was_founded],
        "amend": [
            scenes.amend_moves,
            scenes.amend_a_fact_without_a_day,
            scenes.amend_what_is_not_counted,
            scenes.amend_who_leads_has_joined_the_party,
        ],
        "end": [scenes.end_register],
    },
    "registry.hubs": {
        "appoint": [scenes.appoint_social_worker],
        "release": [scenes.release],
        "demonstrate": [scenes.demonstrate_hub],
    },
    "registry.offices": {"appoint": [scenes.appoint_official], "end": [scenes.end_office]},
    "registry.absences": {"announce": [scenes.announce], "end": [scenes.end_absence]},
    "registry.reports": {"keep": [scenes.keep]},
    "registry.candidates.acts": {
        "nominate": [scenes.nominate],
        "list_": [scenes.list_],
        "demonstrate": [scenes.demonstrate_candidate],
        "review": [scenes.review],
        "remove": [scenes.remove],
        "apply": [scenes.apply],
        "registered": [scenes.registered],
    },
    "registry.candidates.night": {
        "_assess": [scenes.suggest_by_night, scenes.follow_by_night, scenes.fade_by_night],
        "settle": [scenes.settle],
    },
    "filings.actions": {"entrust": [scenes.entrust], "revoke": [scenes.revoke], "list_group": [scenes.list_group]},
}
UNCOUNTED = {  # actions beside them that write nothing an indicator counts
    "registry.absences": {"hand_over"},
    "registry.candidates.acts": {"attest", "plan", "done"},
}
STORES = {"registry.tenures", "registry.homes", "filings.handing"}  # written for an action above, in its transaction
UNSAVED = {"registry.api.items"}  # asks the rules about an organisation that is nobody's, and saves none
PLACES = {  # held by tests/registry/test_place*.py
    "registry.places.actions",
    "registry.places.edits",
    "registry.places.acts.handing",
}


@pytest.fixture
def world(cast, places, packs, delegation):
    return SimpleNamespace(cast=cast, delegation=delegation, today=timezone.localdate(), **vars(places))


@pytest.mark.parametrize(
    "scene", [one for acts in SCENES.values() for some in acts.values() for one in some], ids=lambda one: one.__name__
)
def test_an_act_tells_the_counts_of_its_places_and_days(world, scene):
    steps = scene(world)
    next(steps)
    Touch.objects.all().delete()
    expected = next(steps)
    assert set(Touch.objects.values_list("place_code", "on")) == expected


MODELS = "Organisation|Standing|LeaderTerm|PartyCoverage|Hub|HubStaff|Office|Report|Candidate|Service|Delegation"
KEPT = "standings|party_coverages|leader_terms|staff|stand_ins|services|reports|candidacies"
WRITING = {"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete"}


def _writes(source: str) -> bool:
    """Whether a module makes or changes rows of a counted table: a model called, or a writing method of its rows."""
    calls = [call.func for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call)]
    return any(_is_write(func) for func in calls)


def _is_write(func: ast.expr) -> bool:
    said = ast.unparse(func)
    rows = re.match(rf"({MODELS})\.objects\b", said) or re.search(rf"\.({KEPT})\.", said)
    writes = isinstance(func, ast.Attribute) and func.attr in WRITING
    return bool(re.fullmatch(MODELS, said) or (rows and writes))


def _modules():
    for path in [*ROOT.glob("registry/**/*.py"), *ROOT.glob("filings/**/*.py")]:
        inside = path.relative_to(ROOT)
        if not {"models", "migrations", "demo"} & set(inside.parts):
            yield ".".join(inside.with_suffix("").parts), path.read_text(encoding="utf-8")


def test_every_module_that_writes_what_is_counted_has_a_scene():
    assert {name for name, source in _modules() if _writes(source)} - PLACES <= SCENES.keys() | STORES | UNSAVED


def test_every_action_of_these_modules_has_a_scene():
    sources = dict(_modules())
    for name in SCENES:
        functions = [one for one in ast.parse(sources[name]).body if isinstance(one, ast.FunctionDef)]
        actions = {one.name for one in functions if "transaction.atomic" in map(ast.unparse, one.decorator_list)}
        assert actions <= SCENES[name].keys() | UNCOUNTED.get(name, set()), name


def test_a_writer_nobody_thought_of_is_found():
    assert _writes("Hub.objects.filter(pk=1).update(ends=on)") and _writes("organisation.standings.create(kind='x')")
    assert _writes("made = Candidate(organisation=x)")
    assert not _writes("Hub.objects.filter(pk=1).exists()")
