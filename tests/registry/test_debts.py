"""Promised papers (容缺): who may promise, what is owed, who is told, and what follows when the day is over."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import contacts, tasks
from registry.casework import actions, debts, facts, papers
from registry.models import Contact, Material, Notice
from registry.policy.resolve import Rules
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def draft(cast, places, packs, delegation):
    """A complete draft of 李阿姨 whose premises paper is promised."""
    case = builders.draft(cast.auntie, places.garden)
    papers.promise(case, "premises", by=cast.auntie, on=timezone.localdate())
    return case


@pytest.fixture
def filed(draft, cast):
    """The same case after the decision."""
    return builders.walk(draft, cast)


def told(user):
    return list(Notice.objects.filter(user=user, kind="debt").order_by("id").values_list("text", flat=True))


def lapsed(case):
    Material.objects.filter(case=case, kind="premises").update(promised_by=timezone.localdate() - DAY)


def test_who_promised_when_and_in_which_words_is_kept(draft, cast):
    made = draft.materials.get(kind="premises")
    assert (made.added_by, made.promised_by) == (cast.auntie, timezone.localdate() + 20 * DAY)
    day = made.promised_by
    assert made.undertaking.startswith(f"李阿姨承诺在{day.year}年{day.month}月{day.day}日前补交《活动场所使用证明》")


def test_the_page_shows_the_words_one_agrees_to(client, cast, places, packs):
    client.force_login(cast.auntie)
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    page = client.get(reverse("registry:materials", args=[case.pk])).content.decode()
    day = debts.day_of(case, timezone.localdate())
    assert debts.undertaking("活动场所使用证明", cast.auntie, day) in page


def test_the_day_of_a_promise_is_what_the_documents_of_the_place_say(draft, packs, monkeypatch):
    on = dt.date(2026, 3, 1)
    assert debts.day_of(draft, on) == dt.date(2026, 3, 21)
    rule = facts.rules_of(draft, on).get(debts.RULE)
    assert (rule.assumed, rule.document) == (True, "本系统暂定")
    ten = replace(facts.rules_of(draft, on).packs[-1], parameters=(replace(rule, value=10),))
    monkeypatch.setattr(facts, "rules_of", lambda case, on: Rules((ten,), on))
    assert debts.day_of(draft, on) == dt.date(2026, 3, 11)


def test_a_promise_in_a_draft_is_no_debt_yet_and_one_withdrawn_is_none_any_more(draft, cast):
    assert not Material.objects.owed().exists()
    case = actions.move(draft, "submit", by=cast.auntie)
    assert Material.objects.owed().count() == 1
    actions.move(case, "withdraw", by=cast.auntie)
    assert not Material.objects.owed().exists()


def test_a_promise_whose_day_is_over_does_not_hand_an_application_in(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)
    case.materials.filter(kind="charter").delete()
    papers.promise(case, "charter", by=cast.auntie, on=timezone.localdate() - 21 * DAY)
    with pytest.raises(Refusal, match="章程") as no:
        actions.move(case, "submit", by=cast.auntie)
    assert no.value.code == "materials_missing"


def test_nothing_is_granted_on_a_promise_whose_day_is_over(draft, cast):
    case = builders.walk(draft, cast, moves=3)
    lapsed(case)
    with pytest.raises(Refusal) as no:
        actions.move(case, "record", by=cast.li, data=builders.GRANT)
    assert no.value.code == "promise_lapsed" and "活动场所使用证明" in no.value.reason
    papers.deliver_owed(case, "premises", builders.png(), by=cast.auntie)
    assert actions.move(case, "record", by=cast.li, data=builders.GRANT).state == "approved"


def test_reminders_come_five_days_before_on_the_day_and_after_it_once_each(filed, cast):
    day = filed.materials.get(kind="premises").promised_by
    for on in (day - 6 * DAY, day - 5 * DAY, day - 5 * DAY, day - 2 * DAY, day, day, day + DAY, day + 9 * DAY):
        debts.remind(on)
    mine = told(cast.auntie)
    assert len(mine) == 3
    assert "将于" in mine[0] and "今天" in mine[1] and "逾期未交" in mine[2]
    assert all("阳光舞蹈队" in text and "活动场所使用证明" in text for text in mine)


def test_the_desk_that_decided_hears_of_it_only_when_it_is_late(filed, cast):
    day = filed.materials.get(kind="premises").promised_by
    debts.remind(day)
    assert told(cast.li) == []
    assert debts.remind(day + DAY) == 1
    assert len(told(cast.li)) == len(told(cast.chen)) == 1
    assert told(cast.stranger) == told(cast.zhang) == told(cast.zhao) == []


def test_the_contact_of_the_organisation_is_reminded_too(filed, cast, places):
    someone = builders.person("联系人", "applicant", places.village)
    term = filed.organisation.leader_terms.last()
    Contact.objects.create(
        user=someone,
        organisation=filed.organisation,
        term=term,
        phone=term.phone,
        phone_index="x",
        starts=builders.SINCE,
    )
    debts.remind(timezone.localdate() + 16 * DAY)
    assert len(told(someone)) == 1


def test_the_task_runs_twice_and_tells_once(filed, cast):
    with time_machine.travel(timezone.now() + 21 * DAY):
        assert tasks.remind_debts() == tasks.remind_debts() == 1
    assert len(told(cast.auntie)) == 1


def test_whoever_presses_before_choosing_is_told_and_whoever_brought_it_already_is_thanked(filed, cast, client):
    client.force_login(cast.auntie)
    owed = reverse("registry:owed", args=[filed.pk])
    assert "先选择文件或拍照" in client.post(owed, follow=True).content.decode()
    papers.deliver_owed(filed, "premises", builders.png(), by=cast.auntie)
    assert "已补交" in client.post(owed, follow=True).content.decode()


def test_the_owed_paper_comes_after_the_decision_and_the_desk_is_told(filed, cast):
    made = papers.deliver_owed(filed, "premises", builders.png(), by=cast.auntie)
    assert made.stored and made.brought_by == cast.auntie and made.brought_at
    assert made.promised_by and made.undertaking  # what was promised stays on record
    assert not made.is_promise and not Material.objects.owed().exists()
    assert told(cast.li) == ["阳光舞蹈队：承诺的《活动场所使用证明》已补交"]
    filed.refresh_from_db()
    assert filed.state == "approved"


def test_it_is_brought_once_and_only_what_was_promised(filed, cast):
    papers.deliver_owed(filed, "premises", builders.png(), by=cast.auntie)
    for kind in ("premises", "members", "passport"):
        with pytest.raises(OutOfTurn) as no:
            papers.deliver_owed(filed, kind, builders.png(), by=cast.auntie)
        assert no.value.code == "not_owed"


@pytest.mark.parametrize("who", ["li", "zhang", "zhao", "stranger"])
def test_the_desk_cannot_bring_it_for_the_applicant(who, filed, cast):
    with pytest.raises(NotAllowed):
        papers.deliver_owed(filed, "premises", builders.png(), by=getattr(cast, who))
    assert filed.materials.get(kind="premises").stored is None


def test_a_hostile_file_pays_no_debt(filed, cast):
    with pytest.raises(Refusal, match="不是可用的文件"):
        papers.deliver_owed(filed, "premises", SimpleUploadedFile("a.svg", b"<svg/>"), by=cast.auntie)
    assert Material.objects.owed().count() == 1


@pytest.mark.parametrize("whose", ["organisation", "opener"])
def test_whoever_let_a_promise_lapse_cannot_promise_again_until_it_is_brought(whose, filed, cast, places):
    lapsed(filed)
    by = cast.wang if whose == "organisation" else cast.auntie
    other = builders.draft(by, places.garden, said=builders.answers("别的队"))
    if whose == "organisation":
        other.organisation = filed.organisation
        other.save()
    with pytest.raises(Refusal) as no:
        papers.promise(other, "premises", by=by, on=timezone.localdate())
    assert no.value.code == "debt_overdue"
    assert "活动场所使用证明" in no.value.reason and filed.number in no.value.reason
    papers.deliver_owed(filed, "premises", builders.png(), by=cast.auntie)
    assert papers.promise(other, "premises", by=by, on=timezone.localdate()).is_promise


def test_whoever_may_not_promise_reads_why_and_finds_nothing_to_tick(filed, cast, client, places):
    client.force_login(cast.auntie)
    other = builders.draft(cast.auntie, places.garden, said=builders.answers("别的队"))
    url = reverse("registry:materials", args=[other.pk])
    assert 'name="promise-premises"' in client.get(url).content.decode()
    lapsed(filed)
    page = client.get(url).content.decode()
    assert 'name="promise-premises"' not in page and "现在不能再承诺补交" in page and filed.number in page


def test_somebody_else_may_still_promise(filed, cast, places):
    lapsed(filed)
    other = builders.draft(cast.wang, places.garden, said=builders.answers("别的队"))
    assert papers.promise(other, "premises", by=cast.wang, on=timezone.localdate())


def test_the_case_and_the_organisation_wear_the_badge(filed, cast, client):
    client.force_login(cast.li)
    pages = [reverse("registry:case", args=[filed.pk]), reverse("registry:organisation", args=[filed.organisation_id])]
    for page in pages:
        assert "逾期未交" not in client.get(page).content.decode()
    lapsed(filed)
    for page in pages:
        assert "承诺材料逾期未交" in client.get(page).content.decode()


def test_the_page_of_what_is_owed_takes_just_that(filed, cast, client):
    client.force_login(cast.auntie)
    url = reverse("registry:owed", args=[filed.pk])
    page = client.get(url).content.decode()
    assert "活动场所使用证明" in page and "成员名单" not in page
    assert url in client.get(reverse("registry:case", args=[filed.pk])).content.decode()
    client.post(url, {"members": builders.png("换掉.png"), "premises": builders.png("证明.png")})
    names = {one.kind: one.original_name for one in filed.materials.all()}
    assert names["premises"] == "证明.png" and names["members"] == "照片.png"
    assert "都交齐了" in client.get(url).content.decode()


def test_the_list_of_debts_shows_what_is_mine_to_see(filed, cast, client):
    url = reverse("registry:debts")
    for who, seen in (("li", True), ("auntie", True), ("zhang", True), ("stranger", False), ("zhao", False)):
        client.force_login(getattr(cast, who))
        assert ("阳光舞蹈队" in client.get(url).content.decode()) is seen, who
    client.force_login(cast.li)
    assert "阳光舞蹈队" not in client.get(url, {"late": "1"}).content.decode()
    lapsed(filed)
    assert "阳光舞蹈队" in client.get(url, {"late": "1"}).content.decode()


def test_the_list_costs_the_same_for_one_debt_and_for_ten(filed, cast, client, places):
    client.force_login(cast.li)
    client.get(reverse("registry:debts"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("registry:debts"))
    for at in range(9):
        case = builders.draft(cast.auntie, places.garden, said=builders.answers(f"第{at}队"))
        papers.promise(case, "premises", by=cast.auntie, on=timezone.localdate())
        actions.move(case, "submit", by=cast.auntie)
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse("registry:debts")).content.decode().count("未到期") == 10
    assert len(many) == len(few)


def test_the_contact_brings_what_is_owed_and_reads_nothing_else_of_the_case(client, cast, filed):
    contact = contacts.invite(filed.organisation, by=cast.li)
    debts.remind(timezone.localdate() + 16 * DAY)
    url = reverse("registry:owed", args=[filed.pk])
    assert Notice.objects.get(user=contact.user, kind="debt").url == url
    client.force_login(contact.user)
    assert "活动场所使用证明" in client.get(url).content.decode()
    assert client.get(filed.get_absolute_url()).status_code == 404
    assert client.post(url, {"premises": builders.png()}).status_code == 302
    assert filed.materials.get(kind="premises").brought_by == contact.user
    assert "都交齐了" in client.get(url).content.decode()
    client.force_login(cast.stranger)
    assert client.get(url).status_code == 404
