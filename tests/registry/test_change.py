"""变更登记: examined by one, approved by another, judged by what changes."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import bans, register
from registry.casework import actions, answers, kinds, opening, papers
from registry.models import Certificate, FormerName
from tests import builders

NEW_LEADER = {
    "leader_name": "赵志强",
    "leader_party_member": "yes",
    "serving_cadre": "no",
    "public_notice_done": "yes",
}
STEPS = (("submit", "opener"), ("accept", "zhang"), ("examine", "zhang"), ("approve", "sun"))


@pytest.fixture
def society(cast, places, packs):
    """天津市河西区暖阳老年协会, registered with certificate; elderly care, hence without supervising unit."""
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast).organisation


def fill(case, items, *, by, serial=7, resolved=None, lacking=(), **values):
    kind = kinds.of(case.kind)
    case = actions.save_section(case, kind.section("items"), {"items": items}, by=by)
    numbers = {"leader_id_number": builders.identity_number(serial), "leader_phone": "13911112222"}
    post = {"resolved_on": str(resolved or timezone.localdate())} | values | (numbers if "leader" in items else {})
    case = actions.save_section(case, kind.section("values"), post, by=by)
    for line in papers.checklist(case):
        if line.paper.required and line.paper.kind not in lacking:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def change(society, cast, items, **values):
    return fill(opening.begin(society, "registration-change", by=cast.auntie), items, by=cast.auntie, **values)


def walk(case, cast, moves=4):
    for verb, who in STEPS[:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        case = actions.move(case, verb, by=by, note="属实", data={"name_checked": True})
    return case


def asked(case):
    return [line.paper.kind for line in papers.checklist(case) if line.paper.required]


def test_another_legal_representative_with_an_audit_is_on_the_register_and_on_a_new_paper(society, cast):
    case = walk(change(society, cast, "leader", **NEW_LEADER), cast)
    assert [term.name for term in society.leader_terms.order_by("id")] == ["刘桂兰", "赵志强"]
    old, new = Certificate.objects.order_by("id")
    assert (old.cancel_reason, new.case, new.details["leader"]) == ("变更换发", case, "赵志强")
    assert new.details["credit_code"] == old.details["credit_code"]


def test_without_the_audit_the_change_is_not_handed_in(society, cast):
    case = change(society, cast, "leader", lacking={"audit"}, **NEW_LEADER)
    assert asked(case) == ["minutes", "identity", "audit"]
    with pytest.raises(Refusal, match="审计报告"):
        actions.move(case, "submit", by=cast.auntie)


def test_the_audit_names_its_clause(society, cast):
    case = change(society, cast, "leader", **NEW_LEADER)
    line = next(line for line in papers.checklist(case) if line.paper.kind == "audit")
    assert "第二十七条" in line.source


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ("address", ["minutes", "premises"]),
        ("charter", ["minutes", "charter"]),
        ("capital", ["minutes", "capital"]),
        ("members", ["minutes", "members"]),
        ("name charter", ["minutes", "charter"]),
        ("category scope", ["minutes"]),
    ],
)
def test_each_item_asks_for_its_papers_and_each_paper_once(items, wanted, society, cast):
    case = opening.begin(society, "registration-change", by=cast.auntie)
    case = actions.save_section(case, kinds.of(case.kind).section("items"), {"items": items}, by=cast.auntie)
    assert asked(case) == wanted


def test_a_capital_below_the_least_is_refused_at_examining(society, cast):
    case = walk(change(society, cast, "capital", capital="29999"), cast, 2)
    with pytest.raises(Refusal) as no:
        actions.move(case, "examine", by=cast.zhang, note="属实")
    assert no.value.clause


def test_the_least_capital_is_enough(society, cast):
    walk(change(society, cast, "capital", capital="30000"), cast)
    society.refresh_from_db()
    assert society.capital == 30000


def test_too_few_members_are_refused_and_missing_facts_of_other_rules_are_not(society, cast):
    case = walk(change(society, cast, "members", individual_members="49", unit_members=""), cast, 2)
    with pytest.raises(Refusal):
        actions.move(case, "examine", by=cast.zhang, note="属实")


def test_a_banned_person_is_refused_with_the_clause(society, cast, places):
    case = walk(change(society, cast, "leader", **NEW_LEADER), cast, 3)
    today = timezone.localdate()
    until = today + dt.timedelta(days=1)
    bans.record(
        places.hexi,
        by=cast.zhang,
        on=today,
        name="某人",
        id_number=builders.identity_number(7),
        until=until,
        basis="处罚决定",
        decided_by="河西区民政局",
    )
    with pytest.raises(Refusal) as no:
        actions.move(case, "approve", by=cast.sun)
    assert no.value.clause == "行政处罚法 第九条（四）"


@pytest.mark.parametrize(("days", "verdict"), [(30, "pass"), (31, "advice")])
def test_a_late_application_is_a_warning_and_goes_on(days, verdict, society, cast):
    resolved = timezone.localdate() - dt.timedelta(days=days)
    case = walk(change(society, cast, "scope", scope="street", resolved=resolved), cast)
    told = next(one for one in case.receipt["rules"] if one["key"] == "change.apply_days")
    assert (told["verdict"], case.state) == (verdict, "approved")
    assert "30" in told["label"] and "第十八条" in told["clause"]


def test_a_resolution_of_tomorrow_is_a_mistake(society, cast):
    resolved = timezone.localdate() + dt.timedelta(days=1)
    case = change(society, cast, "scope", scope="street", resolved=resolved)
    assert "resolved_on" in answers.bound(kinds.of(case.kind).section("values"), case).errors


def test_under_dual_regime_the_supervising_unit_consents_on_paper(society, cast):
    society.category = "culture_sports"
    society.save()
    case = change(society, cast, "scope", scope="street", lacking={"consent"})
    assert asked(case) == ["minutes", "consent"]
    papers.attach(case, "consent", builders.png(), by=cast.auntie)
    assert walk(case, cast).state == "approved"


def test_the_examiner_does_not_approve(society, cast):
    case = walk(change(society, cast, "scope", scope="street"), cast, 3)
    with pytest.raises(NotAllowed):
        actions.move(case, "approve", by=cast.zhang)


def test_a_new_name_is_checked_and_the_old_one_kept(society, cast):
    walk(change(society, cast, "name", new_name="天津市河西区晚晴老年协会"), cast)
    society.refresh_from_db()
    assert society.name == "天津市河西区晚晴老年协会"
    assert FormerName.objects.get().name == "天津市河西区暖阳老年协会"


def test_a_forbidden_word_in_the_new_name_is_refused(society, cast):
    case = walk(change(society, cast, "name", new_name="天津市河西区国家级老年协会"), cast, 2)
    with pytest.raises(Refusal):
        actions.move(case, "examine", by=cast.zhang, note="属实", data={"name_checked": True})


def test_a_filed_team_has_no_change_of_registration(cast, places, packs):
    team = builders.organisation(places.garden)
    with pytest.raises(Refusal):
        opening.begin(team, "registration-change", by=cast.wang)
    assert [kind.key for kind, _ in kinds.offered(team, timezone.localdate())].count("registration-change") == 0


def test_what_left_the_register_is_not_changed(society, cast):
    case = walk(change(society, cast, "scope", scope="street"), cast, 3)
    register.end(society, by=cast.sun, on=timezone.localdate(), reason="自行解散")
    with pytest.raises(OutOfTurn):
        actions.move(case, "approve", by=cast.sun)


def test_in_wenzhou_every_form_is_audited_when_its_representative_leaves(cast, places, packs):
    community = builders.place("330302001001", "某社区", "community")
    clerk = builders.person("小温", "community", community)
    fund = builders.organisation(community, kind="registered", legal_form="foundation", category="charity_relief")
    case = opening.begin(fund, "registration-change", by=clerk)
    case = actions.save_section(case, kinds.of(case.kind).section("items"), {"items": "leader"}, by=clerk)
    line = next(line for line in papers.checklist(case) if line.paper.kind == "audit")
    assert line.paper.required and "三（十二）" in line.source
