"""The ledger of a case: stages, both limits, what waits for the applicant, what a desk holds, and who may."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import clock
from registry.casework import actions, clockface, clockwork, deadlines, turns
from tests import builders

DAY = dt.timedelta(days=1)
CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = dt.date(2026, 3, 2)
WHY = {"cause": "expert", "reason": "请专家评审章程", "basis": "《行政许可法》第四十五条"}


def at(day, hour=10):
    """The portal on a day in the morning."""
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour), CHINA), tick=False)


def plus(days):
    return MONDAY + DAY * days


def handed_in(cast, places, road="filing"):
    """A case handed in on Monday 2 March 2026."""
    with at(MONDAY):
        return builders.walk(builders.draft(cast.auntie, places.garden, road=road), cast, moves=1)


@pytest.fixture
def case(cast, places, packs, delegation):
    return handed_in(cast, places)


@pytest.fixture
def registration(cast, places, packs):
    return handed_in(cast, places, "registration")


def clocks(case):
    return {found.scope: found for found in case.clocks.filter(stopped=None)}


def ledger(case):
    return [(row.kind, row.stage, row.holder, row.starts, row.ends) for row in case.intervals.all()]


def give_back(case, cast, day):
    with at(day):
        return actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})


def mended(case, cast, day):
    """Handed in again on a day with another name."""
    with at(day):
        case.answers["organisation"]["name"] = "阳光文艺队"
        case.save(update_fields=["answers"])
        return actions.move(case, "submit", by=cast.auntie)


def test_a_stage_has_an_interval_a_holder_and_a_clock_from_the_packs(case):
    assert ledger(case) == [("running", "submitted", "community", MONDAY, None)]
    stage = clocks(case)["stage"]
    assert (stage.days, stage.unit, stage.starts, stage.assumed) == (2, "working", MONDAY, True)
    assert (stage.due_on, case.due_on) == (plus(2), plus(2))
    assert stage.document == "本系统暂定"


def test_the_next_step_closes_the_stage_and_opens_the_next(case, cast):
    with at(plus(1)):
        case = actions.move(case, "review", by=cast.wang, note="属实")
        case = actions.move(case, "report", by=cast.wang)
    assert [row[1:3] for row in ledger(case)] == [
        ("submitted", "community"),
        ("reviewed", "community"),
        ("reported", "street"),
    ]
    assert [row[4] for row in ledger(case)] == [plus(1), plus(1), None]
    stage = clocks(case)["stage"]
    assert (stage.days, stage.unit, case.due_on) == (7, "calendar", plus(8))
    assert case.clocks.filter(scope="stage").exclude(stopped=None).count() == 2


def test_the_two_limits_of_a_registration_stand_side_by_side(registration, cast):
    promised = clocks(registration)["promised"]
    assert (promised.days, promised.unit, promised.assumed) == (20, "working", True)
    assert registration.limit_on is None  # runs from acceptance
    with at(plus(1)):
        case = actions.move(registration, "accept", by=cast.zhang)
    statutory = clocks(case)["statutory"]
    assert (statutory.days, statutory.unit, statutory.assumed) == (60, "calendar", False)
    assert (statutory.document, statutory.clause) == ("《社会团体登记管理条例》", "第十二条")
    assert (case.promised_on, case.limit_on) == (clock.after_working_days(MONDAY, 20).on, plus(61))


def test_the_stages_of_a_registration_fit_into_what_is_promised(registration, cast):
    flow = {move.verb: move.days for move in builders_flow(registration)}
    assert flow["submit"] + flow["accept"] + flow["examine"] == clocks(registration)["promised"].days


def builders_flow(case):
    return clockwork.kinds.of(case.kind).flow(case)


@pytest.mark.parametrize("waited", [1, 9, 40])
def test_waiting_for_the_applicant_never_counts_against_the_office(waited, case, cast):
    """Both limits move by the working days the applicant took, and start nowhere anew."""
    before = case.promised_on
    case = give_back(case, cast, plus(1))
    assert (case.due_on, case.intervals.standing().get().cause) == (None, "correction")
    assert ledger(case)[1][:3] == ("running", "returned", "applicant")
    case = mended(case, cast, plus(1 + waited))
    held = clock.working_days_between(plus(1), plus(1 + waited))
    assert clock.working_days_between(before, case.promised_on) == held
    assert case.clocks.filter(scope="promised").count() == 1
    assert not case.intervals.standing().exists()


def test_given_back_twice_holds_twice(case, cast):
    before = case.promised_on
    case = mended(give_back(case, cast, plus(1)), cast, plus(3))
    with at(plus(3)):
        case.refresh_from_db()
    case = give_back(case, cast, plus(4))
    with at(plus(8)):
        case.answers["organisation"]["name"] = "阳光戏曲队"
        case.save(update_fields=["answers"])
        case = actions.move(case, "submit", by=cast.auntie)
    assert clock.working_days_between(before, case.promised_on) == 4  # 4, 5 and 9, 10 March


def test_a_notice_the_desk_called_back_holds_no_day_and_the_stage_goes_on(case, cast):
    due, promised = case.due_on, case.promised_on
    case = give_back(case, cast, plus(1))
    with at(plus(2)):
        case = actions.move(case, "recall", by=cast.wang)
    assert (case.due_on, case.promised_on) == (due, promised)


def test_a_decided_case_has_no_clock_that_runs_and_keeps_its_days(case, cast):
    promised = case.promised_on
    with at(plus(1)):
        case = decided(case, cast)
    assert case.is_closed and case.due_on is None and case.promised_on == promised
    assert not case.clocks.filter(stopped=None).exists() and not case.intervals.filter(ends=None).exists()


def decided(case, cast):
    for verb, who, data in builders.WALKS["filing"][1:]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实", data=data)
    return case


def test_a_draft_has_no_clock(cast, places, packs, delegation):
    draft = builders.draft(cast.auntie, places.garden)
    assert not draft.clocks.exists() and clockface.panel(draft, cast.auntie) == {"faces": []}


# --- held by hand -------------------------------------------------------------------------------------------------


def test_a_held_case_moves_its_deadlines_by_itself(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, **WHY)
    with at(plus(4)):
        clockwork.resume(case, by=cast.wang)
    case.refresh_from_db()
    assert case.due_on == plus(7)  # one day used, three held, a weekend
    assert [event.verb for event in AuditEvent.objects.filter(verb__startswith="clock.").order_by("pk")] == [
        "clock.suspend",
        "clock.resume",
    ]


def test_while_it_is_held_the_day_is_shown_as_if_it_ended_today(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, **WHY)
    for today, due in [(plus(1), plus(2)), (plus(2), plus(3)), (plus(8), plus(9))]:
        assert deadlines.roll(today) == 1
        case.refresh_from_db()
        assert case.due_on == due


def test_a_cap_lets_the_clock_run_again_by_itself(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, cap=2, **WHY)
    deadlines.roll(plus(30))
    case.refresh_from_db()
    assert case.due_on == plus(4)


def test_a_back_dated_suspension_reaches_to_the_first_day_of_the_stage(case, cast):
    with at(plus(2)):
        made = clockwork.suspend(case, by=cast.wang, starts=MONDAY, **WHY)
    assert made.starts == MONDAY
    case.refresh_from_db()
    assert case.due_on == plus(4)


@pytest.mark.parametrize("days", [-1, 3])
def test_it_reaches_neither_before_the_stage_nor_into_the_future(days, case, cast):
    with at(plus(2)), pytest.raises(Refusal) as no:
        clockwork.suspend(case, by=cast.wang, starts=plus(days), **WHY)
    assert (no.value.code, no.value.field) == ("suspension_out_of_stage", "starts")


def test_it_ends_neither_before_it_began_nor_in_the_future(case, cast):
    with at(plus(2)):
        clockwork.suspend(case, by=cast.wang, starts=plus(1), **WHY)
        for ends in (MONDAY, plus(3)):
            with pytest.raises(Refusal) as no:
                clockwork.resume(case, by=cast.wang, ends=ends)
            assert no.value.code == "suspension_out_of_order"


@pytest.mark.parametrize("lacking", ["reason", "basis"])
def test_nothing_is_held_without_a_reason_and_a_basis(lacking, case, cast):
    with pytest.raises(Refusal) as no:
        clockwork.suspend(case, by=cast.wang, **WHY | {lacking: ""})
    assert no.value.field == lacking


@pytest.mark.parametrize("who", ["auntie", "li", "zhang", "sun", "zhao", "stranger"])
def test_only_the_desk_whose_turn_it_is_holds_and_releases(who, case, cast):
    other = getattr(cast, who)
    with pytest.raises(NotAllowed):
        clockwork.suspend(case, by=other, **WHY)
    clockwork.suspend(case, by=cast.wang, **WHY)
    with pytest.raises(NotAllowed):
        clockwork.resume(case, by=other)
    assert not turns.at_desk(case, other) and turns.at_desk(case, cast.wang)


def test_holding_twice_and_releasing_twice_are_refused_once(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, **WHY)
        with pytest.raises(OutOfTurn):
            clockwork.suspend(case, by=cast.wang, **WHY)
        clockwork.resume(case, by=cast.wang)
        with pytest.raises(OutOfTurn):
            clockwork.resume(case, by=cast.wang)
    assert case.intervals.holding().count() == 1


def test_a_case_that_waits_for_the_applicant_is_not_held_besides(case, cast):
    case = give_back(case, cast, plus(1))
    with pytest.raises((OutOfTurn, NotAllowed)):
        clockwork.suspend(case, by=cast.wang, **WHY)
    with pytest.raises((OutOfTurn, NotAllowed)):
        clockwork.resume(case, by=cast.wang)


def test_the_next_step_releases_what_was_held(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, **WHY)
    with at(plus(3)):
        case = actions.move(case, "review", by=cast.wang, note="属实")
    assert not case.intervals.standing().exists()
    assert case.intervals.holding().get().ends == plus(3)
