"""Nothing is asked twice: within a kind of case, of an organisation on the register, or after the guide.

A failure here names the kind, the task and the field, and what to do about it.
"""

from collections import Counter

import pytest
from django.urls import reverse

from registry.casework import answers, kinds, known
from registry.forms.sections import LOCAL
from registry.models import Case
from tests import builders

EVERY = sorted(kinds.every())
ABOUT = [key for key in EVERY if kinds.of(key).about]
WAYS_OUT = "prefill it, leave it out, name it new_…, or declare it in the form's `renewed`"
SAID = {
    "legal_form": "association", "category": "elderly_care", "activities": "助老", "premises": "own",
    "address": "新竹路8号", "individual_members": 56, "unit_members": 2, "capital": 30000, "post_reachable": True,
    "larger_scale": True, "operates_normally": True, "full_party_members": 3, "probationary_party_members": 1,
    "party_organisation": "own", "leader_name": "刘桂兰", "leader_id_number": builders.identity_number(),
    "leader_phone": "13900000000", "leader_party_member": True, "serving_cadre": False, "hub_type": "federation",
    "service_groups": ["elderly"],
}  # fmt: skip


@pytest.fixture
def organisation(places):
    """A registered federation of which the register knows everything."""
    return builders.organisation(places.street, kind="registered", scope="street", **SAID)


@pytest.fixture
def draft(cast, places, packs, organisation):
    """Make a draft of a kind, in a place that asks everything it can ask."""
    return lambda kind: _draft(kind, organisation if kind.about else None, by=cast.wang, place=places.garden)


def _draft(kind, organisation, *, by, place):
    said, sealed = kind.prefill(organisation) if kind.prefill and organisation else ({}, {})
    items = {item for section in kind.sections for item in section.form.belongs.values()}
    return Case.objects.create(
        opened_by=by,
        kind=kind.key,
        road=kind.road,
        matter=kind.label,
        place=place,
        place_code=place.code,
        organisation=organisation,
        answers=dict(said),
        sealed=dict(sealed),
        decision={"asks": [*LOCAL, *items]},
        variant=next(iter(kind.flows)),
    )


@pytest.mark.parametrize("key", EVERY)
def test_no_two_tasks_of_a_kind_ask_the_same(key):
    asked = Counter(name for section in kinds.of(key).sections for name in section.form.base_fields)
    assert [name for name, times in asked.items() if times > 1] == [], f"{key} asks these in two tasks"


@pytest.mark.parametrize("key", EVERY)
def test_no_two_questions_of_a_task_read_the_same(key):
    for section in kinds.of(key).sections:
        words = Counter(str(field.label) for field in section.form.base_fields.values())
        assert [label for label, times in words.items() if times > 1] == [], f"{key}.{section.key}"


@pytest.mark.parametrize("key", EVERY)
def test_no_paper_is_asked_twice(key, draft):
    papers = kinds.of(key).papers(draft(kinds.of(key)))
    for what in ("kind", "label"):
        counted = Counter(getattr(paper, what) for paper in papers)
        assert [value for value, times in counted.items() if times > 1] == [], f"{key} asks for these papers twice"


@pytest.mark.parametrize("key", ABOUT)
def test_what_the_register_knows_is_not_asked(key, draft):
    kind = kinds.of(key)
    case = draft(kind)
    again = [
        f"{key}.{section.key}.{name}"
        for section in kind.sections
        for name, field in answers.to_fill(section, case).fields.items()
        if name in known.HELD and not _excused(section, name, case)
    ]
    assert again == [], f"the register knows these already: {WAYS_OUT}"


def _excused(section, name, case):
    filled = case.answers.get(section.key, {}).get(name) or case.sealed.get(name)
    return bool(filled) or name in section.form.belongs or name in section.form.renewed


@pytest.mark.parametrize("key", ABOUT)
def test_what_is_declared_as_asked_anew_is_asked_at_all(key):
    for section in kinds.of(key).sections:
        assert set(section.form.renewed) <= set(section.form.base_fields), f"{key}.{section.key}"


def test_the_check_notices_a_question_too_many(draft):
    """The test above can fail: the plain form of 备案, asked of an organisation on the register."""
    section = kinds.of("filing").section("organisation")
    case = draft(kinds.of("filing"))
    found = [name for name in answers.to_fill(section, case).fields if name in known.HELD]
    assert "name" in found and not any(_excused(section, name, case) for name in found)


def test_the_register_answers_for_every_name_it_is_said_to_hold(organisation):
    told = known.answers(organisation)
    assert tuple(told) == known.HELD
    assert [name for name, value in told.items() if value == ""] == ["filing_number"]


def test_the_guide_is_not_asked_again(client, cast, places, packs):
    """What the five questions asked is filled in where a task shows it."""
    client.force_login(cast.wang)
    asked = {"individual_members": "18", "unit_members": "2", "capital": "0", "premises": "shared", "legal_form": ""}
    for road in ("filing", "registration"):
        form = "association" if road == "registration" else "none"
        given = {"place_code": places.garden.code, **asked, "legal_form": form, "larger": "yes"}
        client.post(reverse("registry:start"), {"road": road, "key": road, **given})
        case = Case.objects.get(road=road)
        for section in kinds.of(case.kind).sections:
            shown = answers.to_fill(section, case)
            empty = {name for name in shown.fields if name in asked | {"scope": ""} and not shown.initial.get(name)}
            assert empty == set(), f"{road}.{section.key}"
