"""变更备案: from the organisation's page to the register, and what may stand in the way."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import bans, contacts, register
from registry.casework import actions, answers, kinds, opening, papers
from registry.casework.sheet import sheet
from registry.models import Case, Certificate, FormerName, Standing
from tests import builders
from tests.filings.change_scene import NEW_LEADER, change, fill, walk


def test_another_leader_is_on_the_register_and_the_former_in_its_history(team, cast):
    walk(change(team, cast, "leader", **NEW_LEADER), cast)
    before, now = team.leader_terms.order_by("id")
    assert (before.name, before.ends, now.name, now.ends) == ("刘桂兰", timezone.localdate(), "赵志强", None)
    assert now.person.id_number == builders.identity_number(7)


def test_a_new_leader_is_asked_for_three_things_and_one_paper(team, cast):
    case = opening.begin(team, "filing-change", by=cast.auntie)
    case = actions.save_section(case, kinds.of(case.kind).section("items"), {"items": "leader"}, by=cast.auntie)
    form = answers.to_fill(kinds.of(case.kind).section("values"), case)
    assert list(form.fields) == [
        "leader_name",
        "leader_id_number",
        "leader_phone",
        "serving_cadre",
        "cadre_approval",
    ]
    assert "刘桂兰" in form.fields["leader_name"].help_text
    assert form.initial.get("leader_name", "") == ""
    assert [line.paper.kind for line in papers.checklist(case)] == ["minutes"]


def test_only_what_changes_is_touched_and_the_rest_stays(team, cast):
    before = {key: getattr(team, key) for key in register.PLAIN}
    walk(change(team, cast, "address", premises="own", address="文化馆一楼"), cast)
    team.refresh_from_db()
    assert (team.premises, team.address) == ("own", "文化馆一楼")
    assert {key: getattr(team, key) for key in register.PLAIN} == before | {"premises": "own", "address": "文化馆一楼"}


def test_the_sheet_says_what_was_and_what_becomes_of_it(team, cast):
    case = walk(change(team, cast, "leader address", premises="none", address="", **NEW_LEADER), cast)
    told = {row.field: (row.was, row.value) for block in sheet(case) for row in block.rows}
    assert told["leader_name"] == ("刘桂兰", "赵志强")
    assert told["premises"] == ("与其他组织共用", "没有固定场所")
    assert told["items"][1] == "负责人、活动场所和地址"
    assert "new_name" not in told


def test_a_new_name_leaves_the_old_one_in_the_history_and_a_new_paper(team, cast):
    old = Certificate.objects.get()
    case = walk(change(team, cast, "name", new_name="夕阳红舞蹈队"), cast)
    former = FormerName.objects.get()
    assert (former.name, former.until, former.cause) == ("阳光舞蹈队", timezone.localdate(), "changed")
    old.refresh_from_db()
    new = Certificate.objects.get(case=case)
    assert (old.cancel_reason, old.cancelled_on) == ("变更换发", timezone.localdate())
    assert (new.name, new.number, new.issuer) == ("夕阳红舞蹈队", f"{old.number}-2", old.issuer)
    team.refresh_from_db()
    assert (team.name, team.filing_number) == ("夕阳红舞蹈队", old.number)


def test_what_is_not_printed_needs_no_new_paper(team, cast):
    walk(change(team, cast, "members", individual_members="31", unit_members=""), cast)
    assert Certificate.objects.get().cancelled_on is None


def test_a_move_to_another_community_begins_a_new_standing(team, cast, places):
    walk(change(team, cast, "place", new_place=places.village.code), cast)
    team.refresh_from_db()
    assert team.place == places.village
    first, second = Standing.objects.filter(organisation=team).order_by("id")
    assert (first.place_code, first.ends) == (places.garden.code, timezone.localdate())
    assert (second.place_code, second.ends) == (places.village.code, None)


def test_nobody_moves_away_from_a_case_under_way(team, cast, places):
    other = actions.open_case("filing-terminate", by=cast.wang, place=places.garden, organisation=team)
    Case.objects.filter(pk=other.pk).update(state="submitted")
    with pytest.raises(Refusal) as no:
        walk(change(team, cast, "place", new_place=places.village.code), cast)
    assert no.value.code == "cases_open" and other.matter in no.value.reason


def test_a_move_out_of_the_street_is_no_choice(team, cast, places):
    far = builders.place("120103002001", "远社区", "community", parent=places.hexi)
    case = change(team, cast, "place", new_place=far.code)
    with pytest.raises(Refusal, match="变更后的内容"):
        actions.move(case, "submit", by=cast.auntie)


def test_a_banned_person_does_not_become_leader_and_the_clause_is_said(team, cast, places):
    case = walk(change(team, cast, "leader", **NEW_LEADER), cast, 3)
    bar(builders.identity_number(7), cast, places)
    with pytest.raises(Refusal) as no:
        actions.move(case, "record", by=cast.li)
    assert no.value.clause == "行政处罚法 第九条（四）"
    assert team.leader_terms.get(ends=None).name == "刘桂兰"


def bar(number, cast, places):
    today = timezone.localdate()
    bans.record(
        places.hexi,
        by=cast.zhang,
        on=today,
        name="某人",
        id_number=number,
        until=today + dt.timedelta(days=9),
        basis="处罚决定",
        decided_by="河西区民政局",
    )


def test_a_ban_on_the_present_leader_does_not_hold_up_a_change_of_address(team, cast, places):
    bar(builders.identity_number(1), cast, places)
    case = walk(change(team, cast, "address", premises="none", address=""), cast)
    assert case.is_closed and case.receipt["rules"] == []


def test_a_name_in_use_at_the_same_street_is_refused(team, cast, places):
    builders.organisation(places.village, name="夕阳红舞蹈队")
    case = walk(change(team, cast, "name", new_name="夕阳红 舞蹈队"), cast, 3)
    with pytest.raises(Refusal, match="已有相同名称"):
        actions.move(case, "record", by=cast.li)


def test_the_present_name_is_no_new_name(team, cast):
    case = change(team, cast, "name", new_name="阳光 舞蹈队")
    form = answers.bound(kinds.of(case.kind).section("values"), case)
    assert form.errors == {"new_name": ["和现在的名称一样，没有变化"]}


def test_nothing_ticked_is_no_change(team, cast):
    case = change(team, cast, "")
    with pytest.raises(Refusal, match="哪些内容有变化"):
        actions.move(case, "submit", by=cast.auntie)


def test_two_who_begin_at_once_share_no_change(team, cast, places):
    mine = opening.begin(team, "filing-change", by=cast.auntie)
    assert opening.begin(team, "filing-change", by=cast.auntie) == mine
    for who in (cast.wang, cast.li):  # a draft is for whoever opened it: its page is not there for them
        with pytest.raises(OutOfTurn, match="李阿姨"):
            opening.begin(team, "filing-change", by=who)
    with pytest.raises(OutOfTurn):
        actions.open_case("filing-change", by=cast.li, place=team.place, organisation=team)


def test_what_a_former_leader_left_unfinished_goes_to_the_one_who_speaks_now(team, cast, places):
    today = timezone.localdate()
    former = contacts.invite(team, by=cast.li)
    left = opening.begin(team, "filing-change", by=former.user)
    said = {"leader_name": "赵志强", "leader_id_number": builders.identity_number(9), "leader_phone": "13700001111"}
    register.amend(team, said, by=cast.li, on=today, case=left)
    now = contacts.invite(team, by=cast.li)
    offered = {offer.kind.key: offer for offer in opening.offers(team, now.user, today)}["filing-change"]
    assert (offered.case, offered.mine, offered.editable) == (left, True, True)
    taken = opening.begin(team, "filing-change", by=now.user)
    assert (taken, taken.opened_by) == (left, now.user) and opening.begin(team, "filing-change", by=now.user) == left
    assert AuditEvent.objects.filter(verb="case.hand_over", subject=f"case:{left.pk}").count() == 1
    with pytest.raises(NotAllowed):
        opening.begin(team, "filing-change", by=former.user)


def test_an_applicant_next_door_opens_nothing_about_the_team(team, cast, places):
    neighbour = builders.person("邻居", "applicant", places.garden)
    for who in (neighbour, cast.stranger, cast.sun):
        with pytest.raises(NotAllowed):
            opening.begin(team, "filing-change", by=who)


def test_what_was_taken_off_the_register_meanwhile_is_not_changed(team, cast):
    case = walk(change(team, cast, "leader", **NEW_LEADER), cast, 3)
    register.end(team, by=cast.li, on=timezone.localdate(), reason="成员解散")
    with pytest.raises(OutOfTurn):
        actions.move(case, "record", by=cast.li)


def test_the_reviewer_does_not_decide(team, cast):
    case = walk(change(team, cast, "leader", **NEW_LEADER), cast, 3)
    with pytest.raises(NotAllowed):
        actions.move(case, "record", by=cast.wang)


def test_the_audit_trail_tells_before_and_after_without_numbers_or_whole_names(team, cast):
    walk(change(team, cast, "leader name", new_name="夕阳红舞蹈队", **NEW_LEADER), cast)
    row = AuditEvent.objects.get(verb="register.amend")
    assert row.changes["name"] == ["阳光舞蹈队", "夕阳红舞蹈队"]
    assert row.changes["leader"] == ["刘*", "赵*"]
    text = f"{row.summary}{row.changes}"
    assert builders.identity_number(7) not in text and "赵志强" not in text and "13911112222" not in text


def test_the_contact_of_the_organisation_reports_its_change_and_no_other(team, cast, places):
    contact = contacts.invite(team, by=cast.li)
    other = builders.organisation(places.garden)
    case = fill(opening.begin(team, "filing-change", by=contact.user), "leader", by=contact.user, **NEW_LEADER)
    walk(case, cast)
    assert team.leader_terms.get(ends=None).name == "赵志强"
    with pytest.raises(NotAllowed):
        opening.begin(other, "filing-change", by=contact.user)
    with pytest.raises(NotAllowed):  # another person leads now
        opening.begin(team, "filing-change", by=contact.user)


def test_whoever_filed_it_no_longer_speaks_for_it_once_it_has_a_contact(team, cast):
    contacts.invite(team, by=cast.li)
    with pytest.raises(NotAllowed):
        opening.begin(team, "filing-change", by=cast.auntie)
