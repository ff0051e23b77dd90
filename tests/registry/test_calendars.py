"""A county sets a day: every open deadline that crosses it moves with it, no other does, and nothing is lost."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal.errors import NotAllowed, Refusal
from portal.models import AuditEvent
from registry import calendars
from registry.models import CalendarDay
from tests import builders

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 3, 2)
TUESDAY = MONDAY + DAY


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(dt.datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in today; the committee has until Wednesday."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def rest(places, cast, day=TUESDAY, **more):
    said = {"day": day, "working": False, "reason": "因防汛停工", "by": cast.zhang} | more
    return calendars.override(places.hexi, **said)


def test_a_day_of_rest_moves_what_crosses_it(case, cast, places):
    due, promised = case.due_on, case.promised_on
    rest(places, cast)
    case.refresh_from_db()
    assert (case.due_on, case.promised_on) == (due + DAY, promised + DAY)
    assert case.clocks.get(scope="stage").due_on == case.due_on


def test_what_ends_before_the_day_stays(case, cast, places):
    due, promised = case.due_on, case.promised_on
    rest(places, cast, case.due_on + DAY)
    case.refresh_from_db()
    assert case.due_on == due and case.promised_on == promised + DAY


def test_a_weekend_that_is_worked_brings_deadlines_forward(case, cast, places):
    promised = case.promised_on
    rest(places, cast, MONDAY + 5 * DAY, working=True, reason="补班")
    case.refresh_from_db()
    assert case.promised_on < promised


def test_the_next_county_is_not_touched(case, cast, places):
    due = case.due_on
    calendars.override(places.heping, day=TUESDAY, working=False, reason="停工", by=cast.stranger)
    case.refresh_from_db()
    assert case.due_on == due


def test_a_case_opened_later_counts_by_the_countys_days(cast, places, packs, delegation):
    rest(places, cast)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    assert case.due_on == MONDAY + 3 * DAY


def test_a_decided_case_keeps_its_days(case, cast, places):
    case.clocks.update(stopped=MONDAY)
    before = case.clocks.get(scope="promised").due_on
    rest(places, cast)
    assert case.clocks.get(scope="promised").due_on == before


def test_what_was_said_before_is_replaced_and_kept(case, cast, places):
    due = case.due_on
    rest(places, cast)
    rest(places, cast, working=True, reason="恢复上班")
    case.refresh_from_db()
    assert case.due_on == due
    rows = CalendarDay.objects.filter(day=TUESDAY).order_by("pk")
    assert [(row.working, bool(row.replaced_at)) for row in rows] == [(False, True), (True, False)]


def test_the_same_word_twice_is_said_once(case, cast, places):
    assert rest(places, cast).pk == rest(places, cast).pk
    assert AuditEvent.objects.filter(verb="calendar.override").count() == 1


def test_it_leaves_a_line_in_the_audit_trail(case, cast, places):
    rest(places, cast)
    event = AuditEvent.objects.get(verb="calendar.override")
    assert event.by == cast.zhang and event.place_code == places.hexi.code
    assert "2026年3月3日改为休息日：因防汛停工" in event.summary and "1 件" in event.summary


@pytest.mark.parametrize("who", ["auntie", "wang", "li", "sun", "zhao", "stranger"])
def test_only_an_officer_of_the_county_sets_a_day(who, cast, places):
    with pytest.raises(NotAllowed):
        rest(places, cast, by=getattr(cast, who))
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"day": dt.date(2025, 12, 31)}, "day_out_of_range"),
        ({"day": dt.date(2029, 1, 1)}, "day_out_of_range"),
        ({"day": dt.date(2026, 3, 7)}, "day_is_so"),  # a Saturday
        ({"working": True}, "day_is_so"),
    ],
)
def test_what_makes_no_sense_is_refused(said, code, cast, places):
    with pytest.raises(Refusal) as no:
        rest(places, cast, **said)
    assert no.value.code == code


def test_the_calendar_of_a_place_can_be_read_as_it_stood(cast, places):
    before = rest(places, cast).at - dt.timedelta(seconds=1)
    assert not CalendarDay.objects.calendar(places.garden.code).is_working_day(TUESDAY)
    assert CalendarDay.objects.calendar(places.garden.code, before).is_working_day(TUESDAY)
