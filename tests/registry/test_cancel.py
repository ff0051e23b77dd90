"""注销登记: wound up first, then examined and approved; the certificate dies with it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, Refusal
from registry.casework import actions, answers, kinds, opening, papers
from registry.models import Certificate, FormerName
from tests import builders

STEPS = (("submit", "opener"), ("accept", "zhang"), ("examine", "zhang"), ("approve", "sun"))


@pytest.fixture
def society(cast, places, packs):
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast).organisation


def told(days_ago=3, **more):
    today = timezone.localdate()
    ended = today - dt.timedelta(days=days_ago)
    return {
        "formed_on": str(ended - dt.timedelta(days=90)),
        "members": "理事长、会计",
        "notice_on": str(ended - dt.timedelta(days=60)),
        "notice_in": "今晚报",
        "ended_on": str(ended),
        "debts_cleared": "yes",
        "taxes_cleared": "yes",
        "seals_returned": "yes",
        "property_left": "没有",
        "to_similar_charity": "",
    } | more


def ending(society, cast, *, lacking=(), **more):
    case = opening.begin(society, "registration-cancel", by=cast.auntie)
    kind, by = kinds.of(case.kind), cast.auntie
    case = actions.save_section(case, kind.section("ending"), {"ground": "dissolved", "reason": "会员大会决定"}, by=by)
    case = actions.save_section(case, kind.section("liquidation"), told(**more), by=by)
    for line in papers.checklist(case):
        if line.paper.required and line.paper.kind not in lacking:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def walk(case, cast, moves=4):
    for verb, who in STEPS[:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        case = actions.move(case, verb, by=by, note="属实")
    return case


def test_a_society_that_is_wound_up_is_off_the_register(society, cast, client):
    case = walk(ending(society, cast), cast)
    society.refresh_from_db()
    today, paper = timezone.localdate(), Certificate.objects.get()
    assert (case.state, society.standing, society.standings.get().ends) == ("approved", "", today)
    assert (paper.cancelled_on, paper.cancel_reason) == (today, "注销登记：自行解散")
    assert FormerName.objects.get().cause == "deregistered"
    assert "这份证书已经失效" in client.get(paper.get_absolute_url()).content.decode()


@pytest.mark.parametrize("paper", ["minutes", "liquidation", "notice", "tax", "account", "seals"])
def test_none_of_its_papers_may_be_missing(paper, society, cast):
    with pytest.raises(Refusal, match="还缺少材料"):
        actions.move(ending(society, cast, lacking={paper}), "submit", by=cast.auntie)


@pytest.mark.parametrize("open_one", ["debts_cleared", "taxes_cleared", "seals_returned"])
def test_what_is_not_settled_is_not_struck_off_and_the_clause_is_said(open_one, society, cast):
    case = walk(ending(society, cast, **{open_one: "no"}), cast, 2)
    with pytest.raises(Refusal) as no:
        actions.move(case, "examine", by=cast.zhang, note="属实")
    assert no.value.clause == "《社会团体登记管理条例》 第二十条"
    society.refresh_from_db()
    assert society.standing == "registered"


@pytest.mark.parametrize(("days_ago", "verdict"), [(15, "pass"), (16, "advice")])
def test_fifteen_days_after_the_liquidation_and_late_is_a_warning(days_ago, verdict, society, cast):
    case = walk(ending(society, cast, days_ago=days_ago), cast)
    line = next(one for one in case.receipt["rules"] if one["key"] == "deregister.apply_days")
    assert (line["verdict"], case.state) == (verdict, "approved")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"notice_on": "2001-01-01"}, "notice_on"),
        ({"ended_on": "2001-01-01"}, "ended_on"),
        ({"formed_on": "x"}, "formed_on"),
    ],
)
def test_the_days_of_the_liquidation_follow_each_other(wrong, field, society, cast):
    case = ending(society, cast, **wrong)
    assert field in answers.bound(kinds.of(case.kind).section("liquidation"), case).errors


def test_under_dual_regime_the_supervising_unit_consents_on_paper(society, cast):
    society.category = "culture_sports"
    society.save()
    case = ending(society, cast, lacking={"consent"})
    with pytest.raises(Refusal, match="业务主管单位同意注销的文件"):
        actions.move(case, "submit", by=cast.auntie)
    papers.attach(case, "consent", builders.png(), by=cast.auntie)
    assert walk(case, cast).state == "approved"


def test_a_charity_leaves_its_property_to_a_similar_one(society, cast):
    society.charity_since = dt.date(2024, 1, 1)
    society.save()
    case = walk(ending(society, cast, to_similar_charity="no"), cast, 2)
    assert "charity" in [line.paper.kind for line in papers.checklist(case) if line.paper.required]
    with pytest.raises(Refusal) as no:
        actions.move(case, "examine", by=cast.zhang, note="属实")
    assert no.value.clause == "《慈善法》 第十八条"


def test_who_is_no_charity_is_not_asked_about_charities(society, cast):
    case = opening.begin(society, "registration-cancel", by=cast.auntie)
    assert "to_similar_charity" not in answers.to_fill(kinds.of(case.kind).section("liquidation"), case).fields


def test_the_examiner_does_not_approve(society, cast):
    with pytest.raises(NotAllowed):
        actions.move(walk(ending(society, cast), cast, 3), "approve", by=cast.zhang)


def test_the_page_asks_for_the_ground_first(society, cast, client):
    client.force_login(cast.auntie)
    answer = client.post(reverse("registry:open", args=[society.pk, "registration-cancel"]))
    case = society.cases.get(kind="registration-cancel")
    assert answer.url == reverse("registry:section", args=[case.pk, "ending"])
