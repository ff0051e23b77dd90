"""注销备案: why a filing ends, who may say so, and what is left of it."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import offices
from registry.casework import actions, answers, kinds, opening, papers
from registry.models import Certificate, FormerName
from tests import builders

TOLD = {"ground": "voluntary", "reason": "成员年纪大了", "property_left": "没有", "last_active_on": ""}
STEPS = (("submit", "opener"), ("review", "wang"), ("report", "wang"), ("record", "li"))


def ending(team, by, **told):
    case = opening.begin(team, "filing-terminate", by=by)
    case = actions.save_section(case, kinds.of(case.kind).section("ending"), TOLD | told, by=by)
    for line in papers.checklist(case):
        if line.paper.required:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def walk(case, cast, moves=4, steps=STEPS):
    for verb, who in steps[:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        case = actions.move(case, verb, by=by, note="属实")
    return case


def test_a_team_that_gives_up_is_off_the_register_with_paper_name_and_reason(team, cast):
    case = walk(ending(team, cast.auntie), cast)
    team.refresh_from_db()
    today, paper = timezone.localdate(), Certificate.objects.get()
    assert (team.standing, team.standings.get().ends) == ("", today)
    assert (paper.cancelled_on, paper.cancel_reason) == (today, "注销备案：自愿解散")
    assert (FormerName.objects.get().cause, FormerName.objects.get().until) == ("deregistered", today)
    assert (case.state, case.decision["property_left"]) == ("approved", "没有")


def test_what_becomes_of_the_property_has_to_be_said(team, cast):
    with pytest.raises(Refusal, match="注销的原因"):
        actions.move(ending(team, cast.auntie, property_left=""), "submit", by=cast.auntie)


@pytest.mark.parametrize("ground", ["dissolved", "violation"])
def test_an_applicant_cannot_state_the_grounds_of_the_street(ground, team, cast):
    case = ending(team, cast.auntie, ground=ground)
    assert "ground" in answers.bound(kinds.of(case.kind).section("ending"), case).errors


def test_the_street_ends_a_filing_for_a_violation_and_another_person_decides(team, cast):
    case = ending(team, cast.li, ground="violation", reason="以组织名义收费")
    assert [line.paper.kind for line in papers.checklist(case) if line.paper.required] == ["inquiry"]
    case = walk(case, cast, 3)
    with pytest.raises(NotAllowed):
        actions.move(case, "record", by=cast.li)
    actions.move(case, "record", by=cast.chen)
    team.refresh_from_db()
    assert team.standing == ""


def test_a_team_that_stopped_needs_the_day_it_last_met(team, cast):
    case = ending(team, cast.auntie, ground="idle")
    assert "last_active_on" in answers.bound(kinds.of(case.kind).section("ending"), case).errors


@pytest.mark.parametrize(("days", "verdict"), [(0, "pass"), (1, "advice")])
def test_a_year_without_activity_is_asked_of_the_day_and_only_advises(days, verdict, team, cast):
    today = timezone.localdate()
    last = today.replace(year=today.year - 1) + dt.timedelta(days=days)
    case = walk(ending(team, cast.auntie, ground="idle", last_active_on=last.isoformat()), cast)
    [told] = case.receipt["rules"]
    assert (told["key"], told["verdict"], told["assumed"]) == ("filing.idle_months", verdict, True)
    assert case.state == "approved"


def test_ten_working_days_are_promised(team, cast):
    case = walk(ending(team, cast.auntie), cast, 1)
    assert case.clocks.get(scope="promised").days == 10


def test_who_is_gone_is_not_ended_again(team, cast):
    walk(ending(team, cast.auntie), cast)
    team.refresh_from_db()
    assert kinds.of("filing-terminate").about(team, timezone.localdate()) is None
    with pytest.raises(Refusal):
        opening.begin(team, "filing-terminate", by=cast.wang)


def test_a_change_under_way_ends_with_the_filing(team, cast):
    case = opening.begin(team, "filing-change", by=cast.auntie)
    case = actions.save_section(case, kinds.of(case.kind).section("items"), {"items": "activities"}, by=cast.auntie)
    case = actions.save_section(case, kinds.of(case.kind).section("values"), {"activities": "合唱"}, by=cast.auntie)
    papers.attach(case, "minutes", builders.png(), by=cast.auntie)
    walk(ending(team, cast.auntie), cast)
    with pytest.raises(OutOfTurn):
        actions.move(case, "submit", by=cast.auntie)


def test_the_ground_holds_when_whoever_stated_it_has_left_office(team, cast, places):
    case = walk(ending(team, cast.li, ground="violation", reason="以组织名义收费"), cast, 3)
    offices.end(cast.li.username, role="street", place=places.street, on=timezone.localdate())
    actions.move(case, "record", by=cast.chen)
    assert Certificate.objects.get().cancel_reason == "注销备案：违反规定，由街道（乡镇）终止"
