"""变更备案: from the organisation's page to the register, and what may stand in the way."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import bans, register
from registry.casework import actions, answers, kinds, opening, papers
from registry.casework.sheet import sheet
from registry.models import Certificate, FormerName, Standing
from tests import builders

NEW_LEADER = {"leader_name": "赵志强", "leader_party_member": "yes", "serving_cadre": "no"}
STEPS = (("submit", "opener"), ("review", "wang"), ("report", "wang"), ("record", "li"))


@pytest.fixture
def team(cast, places, packs, delegation):
    """阳光舞蹈队, filed by 李阿姨 with number and certificate."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation


def fill(case, items, *, by, serial=7, **values):
    """Tick, answer, and hand over every paper that is asked."""
    kind = kinds.of(case.kind)
    case = actions.save_section(case, kind.section("items"), {"items": items}, by=by)
    numbers = {"leader_id_number": builders.identity_number(serial), "leader_phone": "13911112222"}
    post = values | (numbers if "leader" in items else {})
    case = actions.save_section(case, kind.section("values"), post, by=by)
    for line in papers.checklist(case):
        if line.paper.required and not line.material:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def change(team, cast, items, **values):
    return fill(opening.begin(team, "filing-change", by=cast.auntie), items, by=cast.auntie, **values)


def walk(case, cast, moves=4):
    for verb, who in STEPS[:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        case = actions.move(case, verb, by=by, note="属实")
    return case


def test_another_leader_is_on_the_register_and_the_former_in_its_history(team, cast):
    walk(change(team, cast, "leader", **NEW_LEADER), cast)
    before, now = team.leader_terms.order_by("id")
    assert (before.name, before.ends, now.name, now.ends) == ("刘桂兰", timezone.localdate(), "赵志强", None)
    assert now.person.id_number == builders.identity_number(7)


def test_a_new_leader_is_asked_for_three_things_and_one_paper(team, cast):
    case = opening.begin(team, "filing-change", by=cast.auntie)
    case = actions.save_section(case, kinds.of(case.kind).section("items"), {"items": "leader"}, by=cast.auntie)
    form = answers.to_fill(kinds.of(case.kind).section("values"), case)
    assert list(form.fields) == [
        "leader_name",
        "leader_id_number",
        "leader_phone",
        "leader_party_member",
        "serving_cadre",
        "cadre_approval",
    ]
    assert "刘桂兰" in form.fields["leader_name"].help_text
    assert form.initial.get("leader_name", "") == ""
    assert [line.paper.kind for line in papers.checklist(case)] == ["minutes"]
