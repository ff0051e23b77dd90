"""Delegations have dates and never overlap; a light listing is one line without a decision."""

import datetime as dt

import pytest

from filings import actions
from filings.models import Delegation
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.models import Certificate, Organisation, PartyCoverage
from tests import builders

SPRING, SUMMER, AUTUMN = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 9, 1)
DAY = dt.timedelta(days=1)
SAID = {"name": "晨练队", "category": "culture_sports", "leading_party": "九江路社区党委", "leader_name": "王强"}


def entrust(places, cast, starts, ends=None, **more):
    return actions.entrust(
        more.pop("community", places.garden), by=cast.li, starts=starts, ends=ends, document="委托书"
    )


def test_a_delegation_holds_from_its_first_day_until_the_day_before_its_end(places, cast):
    entrust(places, cast, SPRING, SUMMER)
    held = {day: Delegation.objects.in_force(day).exists() for day in (SPRING - DAY, SPRING, SUMMER - DAY, SUMMER)}
    assert list(held.values()) == [False, True, True, False]
    assert AuditEvent.objects.get(verb="delegation.grant").by == cast.li


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [
        (SUMMER, AUTUMN, False),  # the same
        (SPRING, None, False),  # around it, open
        (SPRING, SUMMER + DAY, False),  # over its first day
        (SPRING, SUMMER, True),  # until its first day
        (AUTUMN, None, True),  # from its end
        (AUTUMN - DAY, None, False),  # over its last day
    ],
)
def test_two_delegations_of_one_committee_never_overlap(starts, ends, may, places, cast):
    entrust(places, cast, SUMMER, AUTUMN)
    if may:
        assert entrust(places, cast, starts, ends)
    else:
        with pytest.raises(OutOfTurn) as no:
            entrust(places, cast, starts, ends)
        assert no.value.code == "delegation_exists"


def test_two_committees_are_entrusted_apart(places, cast):
    entrust(places, cast, SPRING)
    assert entrust(places, cast, SPRING, community=places.village)


@pytest.mark.parametrize("ends", [SPRING, SPRING - DAY])
def test_a_delegation_that_ends_before_it_begins_is_refused(ends, places, cast):
    with pytest.raises(Refusal) as no:
        entrust(places, cast, SPRING, ends)
    assert (no.value.code, no.value.field) == ("dates_reversed", "ends")


@pytest.mark.parametrize("who", ["wang", "zhang", "zhao", "auntie", "stranger"])
def test_only_the_street_entrusts_and_revokes(who, places, cast):
    given = builders.delegation(places.garden)
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.entrust(places.village, by=by, starts=SPRING, ends=None, document="委托书")
    with pytest.raises(NotAllowed):
        actions.revoke(given, by=by, on=SUMMER)
    assert Delegation.objects.get().ends is None


def test_revoking_ends_it_today_and_only_once(places, cast):
    given = builders.delegation(places.garden)
    assert actions.revoke(given, by=cast.li, on=SUMMER).ends == SUMMER
    with pytest.raises(OutOfTurn):
        actions.revoke(given, by=cast.li, on=AUTUMN)
    assert Delegation.objects.get().ends == SUMMER


def test_revoking_one_that_has_not_begun_leaves_none_in_force(places, cast):
    given = builders.delegation(places.garden, starts=AUTUMN)
    actions.revoke(given, by=cast.li, on=SUMMER)
    assert not any(Delegation.objects.in_force(day).exists() for day in (SUMMER, AUTUMN, AUTUMN + DAY))


def test_a_listing_is_on_the_register_without_number_or_certificate(places, cast):
    found = actions.list_group(places.garden, dict(SAID), by=cast.wang, on=SPRING)
    assert (found.standing, found.filing_number, found.legal_form) == ("listed", None, "none")
    assert "九江路社区党委" in found.managing_body
    assert not Certificate.objects.exists()
    assert PartyCoverage.objects.get().kind == "fallback"


@pytest.mark.parametrize("name", ["晨练队", "晨 练 队", "晨练队 "])
def test_a_second_group_of_the_same_name_is_told_not_made(name, places, cast):
    actions.list_group(places.garden, dict(SAID), by=cast.wang, on=SPRING)
    with pytest.raises(OutOfTurn) as no:
        actions.list_group(places.garden, SAID | {"name": name}, by=cast.wang, on=SPRING)
    assert no.value.code == "name_taken"
    assert Organisation.objects.count() == 1


def test_the_name_is_free_again_when_the_group_has_ended(places, cast):
    found = actions.list_group(places.garden, dict(SAID), by=cast.wang, on=SPRING)
    builders.register.end(found, by=cast.wang, on=SUMMER, reason="不再活动")
    assert actions.list_group(places.garden, dict(SAID), by=cast.wang, on=AUTUMN).standing == "listed"


@pytest.mark.parametrize("who", ["li", "zhang", "zhao", "auntie", "stranger"])
def test_only_the_committee_lists(who, places, cast):
    with pytest.raises(NotAllowed):
        actions.list_group(places.garden, dict(SAID), by=getattr(cast, who), on=SPRING)


def test_a_committee_lists_only_in_its_own_community(places, cast):
    with pytest.raises(NotAllowed):
        actions.list_group(places.village, dict(SAID), by=cast.wang, on=SPRING)
