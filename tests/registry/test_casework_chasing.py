"""Warned before the day, told after it, raised to the desk above; and silence that accepts."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal.errors import NotAllowed
from registry import clock, tasks
from registry.casework import actions, chasing, clockwork, history, turns
from registry.models import CalendarDay, Case, Clock, Notice
from registry.scope import Role
from tests import builders

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 3, 2)


def at(day, hour=10):
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour), ZoneInfo("Asia/Shanghai")), tick=False)


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in on Monday 2 March 2026; the committee has until Wednesday."""
    with at(MONDAY):
        return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


@pytest.fixture
def registration(cast, places, packs):
    """A registration handed in on the same day; the authority has until 9 March to say what is lacking."""
    with at(MONDAY):
        return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=1)


def run(day):
    with at(day):
        return chasing.chase(day)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("user__name", flat=True))


def test_the_desk_is_warned_when_one_working_day_is_left_and_not_before(case):
    assert run(MONDAY) == 0 and told("soon") == set()
    assert run(MONDAY + DAY) == 0 and told("soon") == {"小王"}
    assert "3月4日到期" in Notice.objects.get().text


def test_over_a_weekend_the_warning_comes_on_the_last_working_day(case, cast):
    with at(dt.date(2026, 3, 5)):
        Clock.objects.filter(scope="stage").update(due_on=dt.date(2026, 3, 9))
    run(dt.date(2026, 3, 5))
    assert told("soon") == set()
    run(dt.date(2026, 3, 6))
    assert told("soon") == {"小王"}


def test_a_county_that_rests_is_warned_before_it_rests(case, cast, places):
    CalendarDay.objects.create(
        place_code=places.hexi.code, day=MONDAY + DAY, working=False, reason="防汛", by=cast.zhang
    )
    run(MONDAY)
    assert told("soon") == {"小王"}


def test_the_day_itself_is_not_late_and_the_next_is(case):
    assert run(case.due_on) == 0 and told("late") == set()
    assert run(case.due_on + DAY) == 1
    assert told("late") == {"小王"}
    assert "已超过本环节期限3月4日" in Notice.objects.get(kind="late").text


def test_what_is_late_is_raised_to_the_desk_above(case):
    run(case.due_on + DAY)
    assert told("raised") == {"老李", "陈姐"}


@pytest.mark.parametrize(
    ("gone", "above"),
    [((), {"老李", "陈姐"}), (("li", "chen"), {"张科"}), (("li", "chen", "zhang"), set())],
)
def test_a_desk_above_that_nobody_holds_is_passed_over(gone, above, case, cast):
    for who in gone:
        getattr(cast, who).offices.update(ends=MONDAY)
    run(case.due_on + DAY)
    assert told("raised") == above


def test_every_desk_has_one_above_but_the_last():
    assert {role: above[0] for role, above in chasing.ABOVE.items()} == {
        Role.COMMUNITY: Role.STREET,
        Role.STREET: Role.DISTRICT,
        Role.DISTRICT: Role.APPROVER,
        Role.APPROVER: Role.LEADER,
    }


def test_what_the_approver_leaves_lying_reaches_the_leader(registration, cast):
    with at(MONDAY + DAY):
        case = actions.move(registration, "accept", by=cast.zhang)
        code = builders.credit_code(case)
        case = actions.move(case, "examine", by=cast.zhang, note="属实", data={"credit_code": code})
    run(case.due_on + DAY)
    assert (told("late"), told("raised")) == ({"孙局"}, {"赵局"})


def test_running_every_hour_tells_once(case):
    for _ in range(3):
        run(case.due_on + DAY)
    run(case.due_on + 2 * DAY)
    assert Notice.objects.filter(kind="late").count() == 1
    assert Notice.objects.filter(kind="raised").count() == 2


def test_each_stage_is_told_and_raised_for_itself(case, cast):
    run(case.due_on + DAY)
    with at(case.due_on + DAY):
        case = actions.move(case, "review", by=cast.wang, note="属实")
    run(case.due_on + DAY)
    assert Notice.objects.filter(kind="late", text__contains="本环节").count() == 2


def test_the_promised_day_is_told_besides_the_stage(case):
    run(case.promised_on + DAY)
    assert Notice.objects.filter(kind="late", text__contains="承诺期限").count() == 1


def test_a_case_whose_clock_is_held_is_left_alone(case, cast):
    with at(MONDAY + DAY):
        clockwork.suspend(case, by=cast.wang, cause="expert", reason="评审", basis="《行政许可法》第四十五条")
    assert run(MONDAY + 60 * DAY) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize("state", ["draft", "returned", "approved", "rejected", "withdrawn"])
def test_what_waits_for_the_applicant_or_for_nobody_is_never_late(state, case):
    Case.objects.update(state=state)
    assert run(case.due_on + 99 * DAY) == 0


def test_who_opened_the_case_and_has_the_next_word_is_told_too(cast, places, packs, delegation):
    with at(MONDAY):
        case = builders.walk(builders.draft(cast.wang, places.garden), cast, moves=1)
    run(case.due_on + DAY)
    assert told("late") == {"小王"}


def test_the_tasks_only_call_the_actions(case):
    with at(case.due_on + DAY):
        assert tasks.chase() == 1
        assert tasks.roll() == 0


def test_two_hundred_late_cases_cost_hardly_more_than_ten(cast, places, packs, django_assert_max_num_queries):
    where = {"place": places.garden, "place_code": places.garden.code, "opened_by": cast.auntie}
    made = Case.objects.bulk_create(
        [Case(road="filing", variant="delegated", state="submitted", **where) for _ in range(200)]
    )
    late = {"scope": "stage", "days": 2, "unit": "working", "starts": MONDAY, "due_on": MONDAY}
    Clock.objects.bulk_create([Clock(case=one, **late) for one in made])
    with django_assert_max_num_queries(16):
        assert chasing.chase(MONDAY + DAY) == 200
    assert Notice.objects.filter(kind="late").count() == 200


# --- silence ------------------------------------------------------------------------------------------------------


def test_five_working_days_without_a_word_accept_the_application(registration):
    assert clock.working_days_between(MONDAY, registration.due_on) == 5
    run(registration.due_on)
    registration.refresh_from_db()
    assert registration.state == "submitted"
    run(registration.due_on + DAY)
    registration.refresh_from_db()
    assert registration.state == "accepted"


def test_acceptance_by_silence_is_a_step_of_the_system_and_starts_the_statutory_limit(registration):
    day = registration.due_on + DAY
    run(day)
    registration.refresh_from_db()
    step = registration.steps.last()
    assert (step.verb, step.label, step.role, step.by) == ("deem", "视为受理", "system", None)
    assert history.who(step) == "系统"
    assert registration.limit_on == day + 60 * DAY
    assert registration.due_on == clock.after_working_days(day, 10).on


def test_silence_is_no_answer_to_what_was_given_back_or_held(registration, cast):
    with at(MONDAY + DAY):
        clockwork.suspend(registration, by=cast.zhang, cause="force", reason="停电", basis="《行政许可法》第八十二条")
    run(MONDAY + 30 * DAY)
    registration.refresh_from_db()
    assert registration.state == "submitted"


def test_where_a_condition_is_not_met_silence_is_raised_instead(registration):
    receipt = registration.receipt | {"desk": "province"}
    Case.objects.filter(pk=registration.pk).update(receipt=receipt)
    run(registration.due_on + DAY)
    registration.refresh_from_db()
    assert registration.state == "submitted"
    assert (told("late"), told("raised")) == ({"张科"}, {"孙局"})


def test_a_filing_is_never_recorded_by_silence(case):
    run(case.due_on + 99 * DAY)
    case.refresh_from_db()
    assert case.state == "submitted"


def test_nobody_takes_the_systems_step_by_hand(registration, cast):
    with pytest.raises(NotAllowed):
        actions.move(registration, "deem", by=cast.zhang)
    assert "deem" not in {move.verb for move in actions.allowed(registration, cast.zhang)}
    assert turns.desks(registration) == {"district"}


def test_the_officer_who_was_quicker_wins(registration, cast):
    with at(registration.due_on + DAY):
        seen = Case.objects.get(pk=registration.pk)
        actions.move(registration, "return", by=cast.zhang, data={"defects": [builders.DEFECT]})
        assert not chasing._taken(seen)
    registration.refresh_from_db()
    assert registration.state == "returned"
