"""What the night finds for the ledger: who is near, who has drifted away, what happened meanwhile; and its numbers."""

import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone

from registry import register
from registry.candidates import acts, figures, night
from registry.casework import actions, conversion
from registry.models import Candidate, Notice, Organisation, Stage
from tests import builders
from tests.registry.test_candidates import DAY, NEAR, TODAY, listed, nominated, only


@pytest.fixture
def near(places, packs):
    return builders.organisation(places.garden, **NEAR)


def test_a_filed_organisation_two_lines_short_is_suggested_and_three_lines_short_is_not(near, places):
    far = builders.organisation(places.garden, **NEAR | {"premises": "none"})
    assert len(conversion.outlook(near, TODAY()).missing) == 2
    assert len(conversion.outlook(far, TODAY()).missing) == 3
    assert night.reassess(TODAY()).suggested == 1
    found = only()
    assert (found.organisation, found.stage, found.distance, found.suggested_on) == (near, "suggested", 2, TODAY())
    assert [line["key"] for line in found.missing] == ["registration.legal_form", "registration.min_capital"]


def test_the_ledger_and_the_page_of_the_organisation_tell_the_same_distance(near):
    night.reassess(TODAY())
    assert only().missing == list(conversion.outlook(near, TODAY()).missing)


def test_a_second_night_changes_nothing(near):
    night.reassess(TODAY())
    before = Candidate.objects.values().get()
    told = night.reassess(TODAY())
    assert (told.assessed, told.suggested, told.faded) == (1, 0, 0)
    assert Candidate.objects.values().get() == before


@pytest.mark.parametrize("kind", ["listed", "registered"])
def test_only_filed_organisations_are_suggested(kind, places, packs):
    builders.organisation(places.garden, kind=kind, **NEAR)
    assert night.reassess(TODAY()).assessed == 0


def test_nothing_is_suggested_while_no_document_is_loaded(places):
    builders.organisation(places.garden, **NEAR)
    assert night.reassess(TODAY()).assessed == 0


def test_a_suggestion_that_drifted_away_fades_and_comes_back(near):
    night.reassess(TODAY())
    Organisation.objects.update(premises="none")
    assert night.reassess(TODAY()).faded == 1
    assert (only().stage, only().closed_on, only().reason) == ("removed", TODAY(), night.FADED)
    Organisation.objects.update(premises="own")
    assert night.reassess(TODAY()).suggested == 1


def test_what_somebody_nominated_never_fades_and_gets_its_new_distance(near, cast):
    nominated(near, cast)
    Organisation.objects.update(premises="none")
    assert night.reassess(TODAY()).faded == 0
    assert (only().stage, only().distance) == ("nominated", 3)


@pytest.mark.parametrize(("days", "again"), [(179, 0), (180, 1)])
def test_what_somebody_dismissed_is_not_suggested_before_half_a_year(days, again, near, cast):
    night.reassess(TODAY())
    acts.remove(only(), by=cast.li, on=TODAY(), reason="活动不多")
    assert night.reassess(TODAY() + days * DAY).suggested == again


def test_a_change_in_the_register_is_followed_without_waiting_for_the_night(near, cast):
    since = timezone.now()
    assert night.reassess_changed(since, TODAY()).assessed == 0
    said = NEAR | {"leader_name": "刘桂兰"}
    entry = register.Entry(kind="filed", name=near.name, place=near.place, said=said)
    register.enter(entry, by=cast.li, on=TODAY(), organisation=near)
    assert night.reassess_changed(since, TODAY()).suggested == 1


def test_batches_forget_nobody(monkeypatch, places, packs):
    monkeypatch.setattr(night, "BATCH", 2)
    made = [builders.organisation(where, **NEAR) for where in (places.garden, places.village, places.garden) * 2]
    assert night.reassess(TODAY()).suggested == len(made) == 6


def test_an_application_that_failed_puts_it_back_where_it_stood(near, cast):
    listed(near, cast)
    actions.move(acts.apply(near, by=cast.zhang), "withdraw", by=cast.zhang)
    assert night.settle(TODAY()) == 1
    assert (only().stage, only().case) == ("listed", None)
    assert night.settle(TODAY()) == 0


def test_an_application_by_another_door_is_noticed(near, cast):
    listed(near, cast)
    case = conversion.convert(near, by=cast.zhang)
    assert night.settle(TODAY()) == 1
    assert (only().stage, only().case) == ("applying", case)


def test_an_organisation_struck_off_leaves_with_the_reason(near, cast):
    listed(near, cast)
    register.end(near, by=cast.li, on=TODAY(), reason="解散")
    assert night.settle(TODAY()) == 1
    assert (only().stage, only().reason) == ("removed", night.ENDED)


def rows(places, pairs):
    """Closed candidates: (days from listing to leaving, stage)."""
    since = dt.date(2026, 1, 1)
    for number, (days, stage) in enumerate(pairs):
        found = builders.organisation(places.garden, name=f"旧队{number}")
        Candidate.objects.create(
            organisation=found, place_code=found.place_code, stage=stage, listed_on=since, closed_on=since + days * DAY
        )


@pytest.mark.parametrize(
    ("pairs", "rate", "days", "said"),
    [
        ([], None, None, "暂无数据"),
        ([(10, "removed")], Fraction(0), None, "0/1（0.0%）"),
        ([(30, "registered"), (10, "removed"), (40, "registered")], Fraction(2, 3), Fraction(35), "2/3（66.6%）"),
        ([(30, "registered"), (41, "registered")], Fraction(1), Fraction(71, 2), "2/2（100.0%）"),
        ([(1, "registered"), (5, "registered"), (90, "registered")], Fraction(1), Fraction(5), "3/3（100.0%）"),
    ],
)
def test_rate_and_median_are_exact(pairs, rate, days, said, places):
    rows(places, pairs)
    told = figures.figures(Candidate.objects.all(), TODAY())
    assert (told.rate, told.days, told.rate_text) == (rate, days, said)


def test_what_was_never_listed_is_no_failure_of_the_ledger(near, cast):
    acts.remove(nominated(near, cast), by=cast.li, on=TODAY(), reason="不愿意")
    told = figures.figures(Candidate.objects.all(), TODAY())
    assert told.left == 0 and dict((stage, many) for stage, _, many in told.stages)[Stage.REMOVED] == 1


@pytest.mark.parametrize(("days", "told"), [(179, 0), (180, 1), (181, 1)])
def test_the_district_is_reminded_once_of_a_review_from_its_day_on(days, told, near, cast):
    found = listed(near, cast)
    for _ in range(2):
        night.remind_reviews(TODAY() + days * DAY)
    notices = Notice.objects.filter(key__startswith="review:")
    assert [(one.user, one.url) for one in notices] == [(cast.zhang, f"/candidates/{found.pk}/")] * told


def test_after_a_review_the_next_one_is_reminded_anew(near, cast):
    found, day = listed(near, cast), TODAY() + 180 * DAY
    night.remind_reviews(day)
    acts.review(found, by=cast.zhang, on=day, finding="正常")
    night.remind_reviews(day)
    assert Notice.objects.filter(key__startswith="review:").count() == 1
    night.remind_reviews(day + 180 * DAY)
    assert Notice.objects.filter(key__startswith="review:").count() == 2


def test_who_has_moved_is_on_the_ledger_of_the_new_place(near, cast, places):
    found = nominated(near, cast)
    case = actions.open_case("filing-change", by=cast.wang, place=places.garden, organisation=near)
    register.amend(near, {"place": places.village}, by=cast.li, on=TODAY(), case=case)
    night.reassess_changed(timezone.now() - DAY, TODAY())
    found.refresh_from_db()
    assert found.place_code == places.village.code
    assert not Candidate.objects.visible_to(cast.wang).exists()
