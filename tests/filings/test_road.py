"""What a decision of the street does, by the documents of the place."""

import pytest
from django.utils import timezone

from filings import flows, guards
from filings.kinds.establish import kind as road
from portal.errors import Refusal
from registry.casework import actions
from registry.casework.step import Turn
from registry.models import Case, Certificate, State
from tests import builders

COMMUNITIES = ["120103001001", "220202001001", "330302001001", "450103001001", "500112001001"]


@pytest.mark.parametrize("code", COMMUNITIES)
def test_the_committee_reviews_first_under_delegation_where_a_document_or_the_default_says_so(code, packs):
    assert road.variant(Case(road="filing", place_code=code)) == flows.DELEGATED


def test_without_any_document_nothing_is_judged_and_that_is_said(db):
    with pytest.raises(Refusal, match="政策文件"):
        road.variant(Case(road="filing", place_code=COMMUNITIES[0]))


@pytest.mark.parametrize(("code", "bound"), [("120103001001", True), ("220202001001", False), ("330302001001", False)])
def test_a_missing_delegation_is_refused_by_the_document_of_the_place(code, bound, packs):
    place = builders.place(code, "某社区", "community")
    turn = Turn(Case(road="filing", place=place, place_code=code), None, None, timezone.localdate(), target="reviewed")
    with pytest.raises(Refusal) as no:
        guards.delegation_for_review(turn)
    assert ("津民发〔2018〕61号" in no.value.clause) is bound
    assert no.value.clause


@pytest.mark.parametrize("code", COMMUNITIES)
def test_every_place_offers_a_tier_and_never_registration(code, packs):
    offered = guards.tiers(code, builders.dt.date(2026, 3, 2))
    assert offered and "registered" not in offered


def test_guangxi_knows_two_tiers_below_registration(packs):
    assert guards.tiers("450103001001", builders.dt.date(2026, 3, 2)) == ["street_managed", "community_guided"]


@pytest.fixture
def reported(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)


def test_a_granted_filing_is_on_the_register_with_number_and_certificate(reported, cast):
    case = actions.move(reported, "record", by=cast.li, data=dict(builders.GRANT))
    paper = Certificate.objects.get()
    assert case.organisation.filing_number == paper.number == f"备120103001〔{paper.issued_on.year}〕00001号"
    assert (case.organisation.managing_body, paper.issuer) == ("大营门街道办事处",) * 2
    assert case.decision["tier"] == "filed"


def test_a_group_the_street_finds_small_is_listed_without_number_or_certificate(reported, cast, monkeypatch):
    monkeypatch.setattr(guards, "tiers", lambda place, on: ["street_managed", "community_guided"])
    given = {"tier": "community_guided", "managing_body": "九江路社区居委会"}
    case = actions.move(reported, "record", by=cast.li, data=given)
    assert (case.organisation.standing, case.organisation.filing_number) == ("listed", None)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("verb", ["reject", "return"])
def test_what_is_not_granted_enters_nothing(verb, reported, cast):
    case = actions.move(reported, verb, by=cast.li, note="不符", data={"defects": [builders.DEFECT]})
    assert case.organisation is None
    assert not Certificate.objects.exists()


def test_the_applicants_words_are_on_the_register(reported, cast):
    found = actions.move(reported, "record", by=cast.li, data=dict(builders.GRANT)).organisation
    assert (found.name, found.category, found.individual_members) == ("阳光舞蹈队", "culture_sports", 24)
    assert (found.premises, found.address, found.full_party_members) == ("shared", "社区活动中心二楼", 3)
    assert found.leader_terms.get().person.name == "刘桂兰"


def test_a_name_typed_with_blanks_around_it_is_entered_without_them(cast, places, packs, delegation):
    said = builders.answers("  阳光舞蹈队 ")
    case = builders.walk(builders.draft(cast.auntie, places.garden, said=said), cast)
    assert (case.organisation.name, Certificate.objects.get().name) == ("阳光舞蹈队", "阳光舞蹈队")


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\ufeff", "\u00ad"])
def test_a_name_with_hidden_signs_is_entered_without_them(sign, cast, places, packs, delegation):
    said = builders.answers(f"阳光{sign}舞蹈队")
    case = builders.walk(builders.draft(cast.auntie, places.garden, said=said), cast)
    assert (case.organisation.name, Certificate.objects.get().name) == ("阳光舞蹈队", "阳光舞蹈队")


def test_every_closed_state_is_closed(reported, cast):
    case = actions.move(reported, "reject", by=cast.li, note="不符")
    assert case.is_closed and case.closed_at and case.due_on is None
    assert case.state == State.REJECTED


def test_what_is_at_home_in_a_street_is_reviewed_by_the_street_itself(packs):
    assert road.variant(Case(road="filing", place_code="120103001000")) == flows.DIRECT
