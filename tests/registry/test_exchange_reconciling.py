"""By night what a platform holds is held against what was sent: lost, doubled, altered, unknown."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from registry.exchange import platforms, pushing, reconciling, sending
from registry.models import Notice, Push, Reconciliation
from registry.webhooks import feed
from tests import builders


@pytest.fixture
def sent(cast, places, packs, delegation, there):
    """Seven records of two cases, all taken: three pages of the platform's list."""
    builders.walk(builders.draft(cast.auntie, places.garden), cast)
    builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers("合唱队")), cast, moves=1)
    feed.number()
    pushing.follow()
    assert sending.send() == 7
    return there


def held(day=None):
    return reconciling.reconcile(platforms.line("example"), day or timezone.localdate())


def kinds(found):
    return [(one["kind"], one["sequence"]) for one in found.differences]


def test_a_day_without_differences_is_kept_and_told_to_nobody(sent):
    found = held()
    assert (found.ours, found.theirs, found.differences) == (7, 7, []) and sent.lists[sent.day] == 3
    assert not Notice.objects.filter(key__startswith="reconciliation:").exists()


def test_lost_doubled_altered_and_unknown_are_each_found(sent, cast):
    number = sent.records[0][0]
    lost = sent.records.pop(1)
    sent.records.append(sent.records[1])
    sent.records[2] = (number, 4, sent.records[2][2] + b" ")
    sent.records.append(("收别处〔2026〕00009号", 1, b"{}"))
    found = held()
    assert kinds(found) == [("missing_there", 2), ("missing_here", 1), ("differing", 4), ("doubled", 3)]
    assert (found.ours, found.theirs) == (7, 8)
    notice = Notice.objects.get(key=f"reconciliation:{found.pk}")
    assert notice.user == cast.zhang and notice.text.endswith(
        "平台缺 1 条、本系统缺 1 条、内容不同 1 条、平台重复 1 条"
    )
    sent.keys.clear()  # the platform has forgotten that record altogether
    assert sending.send() == 1 and sent.records[-1] == lost  # the same bytes once more, and nothing else


def test_what_went_out_at_midnight_is_not_called_lost(sent):
    sent.day = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    assert held().differences == []


def test_what_was_sent_on_another_day_is_not_called_unknown(sent):
    Push.objects.filter(sequence=1).update(sent_at=timezone.now() - dt.timedelta(days=1))
    found = held()
    assert found.differences == [] and (found.ours, found.theirs) == (5, 7)


def test_without_a_list_nothing_is_kept_and_the_night_tries_again(sent):
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        today = timezone.localdate()
        sent.lists_down = True
        assert reconciling.night(today) == 0 and not Reconciliation.objects.exists()
        sent.lists_down = False
        assert reconciling.night(today) == 1 and reconciling.night(today) == 0
        assert Reconciliation.objects.get().day == today - dt.timedelta(days=1)


def test_by_hand_it_prints_a_table(sent, capsys):
    sent.records.pop()
    call_command("reconcile", platform="example", day=timezone.localdate())
    told = capsys.readouterr().out
    assert "本系统 7 条，平台 6 条" in told and "平台缺\t" in told and "差异 1 条" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [({"platform": "nowhere"}, "没有接入“nowhere”"), ({"platform": "nowhere", "check": True}, "文件读不到")],
)
def test_by_hand_it_says_what_is_wrong(options, words, there):
    with pytest.raises(CommandError, match=words):
        call_command("reconcile", **options)


def test_a_list_that_is_none_is_said_to_be_none(sent, monkeypatch):
    monkeypatch.setattr(sent, "listed", lambda headers, query: (200, {"records": [{"number": 1}]}))
    with pytest.raises(CommandError, match="不合格式"):
        call_command("reconcile", platform="example")


def test_a_mapping_file_is_read_before_it_is_switched_on(capsys, db):
    call_command("reconcile", platform="sample", check=True)
    told = capsys.readouterr().out
    assert "假定的字段 14 个" in told and "办结\toutcome\tresult\t代码为假定" in told


def test_refused_records_go_out_again_by_hand(sent, capsys):
    Push.objects.filter(sequence=1).update(state="refused")
    call_command("reconcile", platform="example", again=True)
    assert "重新推送 2 条" in capsys.readouterr().out and sending.send() == 2


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"records": [{"number": "1", "sequence": 1e999, "digest": ""}]}',
        b'{"records": [{"number": "a\\u0000", "sequence": 1, "digest": ""}]}',
        b'{"records": [{"number": "\\ud800", "sequence": 1, "digest": ""}]}',
    ],
)
def test_a_list_that_no_database_keeps_is_unreadable(sent, monkeypatch, body):
    monkeypatch.setattr(sent, "listed", lambda headers, query: (200, body))
    with pytest.raises(reconciling.Unreadable):
        held()
    assert not Reconciliation.objects.exists()
