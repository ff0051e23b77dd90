"""One letter a day to whoever wants one, and none when there is nothing to say."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from registry import tasks
from registry.casework import digest, outbox
from registry.messages import sending
from registry.models import Dispatch, Notice
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in by 李阿姨; 小王, who has the next word, wants a digest."""
    cast.wang.email = "wang@example.cn"
    cast.wang.save()
    made = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    outbox.deliver()
    return made


def test_it_says_how_much_waits_is_nearly_due_is_late_and_is_new(case):
    assert digest.summarise(case.due_on + DAY) == 1
    one = Dispatch.objects.get(channel="email")
    assert one.subject == "今天有 1 件待办"
    assert "待办 1 件，其中快到期 0 件，已超期 1 件。\n新消息 1 条。" in one.body


def test_what_is_due_in_three_days_is_nearly_due(case):
    digest.summarise(case.due_on - 3 * DAY)
    assert "快到期 1 件，已超期 0 件" in Dispatch.objects.get(channel="email").body


def test_twice_a_day_is_once(case):
    today = timezone.localdate()
    assert [digest.summarise(today), digest.summarise(today)] == [1, 0]
    sending.send()
    assert len(mail.outbox) == 1


def test_the_next_day_without_news_there_is_none_and_with_news_there_is_one(case, cast):
    digest.summarise(timezone.localdate())
    with time_machine.travel(timezone.now() + DAY):
        assert tasks.daily_digest() == 0
        Notice.objects.create(user=cast.wang, key="new", text="新的")
        assert tasks.daily_digest() == 1
        assert "新消息 1 条" in Dispatch.objects.filter(channel="email").last().body


def test_what_was_read_is_not_news(case):
    Notice.objects.update(seen_at=timezone.now())
    assert digest.summarise(timezone.localdate()) == 0


@pytest.mark.parametrize(("field", "value"), [("mail", "none"), ("mail", "each"), ("email", ""), ("is_active", False)])
def test_who_does_not_want_it_or_cannot_get_it_gets_none(field, value, case, cast):
    setattr(cast.wang, field, value)
    cast.wang.save()
    assert digest.summarise(timezone.localdate()) == 0
