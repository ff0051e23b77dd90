"""Who gets an e-mail or an SMS for a step, once, and with nothing personal in it."""

import datetime as dt

import pytest
from django.utils import timezone

from registry import tasks
from registry.casework import actions, outbox
from registry.messages import sending
from registry.models import Contact, Dispatch, Notice, Step, Wording
from tests import builders

PHONE, DAY = "13900000000", dt.timedelta(days=1)


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in by 李阿姨 and told."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def wants(person, mode, address="wang@example.cn"):
    person.mail, person.email = mode, address
    person.save()


def texts():
    outbox.deliver()
    return [(one.address, one.body) for one in Dispatch.objects.filter(channel="sms")]


def letters():
    outbox.deliver()
    return {one.address: one for one in Dispatch.objects.filter(channel="email")}


def test_whoever_wants_each_gets_an_email_and_nobody_else(case, cast):
    wants(cast.wang, "each")
    wants(cast.auntie, "each", "aunt@example.cn")  # took the step herself
    assert set(letters()) == {"wang@example.cn"}
    one = letters()["wang@example.cn"]
    assert "提交申请" in one.subject and case.number in one.body
    assert f"http://127.0.0.1:8000/cases/{case.pk}/" in one.body


@pytest.mark.parametrize(("mode", "address"), [("digest", "a@example.cn"), ("none", "a@example.cn"), ("each", "")])
def test_who_did_not_ask_for_each_gets_none(mode, address, case, cast):
    wants(cast.wang, mode, address)
    assert letters() == {}


def test_the_leader_is_told_of_receipt_by_sms_without_anything_personal(case):
    ((address, body),) = texts()
    assert address == PHONE
    assert case.name in body and case.number in body and "/r/" in body
    assert PHONE not in body and "刘桂兰" not in body and case.query_code not in body


def test_each_of_the_four_outcomes_is_told(case, cast):
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    case.answers["organisation"]["name"] = "阳光合唱队"
    case.save(update_fields=["answers"])
    case = actions.move(case, "submit", by=cast.auntie)
    for verb, who, data in builders.WALKS["filing"][1:]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实", data=data)
    told = [body for _, body in texts()]
    assert [any(word in body for body in told) for word in ("已收到", "需要修改", "已办结")] == [True] * 3
    assert len(told) == 5  # received twice, given back, done, and the leader invited


def test_a_refusal_is_told(case, cast):
    for verb, who, _ in builders.WALKS["filing"][1:3]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实")
    actions.move(case, "reject", by=cast.li, note="不符合条件", data={"note": "不符合条件"})
    assert any("没有通过" in body for _, body in texts())


def test_running_twice_sends_once(case, cast, settings):
    wants(cast.wang, "each")
    for _ in range(3):
        outbox.deliver()
        Step.objects.update(delivered_at=None)
    assert Dispatch.objects.count() == 2
    assert [sending.send(), sending.send()] == [2, 0]


def test_a_step_that_is_not_delivered_leaves_no_message(case, cast, monkeypatch):
    monkeypatch.setattr("registry.casework.telling._text", lambda *given: 1 / 0)
    wants(cast.wang, "each")
    assert outbox.deliver() == 0
    assert not Dispatch.objects.exists()


def test_a_notice_that_belongs_to_no_step_is_mailed_once(case, cast):
    wants(cast.wang, "each")
    outbox.deliver()
    Notice.objects.create(user=cast.wang, case=case, kind="late", key="late:1", text="已超过办理期限")
    Notice.objects.create(user=cast.li, case=case, kind="late", key="late:1", text="已超过办理期限")
    before = Dispatch.objects.count()
    assert [tasks.mail_notices(), tasks.mail_notices()] == [1, 0]
    (made,) = Dispatch.objects.all()[before:]
    assert (made.address, made.subject) == ("wang@example.cn", "已超过办理期限")
    assert case.get_absolute_url() in made.body


@pytest.mark.parametrize("change", [{"kind": "step"}, {"seen_at": timezone.now()}, {"at": timezone.now() - 2 * DAY}])
def test_what_was_told_read_or_is_long_past_is_not_mailed(change, cast, db):
    wants(cast.wang, "each")
    Notice.objects.create(user=cast.wang, kind="late", key="late:1", text="已超过办理期限")
    Notice.objects.update(**change)
    assert tasks.mail_notices() == 0


def test_a_landline_gets_no_sms(cast, places, packs, delegation):
    case = builders.draft(cast.auntie, places.garden)
    case.sealed = case.sealed | {"leader_phone": "022-28301234"}
    case.save(update_fields=["sealed"])
    builders.walk(case, cast, moves=1)
    assert texts() == []


def test_the_words_of_the_nearest_county_are_used(case, cast, places):
    for place, word in ((places.tianjin, "市"), (places.hexi, "区"), (places.heping, "邻")):
        values = {"event": "submitted", "channel": "sms", "body": f"{word}{{link}}", "by": cast.sun}
        Wording.objects.create(place_code=place.code, **values)
    ((_, body),) = texts()
    assert body.startswith("区http")


def test_the_leader_of_a_new_filing_is_invited_once(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    assert any("/c/" in body for _, body in texts())
    outbox.deliver()
    Step.objects.update(delivered_at=None)
    outbox.deliver()
    assert Contact.objects.filter(organisation=case.organisation).count() == 1
    assert sum("/c/" in body for _, body in texts()) == 1
