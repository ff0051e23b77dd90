"""What a client is told it may do with a case, and what not and why."""

import pytest

from portal.api.callers import Caller
from portal.api.scopes import Scope
from registry import clients
from registry.api.acts import besides
from registry.api.acts.actions import told
from registry.casework import actions
from registry.scope import Role
from tests import builders
from tests.api.speaking import Speaker


def mine(speaker):
    """The client as it calls, with all the scopes of its offices."""
    told = speaker.get("/me").json()["scopes"]
    return Caller(speaker.client, tuple(Scope(one["ability"], one["place"], one["stage"]) for one in told))


def seen(case, speaker):
    """What a client is told of the moves: {verb: code}, "" for what is allowed."""
    found = told(case, mine(speaker))
    moves = [one for one in found["allowed_actions"] if one["name"] not in besides.LABELS]
    return {one["name"]: "" for one in moves} | {one["name"]: one["code"] for one in found["blocked_actions"]}


@pytest.fixture
def both_desks(places):
    """A client that sits at the district's desk and at the approver's."""
    return Speaker(clients.make("双岗", [(Role.DISTRICT, places.hexi.code), (Role.APPROVER, places.hexi.code)]))


@pytest.fixture
def handed(cast, places, packs, delegation):
    """An application handed in, `moves` steps along its road."""
    return lambda moves=1, **more: builders.walk(builders.draft(cast.auntie, places.garden, **more), cast, moves=moves)


def test_the_desk_whose_turn_it_is_may_and_the_others_are_told_whose_it_is(speak, handed):
    case = handed()
    assert seen(case, speak("community")) == {"review": "", "send_back": "", "withdraw": ""}
    assert seen(case, speak("street")) == {
        "review": "not_allowed",
        "send_back": "not_allowed",
        "withdraw": "not_allowed",
    }


def test_what_a_step_asks_for_is_what_the_form_asks(speak, handed):
    case, street = handed(3), speak("street")
    found = told(case, Caller(street.client, (Scope("cases.act", case.place_code, "street"),)))
    record = next(one for one in found["allowed_actions"] if one["name"] == "record")
    assert (record["method"], record["href"]) == ("POST", f"/api/v1/cases/{case.pk}/actions/record")
    asked = {one["pointer"]: one for one in record["requires"]}
    assert set(asked) == {"/data/tier", "/data/managing_body", "/note"}
    assert "filed" in {one["value"] for one in asked["/data/tier"]["choices"]}
    assert asked["/data/tier"]["required"] and not asked["/note"]["required"]
    back = next(one for one in found["allowed_actions"] if one["name"] == "return")
    assert {one["name"]: one["type"] for one in back["requires"]} == {"defects": "array", "note": "string"}


def test_a_token_without_the_stage_is_told_the_scope_it_lacks(speak, handed):
    case, street = handed(3), speak("street")
    found = told(case, Caller(street.client, (Scope("cases.read", case.place_code),)))
    assert {one["code"] for one in found["blocked_actions"]} == {"scope_missing"}
    assert f"cases.act:street@{case.place_code}" in found["blocked_actions"][0]["reason"]


def test_a_rule_that_stands_against_a_step_is_told_with_its_clause(speak, handed, cast, delegation):
    case = handed()
    delegation.delete()
    community = speak("community")
    found = told(case, Caller(community.client, (Scope("cases.act", case.place_code, "community"),)))
    review = next(one for one in found["blocked_actions"] if one["name"] == "review")
    assert review["code"] == "no_delegation" and review["clause"] and "委托" in review["reason"]


def test_looking_changes_nothing_and_locks_nothing(speak, handed, django_assert_max_num_queries):
    case, street = handed(3), speak("street")
    before = (case.receipt, case.version)
    caller = Caller(street.client, (Scope("cases.act", case.place_code, "street"),))
    with django_assert_max_num_queries(40) as ran:
        found = told(case, caller)
    assert found["allowed_actions"] and (case.receipt, case.version) == before
    assert not [
        one for one in ran.captured_queries if not one["sql"].startswith("SELECT") or "FOR UPDATE" in one["sql"]
    ]


def test_a_desk_may_take_the_case_and_hold_its_clocks_and_others_may_not(speak, handed):
    case, street = handed(3), speak("street")
    names = lambda who: [one["name"] for one in told(case, mine(who))["allowed_actions"]]  # noqa: E731
    assert names(street)[-2:] == ["take", "suspend"]
    assert not {"take", "suspend"} & set(names(speak("community")))
    actions.leases.take(case, by=street.user)
    case.refresh_from_db()
    assert names(street)[-2:] == ["release", "suspend"]


def test_who_looked_first_may_not_decide_and_is_told_so_beforehand(speak, both_desks, handed):
    case = handed(2, road="registration")
    given = {"credit_code": builders.credit_code(case)}
    case = actions.move(case, "examine", by=both_desks.user, note="属实", data=given)
    assert seen(case, both_desks) == {"approve": "four_eyes", "back": "", "reject": "four_eyes"}
    assert seen(case, speak("approver"))["approve"] == ""


def test_a_case_in_other_hands_is_told_so(speak, handed, cast):
    case = handed(3)
    actions.leases.take(case, by=cast.li)
    case.refresh_from_db()
    assert seen(case, speak("street"))["record"] == "held"
