"""备案延续: offered only where a document limits how long a filing holds, and then in time."""

import datetime as dt

import pytest
from django.utils import timezone

from filings import validity
from portal.errors import Refusal
from registry.casework import actions, kinds, opening, papers
from registry.models import Certificate
from tests import builders

STEPS = (("submit", "auntie"), ("review", "wang"), ("report", "wang"), ("record", "li"))


@pytest.fixture
def three_years(monkeypatch):
    """A place whose document says: a filing holds three years."""
    months = validity.months_after
    monkeypatch.setattr(validity, "until", lambda place_code, since, *, on: months(since, 36))


@pytest.fixture
def team(cast, places, packs, delegation, three_years):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation


def at(team, day):
    type(team).objects.filter(pk=team.pk).update(valid_until=day)
    team.refresh_from_db()


def test_by_the_documents_at_hand_a_filing_holds_for_good(cast, places, packs, delegation):
    team = builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation
    assert team.valid_until is None
    assert "filing-renew" not in [kind.key for kind, _ in kinds.offered(team, timezone.localdate())]


def test_where_a_document_limits_it_the_last_day_stands_on_the_register_and_the_paper(team):
    today = timezone.localdate()
    assert team.valid_until == validity.months_after(today, 36)
    assert str(team.valid_until.year) in Certificate.objects.get().details["valid_until"]


@pytest.mark.parametrize(("days", "open_now"), [(16, False), (15, True), (0, True), (-1, True)])
def test_it_is_offered_from_fifteen_days_before(days, open_now, team):
    today = timezone.localdate()
    at(team, today + dt.timedelta(days=days))
    assert (kinds.of("filing-renew").about(team, today) == "") is open_now


def test_too_early_is_refused_with_the_day_it_opens(team, cast):
    with pytest.raises(Refusal, match="起可以办理"):
        opening.begin(team, "filing-renew", by=cast.auntie)


def renew(team, cast):
    case = opening.begin(team, "filing-renew", by=cast.auntie)
    told = {"operates_normally": "yes", "individual_members": "31", "done": "每周排练，演出六场"}
    case = actions.save_section(case, kinds.of(case.kind).section("going_on"), told, by=cast.auntie)
    papers.attach(case, "members", builders.png(), by=cast.auntie)
    for verb, who in STEPS:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实")
    team.refresh_from_db()


def test_a_renewal_in_time_goes_on_from_the_last_day(team, cast):
    last = timezone.localdate() + dt.timedelta(days=5)
    at(team, last)
    renew(team, cast)
    assert (team.valid_until, team.individual_members) == (validity.months_after(last, 36), 31)
    old, new = Certificate.objects.order_by("id")
    assert (old.cancel_reason, new.cancelled_on) == ("变更换发", None)


def test_a_renewal_after_the_last_day_begins_today(team, cast):
    at(team, timezone.localdate() - dt.timedelta(days=40))
    renew(team, cast)
    assert team.valid_until == validity.months_after(timezone.localdate(), 36)


@pytest.mark.parametrize(("days", "words"), [(0, "这份证书有效"), (-1, "这份证书已过有效期")])
def test_the_page_behind_the_paper_says_when_it_has_run_out(days, words, team, client):
    at(team, timezone.localdate() + dt.timedelta(days=days))
    page = client.get(Certificate.objects.get().get_absolute_url()).content.decode()
    assert words in page


def test_the_organisation_page_says_so_too(team, cast, client):
    at(team, timezone.localdate() - dt.timedelta(days=1))
    client.force_login(cast.li)
    assert "已过有效期" in client.get(team.get_absolute_url()).content.decode()
