"""Away and stood in for: dated, never wider than the absent person's desks, and four eyes see through it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import absences, offices
from registry.casework import actions, facts, history, leases, papers, taken
from registry.models import Absence, Case, Notice, Office
from registry.scope import roles_over
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def away(today):
    def announce(user, deputy, *, by=None, starts=0, days=5):
        first = today + starts * DAY
        return absences.announce(
            user, deputy=deputy, starts=first, ends=first + days * DAY, reason="年假", by=by or user, on=today
        )

    return announce


@pytest.fixture
def reported(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)


def test_the_stand_in_has_the_desk_from_the_first_day_to_the_last(cast, places, away, today):
    away(cast.wang, cast.li, starts=2, days=3)
    held = {n: "community" in roles_over(cast.li, places.garden.code, today + n * DAY) for n in range(7)}
    assert [n for n, there in held.items() if there] == [2, 3, 4]


def test_the_stand_in_gets_these_places_and_no_other(cast, places, away):
    away(cast.wang, cast.li)
    assert roles_over(cast.li, places.garden.code) == {"street", "community"}
    assert roles_over(cast.li, places.village.code) == {"street"}


def test_the_stand_in_of_a_stand_in_gets_only_his_own_desk(cast, places, away):
    away(cast.wang, cast.li)
    away(cast.li, cast.chen)
    assert "community" not in roles_over(cast.chen, places.garden.code)


def test_what_the_stand_in_does_is_written_b_for_a(cast, places, packs, delegation, away):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    away(cast.wang, cast.li)
    actions.move(case, "review", by=cast.li, note="属实")
    step = case.steps.get(verb="review")
    assert (step.by, step.acting_for) == (cast.li, cast.wang)
    assert "老李（代 小王）" in history.timeline(case, cast.auntie)[-1].who


def test_whoever_holds_the_desk_himself_acts_for_nobody(reported, cast, away):
    away(cast.chen, cast.li)
    actions.move(reported, "record", by=cast.li, data=dict(builders.GRANT))
    assert reported.steps.get(verb="record").acting_for is None


def test_whoever_stood_in_for_the_first_reviewer_does_not_decide(cast, places, packs, delegation, away):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    away(cast.wang, cast.li)
    for verb in ("review", "report"):
        case = actions.move(case, verb, by=cast.li, note="属实")
    with pytest.raises(NotAllowed, match="另一位同事"):
        actions.move(case, "record", by=cast.li, data=dict(builders.GRANT))
    assert actions.move(case, "record", by=cast.chen, data=dict(builders.GRANT)).state == "approved"


def test_the_reviewer_does_not_decide_what_was_reviewed_in_her_name(cast, places, packs, delegation, away):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    away(cast.wang, cast.li)
    for verb in ("review", "report"):
        case = actions.move(case, verb, by=cast.li, note="属实")
    places.street.offices.create(user=cast.wang, role="street", starts=builders.SINCE)
    with pytest.raises(NotAllowed, match="另一位同事"):
        actions.move(case, "record", by=cast.wang, data=dict(builders.GRANT))


def test_nobody_decides_for_whom_reviewed(cast, places, packs, away, monkeypatch):
    """Direct road: the street reviews and decides; the stand-in of the reviewer has no eyes of his own."""
    case = builders.draft(cast.auntie, places.garden)
    Case.objects.filter(pk=case.pk).update(variant="direct")
    case.refresh_from_db()
    away(cast.li, cast.zhang)
    for verb, who in (("submit", cast.auntie), ("review", cast.li), ("report", cast.li)):
        case = actions.move(case, verb, by=who, note="属实")
    with pytest.raises(NotAllowed, match="您代老李办理"):
        actions.move(case, "record", by=cast.zhang, data=dict(builders.GRANT))
    assert actions.move(case, "record", by=cast.chen, data=dict(builders.GRANT)).state == "approved"


def test_what_the_absent_has_in_hand_goes_along(reported, cast, away):
    leases.take(reported, by=cast.li)
    away(cast.li, cast.chen)
    reported.refresh_from_db()
    assert reported.holder == cast.chen
    assert Notice.objects.filter(user=cast.chen, kind="handed").count() == 1


def test_the_stand_in_sees_and_mends_what_the_absent_opened(cast, places, packs, away):
    case = builders.draft(cast.li, places.garden)
    assert not Case.objects.visible_to(cast.chen).filter(pk=case.pk).exists()
    away(cast.li, cast.chen)
    assert Case.objects.visible_to(cast.chen).filter(pk=case.pk).exists()
    actions.move(case, "submit", by=cast.chen)
    assert case.steps.get().acting_for == cast.li


def test_it_ends_early_for_all_desks_at_once(cast, places, away, today):
    absence = away(cast.wang, cast.li)
    absences.end(absence, by=cast.wang, on=today)
    assert "community" not in roles_over(cast.li, places.garden.code)
    with pytest.raises(OutOfTurn):
        absences.end(absence, by=cast.wang, on=today)


def test_an_office_that_ends_takes_its_stand_in_along(cast, places, away, today):
    away(cast.wang, cast.li)
    offices.end(cast.wang.username, role="community", place=places.garden, on=today)
    assert "community" not in roles_over(cast.li, places.garden.code)


def test_the_desk_above_may_arrange_it_and_the_desk_below_may_not(cast, away):
    away(cast.wang, cast.li, by=cast.chen)
    with pytest.raises(NotAllowed):
        away(cast.li, cast.chen, by=cast.wang)


@pytest.mark.parametrize("who", ["zhao", "auntie", "stranger"])
def test_who_has_no_desk_above_arranges_nothing(who, cast, away):
    with pytest.raises(NotAllowed):
        away(cast.wang, cast.li, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["wang", "zhao", "auntie", "stranger", "li"])
def test_who_cannot_stand_in_for_the_street(who, cast, away):
    with pytest.raises(Refusal, match="代办人"):
        away(cast.li, getattr(cast, who))
    assert not Absence.objects.exists() and not Office.objects.exclude(stands_in_for=None).exists()


def test_nobody_is_away_twice_and_nobody_away_stands_in(cast, away):
    away(cast.li, cast.chen)
    with pytest.raises(OutOfTurn):
        away(cast.li, cast.zhang, starts=2)
    with pytest.raises(Refusal, match="也外出"):
        away(cast.wang, cast.li, starts=1)


@pytest.mark.parametrize(("starts", "days"), [(-1, 3), (0, 0), (3, -1), (0, 400)])
def test_days_that_make_no_sense_are_refused(starts, days, cast, away):
    with pytest.raises(Refusal):
        away(cast.li, cast.chen, starts=starts, days=days)


def test_all_open_work_goes_to_a_colleague_in_one_act(reported, cast, places, today):
    leases.take(reported, by=cast.li)
    mine = builders.draft(cast.li, places.garden, key="form")
    closed = actions.move(builders.draft(cast.li, places.garden), "withdraw", by=cast.li)
    done = absences.hand_over(cast.li, to=cast.chen, by=cast.li, reason="调离", on=today)
    assert (done.leases, done.cases) == (1, 1)
    for case in (reported, mine, closed):
        case.refresh_from_db()
    assert (reported.holder, mine.opened_by, closed.opened_by) == (cast.chen, cast.chen, cast.li)
    assert "调离" in Notice.objects.get(user=cast.chen, kind="handed").text
    assert not Case.objects.visible_to(cast.li).filter(pk=mine.pk).exists()
    again = absences.hand_over(cast.li, to=cast.chen, by=cast.li, reason="调离", on=today)
    assert (again.leases, again.cases) == (0, 0)


def test_work_goes_only_to_whoever_holds_the_same_desks(reported, cast, today):
    with pytest.raises(Refusal, match="大营门街道"):
        absences.hand_over(cast.li, to=cast.wang, by=cast.li, reason="调离", on=today)
    with pytest.raises(NotAllowed):
        absences.hand_over(cast.li, to=cast.chen, by=cast.wang, reason="调离", on=today)


def test_the_work_of_whoever_has_left_can_still_be_handed_over(cast, places, packs, today):
    mine = builders.draft(cast.li, places.garden)
    offices.end(cast.li.username, role="street", place=places.street, on=today)
    assert absences.hand_over(cast.li, to=cast.chen, by=cast.chen, reason="离任", on=today).cases == 1
    mine.refresh_from_db()
    assert mine.opened_by == cast.chen


def test_whoever_examines_does_not_put_himself_in_the_place_of_whoever_approves(cast, away, today):
    with pytest.raises(NotAllowed):
        away(cast.sun, cast.zhang, by=cast.zhang)
    assert cast.sun.pk not in absences.people(cast.zhang, today)
    assert away(cast.sun, cast.zhang, by=cast.sun).deputy == cast.zhang


def test_whoever_is_stood_in_for_by_order_of_another_is_told(cast, away):
    away(cast.wang, cast.li, by=cast.chen)
    assert "陈姐安排老李" in Notice.objects.get(user=cast.wang, kind="handed").text


def test_a_name_kept_and_a_paper_promised_go_along_with_the_open_work(cast, places, packs, delegation, today):
    lan = builders.person("小兰", "community", places.garden)
    kept = actions.open_case("name", by=cast.wang, place=places.garden, said=builders.registration_answers())
    for verb, who in (("submit", cast.wang), ("reserve", cast.zhang)):
        kept = actions.move(kept, verb, by=who)
    begun = builders.draft(cast.wang, places.garden, road="registration")
    done = builders.draft(cast.wang, places.garden)
    papers.promise(done, "premises", by=cast.wang, on=today)
    done = builders.walk(done, cast)
    assert absences.hand_over(cast.wang, to=lan, by=cast.wang, reason="调离", on=today).cases == 3
    for case in (kept, begun, done):
        case.refresh_from_db()
    assert {kept.opened_by, begun.opened_by, done.opened_by} == {lan}
    assert not any(taken.names(begun, begun.name, facts.rules_of(begun, today), today).values())


@pytest.mark.parametrize("last", ["9999-12-31", "0001-01-01"])
def test_a_last_day_at_the_end_of_the_calendar_is_refused(last, client, cast, today):
    client.force_login(cast.li)
    said = {"user": cast.li.pk, "deputy": cast.chen.pk, "starts": str(today), "last": last, "reason": "年假"}
    assert client.post(reverse("registry:absences"), said).status_code == 200
    assert not Absence.objects.exists()
