"""Every state, every verb, every person, on every road: what the tables allow happens, nothing else does."""

import pytest
from django.db import transaction

from filings import flows as filing
from portal.errors import NotAllowed, OutOfTurn
from registry import flows
from registry.casework import actions, kinds
from registry.models import Case, State, Step
from registry.registration import flows as registration
from registry.scope import Role
from tests import builders

PEOPLE = "auntie wang li zhang sun zhao neighbour stranger".split()
FLOWS = {
    **{("filing", k): v for k, v in filing.FLOWS.items()},
    **{("registration", k): v for k, v in registration.FLOWS.items()},
}
ROADS = sorted(FLOWS)
ENTITLED = {  # 李阿姨 opened the case; 小王's committee may act for her
    ("filing", "delegated"): """
        draft      submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        submitted  review>reviewed: wang   send_back>returned: wang   withdraw>withdrawn: auntie wang
        reviewed   report>reported: wang   send_back>returned: wang
        reported   return>returned: li   record>approved: li   reject>rejected: li
        returned   submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        returned   recall>submitted: wang   recall_street>reported: li""",
    ("filing", "direct"): """
        draft      submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        submitted  review>reviewed: li   send_back>returned: li   withdraw>withdrawn: auntie wang
        reviewed   report>reported: li   send_back>returned: li
        reported   return>returned: li   record>approved: li   reject>rejected: li
        returned   submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        returned   recall>submitted: li""",
    ("registration", "street_consent"): """
        draft      submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        submitted  consent>consented: li   return_street>returned: li   refuse_consent>rejected: li
        submitted  withdraw>withdrawn: auntie wang
        consented  accept>accepted: zhang   return>returned: zhang   refuse>rejected: zhang
        accepted   examine>examined: zhang
        examined   approve>approved: sun   back>accepted: sun   reject>rejected: sun
        returned   submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        returned   recall_street>submitted: li   recall>consented: zhang""",
    ("registration", "direct"): """
        draft      submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        submitted  accept>accepted: zhang   return>returned: zhang   refuse>rejected: zhang
        submitted  withdraw>withdrawn: auntie wang
        accepted   examine>examined: zhang
        examined   approve>approved: sun   back>accepted: sun   reject>rejected: sun
        returned   submit>submitted: auntie wang   withdraw>withdrawn: auntie wang
        returned   recall>submitted: zhang""",
}  # fmt: skip


def expected(road):
    """(state, verb, person) → target, read from the table above."""
    found = {}
    for line in ENTITLED[road].strip().splitlines():
        state, _, moves = line.strip().partition(" ")
        for move in filter(None, (part.strip() for part in moves.split("   "))):
            head, _, people = move.partition(": ")
            verb, _, target = head.partition(">")
            found |= {(state, verb, who): target for who in people.split()}
    return found


def given(case):
    """What would satisfy every guard, so that only turn and role can stand in the way."""
    code = builders.credit_code(case) if case.road == "registration" else ""
    return {**builders.GRANT, "defects": [builders.DEFECT], "credit_code": code}


def attempt(case, state, verb, by, data):
    """Where the case stands afterwards, or the refusal; everything is put back."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=state, decision={"credit_code": data["credit_code"]})
        before = Case.objects.values().get(pk=case.pk), Step.objects.count()
        try:
            outcome = actions.move(case, verb, by=by, note="属实", data=dict(data)).state
        except (NotAllowed, OutOfTurn) as no:
            outcome = no
            assert (Case.objects.values().get(pk=case.pk), Step.objects.count()) == before
        transaction.set_rollback(True)
    return outcome


@pytest.fixture(params=ROADS, ids="-".join)
def road(request):
    return request.param


@pytest.fixture
def case(road, cast, places, packs, delegation):
    """A complete application of 李阿姨 on this road and variant."""
    cast.neighbour = builders.person("邻居", Role.APPLICANT, places.garden)
    made = builders.draft(cast.auntie, places.garden, road=road[0])
    Case.objects.filter(pk=made.pk).update(variant=road[1])
    return made


def test_the_flow_is_the_table_and_the_table_is_the_flow(road):
    told = {(state, verb, target) for (state, verb, _), target in expected(road).items()}
    by_hand = [move for move in FLOWS[road] if not move.silent]
    assert told == {(source, move.verb, move.target) for move in by_hand for source in move.sources}


def silent(road):
    """The (state, verb) pairs the system takes by itself."""
    return {(source, move.verb) for move in FLOWS[road] if move.silent for source in move.sources}


def test_what_the_system_does_by_itself_nobody_does_by_hand(road, case, cast, places):
    for role in (Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER):
        places.hexi.offices.create(user=cast.auntie, role=role, starts=builders.SINCE)
    for state, verb in silent(road):
        assert isinstance(attempt(case, state, verb, cast.auntie, given(case)), NotAllowed)
    assert bool(silent(road)) is (road[0] == "registration")


def test_only_the_entitled_take_a_step_that_is_on_the_road(road, case, cast):
    data, table, done = given(case), expected(road), {}
    for state, verb in sorted({key[:2] for key in table}):
        for who in PEOPLE:
            outcome = attempt(case, state, verb, getattr(cast, who), data)
            if not isinstance(outcome, NotAllowed):
                done[state, verb, who] = outcome
    assert done == table


def test_a_step_that_is_not_on_the_road_is_refused_even_to_somebody_with_every_role(road, case, cast, places):
    for role in (Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER):
        places.hexi.offices.create(user=cast.auntie, role=role, starts=builders.SINCE)
    data, on_road = given(case), {key[:2] for key in expected(road)} | silent(road)
    verbs = {move.verb for flow in FLOWS.values() for move in flow} | {"approve_all", ""}
    for state in State.values:
        for verb in sorted(verbs):
            if (state, verb) not in on_road:
                assert isinstance(attempt(case, state, verb, cast.auntie, data), OutOfTurn), (state, verb)


def test_no_step_leaves_a_closed_case(road):
    assert not [move for state in ("approved", "rejected", "withdrawn") for move in flows.leaving(FLOWS[road], state)]


def test_the_buttons_of_a_person_are_the_moves_of_the_table(road, case, cast):
    table = expected(road)
    for state in State.values:
        case.state, case.variant = state, road[1]
        for who in PEOPLE:
            shown = {move.verb for move in actions.allowed(case, getattr(cast, who))}
            assert shown == {verb for its, verb, by in table if (its, by) == (state, who)}, (state, who)


def test_every_guard_that_a_flow_names_exists(road):
    known = kinds.of(road[0])
    assert {need for move in FLOWS[road] for need in move.needs} <= set(known.guards)
    assert set(known.effects) | set(known.forms) <= {move.verb for flow in known.flows.values() for move in flow}


def test_a_page_seen_before_somebody_acted_changes_nothing_and_says_who_and_when(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    seen = case.version
    actions.move(case, "record", by=cast.li, data=dict(builders.GRANT), seen=seen)
    with pytest.raises(OutOfTurn, match=r"老李于\d\d月\d\d日 \d\d:\d\d办理“准予备案”") as no:
        actions.move(case, "reject", by=cast.chen, note="不符", seen=seen)
    assert no.value.status == 409
    assert case.steps.count() == 4


def test_a_stale_page_is_refused_even_where_the_step_would_still_be_possible(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=3)
    seen = case.version
    case = actions.move(case, "back", by=cast.sun, note="再核一次")
    case = actions.move(case, "examine", by=cast.zhang, note="核过", data={"credit_code": builders.credit_code(case)})
    with pytest.raises(OutOfTurn):
        actions.move(case, "approve", by=cast.sun, seen=seen)


def test_every_step_leaves_one_row_and_one_audit_line(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    steps = list(case.steps.values_list("verb", "source", "target", "by__name"))
    # fmt: off
    assert steps == [("submit", "draft", "submitted", "李阿姨"), ("review", "submitted", "reviewed", "小王"),
                     ("report", "reviewed", "reported", "小王"), ("record", "reported", "approved", "老李")]
    # fmt: on
    assert case.version == 4
    assert case.closed_at is not None


def test_who_may_do_nothing_here_opens_no_case_here(cast, places, packs):
    for who in (cast.stranger, cast.zhao, cast.sun):
        with pytest.raises(NotAllowed):
            actions.open_case("filing", by=who, place=places.garden)
    assert not Case.objects.exists()


def test_opening_twice_with_one_key_gives_one_case(cast, places, packs):
    first, second = (actions.open_case("filing", by=cast.wang, place=places.garden, key="k") for _ in range(2))
    other = actions.open_case("filing", by=cast.li, place=places.garden, key="k")
    assert first == second != other
