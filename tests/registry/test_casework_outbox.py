"""What must be told is told once, to the right desk, and nothing of it needs a broker."""

import datetime as dt

import pytest
from django.utils import timezone

from registry import clock, tasks
from registry.casework import actions, outbox
from registry.models import Notice, Step
from tests import builders


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in by 李阿姨."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def told(verb=None):
    rows = Notice.objects.all()
    if verb:
        rows = rows.filter(key__in=[f"step:{pk}" for pk in Step.objects.filter(verb=verb).values_list("pk", flat=True)])
    return set(rows.values_list("user__name", flat=True))


def test_a_step_is_told_to_the_next_desk_and_to_whoever_opened_the_case(case, cast):
    assert outbox.deliver() == 1
    assert told() == {"小王"}  # 李阿姨 took the step herself
    actions.move(case, "review", by=cast.wang, note="属实")
    outbox.deliver()
    assert told("review") == {"李阿姨"}


def test_nobody_of_another_place_is_told(case, cast, places):
    actions.move(case, "review", by=cast.wang, note="属实")
    actions.move(case, "report", by=cast.wang)
    outbox.deliver()
    assert told("report") == {"李阿姨", "老李", "陈姐"}


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


def test_the_task_only_calls_the_action(case):
    assert tasks.deliver() == 1


def test_each_desk_has_the_working_days_of_the_table(case, cast):
    today = timezone.localdate()
    assert clock.working_days_between(today, case.due_on) == 2
    case = actions.move(case, "review", by=cast.wang, note="属实")
    assert clock.working_days_between(today, case.due_on) == 5
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    assert case.due_on is None
