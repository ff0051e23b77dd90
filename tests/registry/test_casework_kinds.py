"""Every kind of case hangs together: what its tables name exists, and nothing in them is out of reach."""

import pytest

from registry.casework import kinds
from registry.flows import SYSTEM
from registry.models import RoadKey, State
from registry.models.cases import CLOSED
from registry.scope import Role

TABLES = [(kind, variant) for kind in kinds.every().values() for variant in kind.flows]
NAMES = [f"{kind.key}:{variant}" for kind, variant in TABLES]
every_table = pytest.mark.parametrize(("kind", "variant"), TABLES, ids=NAMES)
every_kind = pytest.mark.parametrize("kind", kinds.every().values(), ids=list(kinds.every()))


@every_table
def test_a_case_gets_from_its_draft_into_every_state_of_its_table_and_out_again(kind, variant):
    flow = kind.flows[variant]
    reached = {State.DRAFT}
    while more := {move.target for move in flow if reached & set(move.sources)} - reached:
        reached |= more
    assert {state for move in flow for state in (*move.sources, move.target)} - reached == set()
    dead = {state for state in reached - set(CLOSED) if not any(state in move.sources for move in flow)}
    assert dead == set()
    assert State.APPROVED in reached and State.WITHDRAWN in reached


@every_table
def test_every_guard_form_and_effect_named_exists_and_every_one_given_is_used(kind, variant):
    flow, verbs = kind.flows[variant], {move.verb for table in kind.flows.values() for move in table}
    assert {need for move in flow for need in move.needs} - set(kind.guards) == set()
    assert (set(kind.forms) | set(kind.effects)) - verbs == set()


@every_table
def test_every_move_belongs_to_a_role_and_its_state_to_the_closed_list(kind, variant):
    for move in kind.flows[variant]:
        assert move.role in (*Role.values, SYSTEM) and bool(move.role == SYSTEM) == move.silent, move.verb
        assert {*move.sources, move.target} <= set(State.values)
        assert len(move.verb) <= 20 and len(move.label) <= 40


@every_table
def test_the_one_who_hands_in_is_never_the_one_who_decides(kind, variant):
    ends = [move for move in kind.flows[variant] if move.target == State.APPROVED and not move.silent]
    assert ends and all(move.role != Role.APPLICANT for move in ends)


@every_table
def test_nothing_is_granted_while_a_required_answer_is_out(kind, variant):
    ends = [move for move in kind.flows[variant] if move.target == State.APPROVED]
    assert all("opinions_in" in move.needs for move in ends)


@every_kind
def test_a_kind_fits_the_columns_of_a_case(kind):
    assert len(kind.key) <= 30 and len(kind.label) <= 30 and all(len(variant) <= 16 for variant in kind.flows)
    assert kind.road in RoadKey.values
    assert kind.label and kind.hint


@every_kind
def test_the_sections_of_a_kind_have_keys_of_their_own_and_seal_only_what_they_ask(kind):
    keys = [section.key for section in kind.sections]
    assert len(keys) == len(set(keys))
    for section in kind.sections:
        assert set(section.form.sealed) <= set(section.form.base_fields)
    fields = [name for section in kind.sections for name in section.form.base_fields]
    assert len(fields) == len(set(fields)), "a question asked twice"


@every_kind
def test_what_a_kind_examines_later_is_a_state_of_its_table(kind):
    states = {state for table in kind.flows.values() for move in table for state in move.sources}
    assert set(kind.desks.values()) <= states


def test_no_two_kinds_are_called_the_same_on_one_road():
    names = [(kind.road, kind.label) for kind in kinds.every().values()]
    assert len(names) == len(set(names))
