"""The register under many hands: it changes once, and no paper outlives what it says."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from filings import actions as delegations
from filings.models import Delegation
from portal.errors import OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import register
from registry.candidates import acts, night
from registry.casework import actions, conversion, kinds, opening, papers
from registry.models import (
    Candidate,
    Case,
    Certificate,
    Organisation,
)
from tests import builders
from tests.races.start import MANY, TODAY, at_once, refused
from tests.registry.test_candidates import NEAR

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


def test_ten_conversions_at_once_open_one_registration(cast, places, packs):
    found = builders.organisation(places.garden)
    outcomes = at_once(lambda n: conversion.convert(found, by=cast.wang), many=10)
    assert Case.objects.filter(road="registration").count() == 1
    assert all(isinstance(one, OutOfTurn) or one.road == "registration" for one in outcomes)


def test_ten_ends_at_once_end_once(cast, places):
    found = builders.organisation(places.garden)
    late = refused(at_once(lambda n: register.end(found, by=cast.li, on=TODAY, reason="成员解散"), many=10))
    assert len(late) == 9


def test_fifty_clicks_open_one_change(cast, places, packs):
    team = builders.organisation(places.garden)

    def press(_):
        client = Client()
        client.force_login(cast.wang)
        return client.post(reverse("registry:open", args=[team.pk, "filing-change"])).status_code

    assert Counter(at_once(press)) == {302: MANY}
    assert team.cases.filter(kind="filing-change").count() == 1


def renamed(team, name, cast):
    """A change of name that waits for the street."""
    case = opening.begin(team, "filing-change", by=cast.wang)
    kind = kinds.of(case.kind)
    case = actions.save_section(case, kind.section("items"), {"items": "name"}, by=cast.wang)
    case = actions.save_section(case, kind.section("values"), {"new_name": name}, by=cast.wang)
    papers.attach(case, "minutes", builders.png(), by=cast.wang)
    for verb in ("submit", "review", "report"):
        case = actions.move(case, verb, by=cast.wang, note="属实")
    return case


def test_of_ten_teams_that_take_one_name_at_once_one_has_it(cast, places, packs, delegation):
    cases = [renamed(builders.organisation(places.garden), "夕阳红舞蹈队", cast) for _ in range(10)]
    outcomes = at_once(lambda n: actions.move(cases[n], "record", by=cast.li), many=10)
    assert len([one for one in outcomes if isinstance(one, Refusal)]) == 9
    assert Organisation.objects.filter(name="夕阳红舞蹈队").count() == 1


def test_a_change_and_an_end_at_once_leave_no_paper_that_holds(cast, places, packs, delegation):
    team = builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation
    case = renamed(team, "夕阳红舞蹈队", cast)

    def act(number):
        if number:
            return register.end(team, by=cast.li, on=timezone.localdate(), reason="成员解散")
        return actions.move(case, "record", by=cast.li)

    at_once(act, many=2)
    team.refresh_from_db()
    assert team.standing == "" and not Certificate.objects.filter(cancelled_on=None).exists()


def test_ten_clicks_entrust_once(cast, places):
    give = lambda n: delegations.entrust(places.garden, by=cast.li, starts=TODAY, ends=None, document="委托书")  # noqa: E731
    assert len(refused(at_once(give, many=10))) == 9
    assert Delegation.objects.count() == 1


def test_ten_listings_of_one_name_make_one_entry(cast, places):
    said = {"name": "晨练队", "category": "culture_sports", "leading_party": "九江路社区党委"}
    at_once(lambda n: delegations.list_group(places.garden, dict(said), by=cast.wang, on=TODAY), many=10)
    assert Organisation.objects.count() == 1


def test_fifty_nominations_and_the_night_at_once_are_one_row(cast, places, packs):
    found = builders.organisation(places.garden, **NEAR)

    def press(number):
        if number % 10 == 0:
            return night.reassess(TODAY)
        return acts.nominate(found, by=cast.wang, on=TODAY)

    at_once(press)
    assert Candidate.objects.get().stage == "nominated"
    assert AuditEvent.objects.filter(verb="candidate.nominate").count() == 1
