"""What must be told is told once, late is late for the right desk, and nothing of it needs a broker."""

import datetime as dt

import pytest
from django.utils import timezone

from registry import clock, tasks
from registry.casework import actions, outbox
from registry.models import Case, Notice, Step
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in by 李阿姨."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def told(**which):
    return set(Notice.objects.filter(**which).values_list("user__name", flat=True))


def test_a_step_is_told_to_the_next_desk_and_to_whoever_opened_the_case(case, cast):
    assert outbox.deliver() == 1
    assert told() == {"小王"}  # 李阿姨 took the step herself
    actions.move(case, "review", by=cast.wang, note="属实")
    outbox.deliver()
    assert told(step__verb="review") == {"李阿姨"}


def test_nobody_of_another_place_is_told(case, cast, places):
    actions.move(case, "review", by=cast.wang, note="属实")
    actions.move(case, "report", by=cast.wang)
    outbox.deliver()
    assert told(step__verb="report") == {"李阿姨", "老李", "陈姐"}


def test_delivering_twice_tells_once(case):
    assert [outbox.deliver(), outbox.deliver(), outbox.deliver()] == [1, 0, 0]
    assert Notice.objects.count() == 1


def test_a_delivery_that_is_made_again_after_a_crash_tells_once(case):
    outbox.deliver()
    Step.objects.update(delivered_at=None)
    assert outbox.deliver() == 1
    assert Notice.objects.count() == 1


def test_a_delivery_that_fails_is_still_due(case, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "_announce", lambda step: 1 / 0)
        assert outbox.deliver() == 0
    assert Step.objects.get().delivered_at is None
    assert outbox.deliver() == 1


def test_one_step_that_cannot_be_delivered_holds_up_none_behind_it(case, cast, places, monkeypatch):
    actions.move(builders.draft(cast.auntie, places.garden), "submit", by=cast.auntie)
    sick, announce = Step.objects.order_by("id").first(), outbox._announce
    monkeypatch.setattr(outbox, "_announce", lambda step: 1 / 0 if step.pk == sick.pk else announce(step))
    assert outbox.deliver() == 1
    assert list(Step.objects.filter(delivered_at=None)) == [sick]


def test_who_left_the_desk_is_not_told(case, cast):
    cast.wang.offices.update(ends=timezone.localdate())
    outbox.deliver()
    assert told() == set()


def test_a_switched_off_account_is_not_told(case, cast):
    cast.wang.is_active = False
    cast.wang.save()
    outbox.deliver()
    assert told() == set()


def test_nothing_undelivered_is_nothing_waiting(db):
    assert outbox.oldest_undelivered() == {"oldest_undelivered": None, "undelivered_seconds": None}


def test_a_delivery_that_waits_an_hour_makes_the_portal_degraded(case, client):
    assert client.get("/healthz").json()["status"] == "ok"
    Step.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    report = client.get("/healthz").json()
    assert report["status"] == "degraded"
    assert 3500 < report["undelivered_seconds"] < 3700


def test_a_late_case_reminds_the_desk_whose_turn_it_is(case):
    assert outbox.chase(case.due_on) == 0
    assert outbox.chase(case.due_on + DAY) == 1
    assert told() == {"小王"}
    assert f"{case.due_on:%m月%d日}" in Notice.objects.get().text


def test_a_reminder_sent_twice_a_day_is_one_reminder(case):
    for _ in range(3):
        outbox.chase(case.due_on + DAY)
    assert Notice.objects.count() == 1


def test_who_opened_the_case_and_has_the_next_word_is_reminded_too(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.wang, places.garden), cast, moves=1)
    outbox.chase(case.due_on + DAY)
    assert told() == {"小王"}


@pytest.mark.parametrize("state", ["draft", "returned", "approved", "rejected", "withdrawn"])
def test_what_waits_for_the_applicant_or_for_nobody_is_never_late(state, case):
    Case.objects.update(state=state)
    assert outbox.chase(case.due_on + 99 * DAY) == 0


def test_the_tasks_only_call_the_actions(case):
    assert tasks.deliver() == 1
    assert tasks.chase() == 0


def test_each_desk_has_the_working_days_of_the_table(case, cast):
    today = timezone.localdate()
    assert clock.working_days_between(today, case.due_on) == 2
    case = actions.move(case, "review", by=cast.wang, note="属实")
    assert clock.working_days_between(today, case.due_on) == 5
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    assert case.due_on is None
