"""Many cases in one act: what has a warning is left out and named, each case has its result, twice is once."""

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from portal.models import AuditEvent
from registry.casework import actions, leases
from registry.models import Case, Certificate, Material, Opinion, Organisation
from tests import builders

NAMES = ("晨光舞蹈队", "晚霞合唱队", "和风棋社")


@pytest.fixture
def reported(cast, places, packs, delegation):
    """Three filings before the street's decision, each with a clean verdict."""
    return [
        builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers(name)), cast, moves=3)
        for name in NAMES
    ]


def ask(client, cases, verb="record", **more):
    return client.get(reverse("registry:bulk"), {"verb": verb, "case": [case.pk for case in cases]} | more)


def form(answer):
    """What the confirmation page would send."""
    page = answer.content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    return {"verb": "record", "key": key, "note": "", "case": re.findall(r'name="case" value="(\d+-\d+)"', page)}


def send(client, data):
    return client.post(reverse("registry:bulk"), data, follow=True)


def test_a_decision_on_three_is_confirmed_first_and_changes_nothing(reported, client, cast):
    client.force_login(cast.li)
    page = ask(client, reported).content.decode()
    assert "批量准予备案：3 件" in page and "办理后状态为“已办结”" in page and "大营门街道办事处" in page
    assert all(name in page for name in NAMES) and "李阿姨" in page
    assert not Certificate.objects.exists() and not Organisation.objects.exists()
    assert set(Case.objects.values_list("state", flat=True)) == {"reported"}
    assert not AuditEvent.objects.filter(verb="case.record").exists()


def test_each_is_decided_with_the_data_the_form_would_hold(reported, client, cast):
    client.force_login(cast.li)
    page = send(client, form(ask(client, reported))).content.decode()
    assert "办理了 3 件" in page and page.count("已办理") >= 3
    assert set(Organisation.objects.values_list("standing", "managing_body")) == {("filed", "大营门街道办事处")}
    assert len(set(Certificate.objects.values_list("number", flat=True))) == 3


def test_sent_twice_it_happens_once_and_tells_the_same(reported, client, cast):
    client.force_login(cast.li)
    data = form(ask(client, reported))
    first, second = send(client, data), send(client, data)
    assert "办理了 3 件" in first.content.decode() and "办理了 3 件" in second.content.decode()
    assert Certificate.objects.count() == 3
    session = client.session
    session["bulk"] = {}  # another worker, or a session that was lost
    session.save()
    assert "办理了 3 件" in send(client, data).content.decode()
    assert Certificate.objects.count() == 3


def owed(case, cast):
    material = case.materials.first()
    Material.objects.filter(pk=material.pk).update(stored=None, promised_by="2026-01-01")


def asked(case, cast):
    Opinion.objects.create(case=case, kind="industry", unit="文旅局", asked_by=cast.li, due_on="2030-01-01")


def taken(case, cast):
    leases.take(case, by=cast.chen)


def failing(case, cast):
    finding = {"key": "leader.ban", "label": "负责人在从业禁止期内", "verdict": "fail", "modality": "MUST"}
    case.receipt["rules"] = [
        *case.receipt["rules"],
        finding | dict.fromkeys(("required", "actual", "document", "clause"), "") | {"assumed": False},
    ]
    case.save()


def moved(case, cast):
    actions.move(case, "reject", by=cast.chen, note="不符")


def reviewed(case, cast):
    case.steps.filter(verb="review").update(by=cast.li)


WARNINGS = {
    owed: "已经过期",
    asked: "文旅局",
    taken: "由陈姐领取",
    failing: "负责人在从业禁止期内",
    moved: "不能批量办理",
    reviewed: "另一位同事",
}


@pytest.mark.parametrize("spoil", WARNINGS, ids=lambda one: one.__name__)
def test_what_has_a_warning_is_left_out_and_named(spoil, reported, client, cast):
    client.force_login(cast.li)
    spoil(reported[1], cast)
    answer = ask(client, reported)
    page = answer.content.decode()
    assert "批量准予备案：2 件" in page and "不一起办理的 1 件" in page
    assert WARNINGS[spoil] in page.split("不一起办理的", 1)[1]
    send(client, form(answer))
    assert Certificate.objects.count() == 2


def test_what_changed_after_the_confirmation_is_not_done_and_says_why(reported, client, cast):
    client.force_login(cast.li)
    data = form(ask(client, reported))
    actions.move(reported[0], "reject", by=cast.chen, note="不符")
    page = send(client, data).content.decode()
    assert "办理了 2 件，1 件没有办理" in page
    assert "陈姐" in page and "不予备案" in page and "再核对没有办理的 1 件" in page


def test_two_of_one_name_in_one_act_make_one(cast, places, packs, delegation, client):
    cases = [builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3) for _ in range(2)]
    client.force_login(cast.li)
    page = send(client, form(ask(client, cases))).content.decode()
    assert "办理了 1 件，1 件没有办理" in page and "相同名称" in page
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("who", "fit"), [("wang", 0), ("zhang", 0), ("zhao", None), ("stranger", None)])
def test_only_the_desk_that_may_decide_decides_many(who, fit, reported, client, cast):
    client.force_login(getattr(cast, who))
    answer = ask(client, reported)
    assert answer.status_code == (422 if who == "none" else 200)
    assert "确定办理" not in answer.content.decode()
    data = {"verb": "record", "key": uuid4().hex, "case": [f"{case.pk}-{case.version}" for case in reported]}
    send(client, data)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("chosen", [[], ["x"], ["1" * 40], ["-1"]])
def test_nothing_chosen_is_said_kindly(chosen, client, cast):
    client.force_login(cast.li)
    answer = client.get(reverse("registry:bulk"), {"verb": "record", "case": chosen})
    assert answer.status_code == 422 and "先勾选" in answer.content.decode()


def test_more_than_two_hundred_are_too_many(client, cast):
    client.force_login(cast.li)
    answer = client.get(reverse("registry:bulk"), {"verb": "record", "case": list(range(1, 202))})
    assert answer.status_code == 422 and "一次最多办理 200 件" in answer.content.decode()


def test_a_move_that_is_not_meant_for_many_is_not_made_so(reported, client, cast):
    client.force_login(cast.li)
    answer = ask(client, reported, verb="reject")
    assert "确定办理" not in answer.content.decode()
    client.post(reverse("registry:bulk"), form(ask(client, reported)) | {"verb": "reject", "note": "x"})
    assert not Case.objects.filter(state="rejected").exists()


def test_the_committee_reports_many_in_one_act(cast, places, packs, delegation, client):
    cases = [
        builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers(name)), cast, moves=2)
        for name in NAMES
    ]
    client.force_login(cast.wang)
    page = client.get(reverse("registry:cases"), {"tab": "waiting"}).content.decode()
    assert "批量上报街道" in page
    send(client, form(ask(client, cases, verb="report")) | {"verb": "report"})
    assert set(Case.objects.values_list("state", flat=True)) == {"reported"}


def test_somebody_elses_result_is_not_found(reported, client, cast):
    client.force_login(cast.li)
    data = form(ask(client, reported))
    send(client, data)
    client.force_login(cast.chen)
    assert client.get(reverse("registry:bulk_result", args=[UUID(data["key"])])).status_code == 404
