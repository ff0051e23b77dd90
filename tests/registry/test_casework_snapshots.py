"""What was handed in, and what changed since: in words, without a personal number."""

import json

import pytest
from django.utils import timezone

from registry.casework import actions, kinds, papers, snapshots
from registry.models import Case
from tests import builders


@pytest.fixture
def case(cast, places, packs):
    return builders.draft(cast.auntie, places.garden)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def save(case, key, **said):
    section = kinds.of(case.kind).section(key)
    return actions.save_section(case, section, case.answers[key] | said, by=case.opened_by)


def changed(case, before):
    found = snapshots.difference(case, before, snapshots.take(fresh(case)))
    return [(one.label, one.before, one.after) for one in found]


def test_nothing_changed_is_no_difference(case):
    assert changed(case, snapshots.take(case)) == []


def test_answers_are_told_in_words_in_the_order_of_the_form(case):
    before = snapshots.take(case)
    case = save(case, "party", full_party_members="5")
    save(case, "organisation", premises="none", address="", name="晨光舞蹈队")
    assert changed(case, before) == [
        ("组织名称", "阳光舞蹈队", "晨光舞蹈队"),
        ("活动场所", "与其他组织共用", "没有固定场所"),
        ("场所地址", "社区活动中心二楼", "没有填"),
        ("正式党员人数", "3", "5"),
    ]


def test_blanks_around_an_answer_are_no_change(case):
    before = snapshots.take(case)
    save(case, "organisation", address="社区活动中心二楼 ")
    assert changed(case, before) == []


def test_a_number_only_says_that_it_changed(case):
    before = snapshots.take(case)
    case = save(case, "people", leader_id_number=builders.identity_number(7), leader_phone="13900000000")
    assert changed(case, before) == [("负责人身份证号", "原来的号码", "已修改")]


def test_the_same_number_typed_otherwise_is_the_same_number(case):
    before = snapshots.take(case)
    case = save(case, "people", leader_phone="139 0000 0000")
    assert changed(case, before) == []


def test_no_snapshot_holds_a_number_in_plain(case):
    kept = json.dumps(snapshots.take(case), ensure_ascii=False)
    assert builders.identity_number() not in kept and "13900000000" not in kept
    assert set(snapshots.take(case)["sealed"]) == {"leader_id_number", "leader_phone"}


def test_papers_are_told_as_exchanged_new_promised_or_taken_off(case):
    before = snapshots.take(case)
    today = timezone.localdate()
    papers.attach(case, "members", builders.png(), by=case.opened_by)
    assert changed(case, before) == []
    case.materials.filter(kind="premises").delete()
    case.materials.get(kind="charter").delete()
    papers.promise(case, "premises", by=case.opened_by, on=today)
    words = changed(case, before)
    day = case.materials.get(kind="premises").promised_by
    assert ("章程（简易章程也可以）", "原来的一份", "撤下") in words
    assert ("活动场所使用证明", "没有交", f"承诺{day.year}年{day.month}月{day.day}日前补交") in words
    assert snapshots.promised(snapshots.take(case)) == {"premises": day}


def test_another_file_is_an_exchange_and_a_first_file_is_new(case):
    before = snapshots.take(case)
    before["materials"]["members"] = "0" * 64
    del before["materials"]["charter"]
    assert changed(case, before) == [
        ("章程（简易章程也可以）", "没有交", "新交"),
        ("成员名单", "原来的一份", "换了一份"),
    ]


def test_a_snapshot_survives_being_stored(case):
    kept = json.loads(json.dumps(snapshots.take(case), ensure_ascii=False))
    assert snapshots.difference(case, kept, snapshots.take(case)) == []
