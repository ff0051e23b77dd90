"""What stands in the way of a step although it is its turn, and which clause says so."""

import datetime as dt

import pytest
from django.utils import timezone

from filings.models import Delegation
from portal.crypto import blind
from portal.errors import NotAllowed, Refusal
from registry.casework import actions, kinds, mending, papers
from registry.models import Case, OccupationalBan, Organisation
from registry.scope import Role
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def filing(cast, places, packs):
    """Handed in by 李阿姨, waiting for the committee."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


@pytest.fixture
def reported(filing, cast, delegation):
    """Reviewed and reported by 小王, waiting for the street."""
    filing = actions.move(filing, "review", by=cast.wang, note="属实")
    return actions.move(filing, "report", by=cast.wang)


@pytest.fixture
def registration(cast, places, packs):
    """Accepted by 张科."""
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)


def refusal(case, verb, by, **more):
    """The refusal of a step; the case stays where and as it was."""
    before = Case.objects.values().get(pk=case.pk), case.steps.count()
    with pytest.raises(Refusal) as no:
        actions.move(case, verb, by=by, **more)
    assert (Case.objects.values().get(pk=case.pk), case.steps.count()) == before
    return no.value


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [
        (-30, None, True),
        (0, None, True),  # since today
        (-30, 1, True),  # until today inclusive: the end is the first day without
        (-30, 0, False),  # ended today
        (-30, -1, False),  # ended yesterday
        (1, None, False),  # begins tomorrow
    ],
)
def test_the_committee_reviews_only_under_a_delegation_of_today(starts, ends, may, filing, cast, places):
    today = timezone.localdate()
    dates = {"starts": today + starts * DAY, "ends": None if ends is None else today + ends * DAY}
    builders.delegation(places.garden, **dates)
    if may:
        assert actions.move(filing, "review", by=cast.wang, note="属实").state == "reviewed"
    else:
        assert refusal(filing, "review", cast.wang, note="属实").code == "no_delegation"


def test_without_a_delegation_the_refusal_names_the_clause(filing, cast):
    no = refusal(filing, "review", cast.wang, note="属实")
    assert (no.code, no.clause) == ("no_delegation", "津民发〔2018〕61号 三（二）")
    assert "委托" in no.reason


def test_a_delegation_for_review_alone_does_not_cover_the_report(filing, cast, places):
    builders.delegation(places.garden, covers_report=False)
    case = actions.move(filing, "review", by=cast.wang, note="属实")
    assert refusal(case, "report", cast.wang).code == "no_delegation"


def test_a_delegation_of_the_next_village_covers_nothing_here(filing, cast, places):
    builders.delegation(places.village)
    assert refusal(filing, "review", cast.wang, note="属实").code == "no_delegation"


def test_a_delegation_revoked_after_the_review_stops_the_report(filing, cast, delegation):
    case = actions.move(filing, "review", by=cast.wang, note="属实")
    Delegation.objects.update(ends=timezone.localdate())
    assert refusal(case, "report", cast.wang).code == "no_delegation"


@pytest.mark.parametrize("verb", ["record", "reject", "return"])
def test_the_first_reviewer_never_decides_even_with_an_office_at_the_street(verb, reported, cast, places):
    places.street.offices.create(user=cast.wang, role=Role.STREET, starts=builders.SINCE)
    data = {**builders.GRANT, "defects": [builders.DEFECT]}
    no = refusal(reported, verb, cast.wang, note="属实", data=data)
    assert isinstance(no, NotAllowed)
    assert (no.code, "初审人" in no.reason) == ("four_eyes", True)


def test_where_the_street_reviews_another_officer_of_the_street_decides(filing, cast):
    Case.objects.update(variant="direct")
    case = actions.move(filing, "review", by=cast.li, note="属实")
    case = actions.move(case, "report", by=cast.li)
    assert refusal(case, "record", cast.li, data=dict(builders.GRANT)).code == "four_eyes"
    assert actions.move(case, "record", by=cast.chen, data=dict(builders.GRANT)).state == "approved"


def test_who_reviewed_an_earlier_round_may_decide_the_later_one(reported, cast, places):
    case = actions.move(reported, "return", by=cast.li, data={"defects": [builders.DEFECT]})
    mei = builders.person("小梅", Role.COMMUNITY, places.garden)
    places.street.offices.create(user=cast.wang, role=Role.STREET, starts=builders.SINCE)
    case = mending.unlock(case, by=cast.auntie)
    said, section = case.answers["organisation"], kinds.of("filing").section("organisation")
    case = actions.save_section(case, section, said | {"activities": "合唱"}, by=cast.auntie)
    for verb, by in (("submit", cast.auntie), ("review", mei), ("report", mei)):
        case = actions.move(case, verb, by=by, note="属实")
    assert actions.move(case, "record", by=cast.wang, data=dict(builders.GRANT)).state == "approved"


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_the_examiner_never_approves_even_with_both_offices(verb, registration, cast, places):
    places.hexi.offices.create(user=cast.zhang, role=Role.APPROVER, starts=builders.SINCE)
    data = {"credit_code": builders.credit_code(registration)}
    case = actions.move(registration, "examine", by=cast.zhang, note="齐全", data=data)
    assert refusal(case, verb, cast.zhang, note="同意").code == "four_eyes"


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({}, "tier_missing", "tier"),
        ({"tier": "registered", "managing_body": "街道"}, "tier_missing", "tier"),
        ({"tier": "gold", "managing_body": "街道"}, "tier_missing", "tier"),
        ({"tier": "filed"}, "managing_body_missing", "managing_body"),
        ({"tier": "filed", "managing_body": ""}, "managing_body_missing", "managing_body"),
    ],
)
def test_a_filing_is_granted_with_tier_and_managing_body_or_not_at_all(data, code, field, reported, cast):
    no = refusal(reported, "record", cast.li, data=data)
    assert (no.code, no.field) == (code, field)


@pytest.mark.parametrize("verb", ["review", "reject"])
def test_an_opinion_is_asked_where_the_table_asks_it(verb, filing, cast, delegation):
    case, by = filing, cast.wang
    if verb == "reject":
        for each in ("review", "report"):
            case = actions.move(case, each, by=cast.wang, note="属实")
        by = cast.li
    for nothing in ("", "  \n "):
        assert refusal(case, verb, by, note=nothing).code == "note_missing"


def test_giving_back_without_a_single_defect_is_refused(filing, cast):
    for data in ({}, {"defects": []}):
        assert refusal(filing, "send_back", cast.wang, data=data).code == "defects_missing"


@pytest.mark.parametrize(
    ("section", "title"), [("organisation", "组织情况"), ("people", "负责人与成员"), ("party", "党的建设")]
)
def test_an_unfinished_task_is_named_when_handing_in(section, title, cast, places, packs):
    said = builders.answers()
    del said[section]
    case = builders.draft(cast.auntie, places.garden, said=said)
    no = refusal(case, "submit", cast.auntie)
    assert (no.code, no.reason) == ("incomplete", f"还没有填完：{title}")


def test_a_task_with_a_mistake_is_not_finished(cast, places, packs):
    said = builders.answers()
    said["people"]["individual_members"] = "许多"
    case = builders.draft(cast.auntie, places.garden, said=said)
    assert refusal(case, "submit", cast.auntie).reason == "还没有填完：负责人与成员"


def test_every_missing_paper_is_named_at_once(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)
    case.materials.exclude(kind="premises").delete()
    no = refusal(case, "submit", cast.auntie)
    assert no.code == "materials_missing"
    assert "章程" in no.reason and "成员名单" in no.reason and "场所" not in no.reason


def test_a_promise_stands_in_where_it_is_allowed_and_nowhere_else(cast, places, packs):
    case, today = builders.draft(cast.auntie, places.garden), timezone.localdate()
    case.materials.all().delete()
    builders.papers.attach(case, "members", builders.png(), by=cast.auntie)
    for kind in ("charter", "premises"):
        made = papers.promise(case, kind, by=cast.auntie, on=today)
        assert made.promised_by == today + 20 * DAY
    with pytest.raises(Refusal, match="不能容缺") as no:
        papers.promise(case, "members", by=cast.auntie, on=today)
    assert (no.value.code, no.value.field) == ("no_promise", "members")
    assert actions.move(case, "submit", by=cast.auntie).state == "submitted"


def test_a_registration_takes_no_promise_at_all(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden, road="registration")
    for line in papers.checklist(case):
        with pytest.raises(Refusal):
            papers.promise(case, line.paper.kind, by=cast.auntie, on=timezone.localdate())


def test_papers_of_an_application_under_way_are_closed(filing, cast):
    with pytest.raises(Refusal) as no:
        papers.attach(filing, "charter", builders.png(), by=cast.auntie)
    assert no.value.code == "not_editable"


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "zhao", "stranger"])
def test_only_the_applicants_side_hands_in_papers(who, filing, cast):
    case = actions.move(filing, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    with pytest.raises(NotAllowed):
        papers.attach(case, "charter", builders.png(), by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        papers.promise(case, "charter", by=getattr(cast, who), on=timezone.localdate())


# --- rules of the place -------------------------------------------------------------------------------------------


def test_a_rule_that_stopped_being_met_before_the_approval_stops_it(registration, cast):
    data = {"credit_code": builders.credit_code(registration)}
    case = actions.move(registration, "examine", by=cast.zhang, note="齐全", data=data)
    case.answers["people"]["individual_members"] = "3"
    case.save(update_fields=["answers"])
    assert refusal(case, "approve", cast.sun).code == "rules_not_met"


def test_somebody_banned_from_the_office_cannot_lead_a_filed_organisation(reported, cast):
    until = timezone.localdate() + DAY
    OccupationalBan.objects.create(id_index=blind(builders.identity_number()), until=until, basis="法", decided_by="院")
    no = refusal(reported, "record", cast.li, data=dict(builders.GRANT))
    assert no.code == "rules_not_met"
    assert no.clause


def test_a_ban_that_ended_yesterday_bars_nobody(reported, cast):
    until = timezone.localdate() - DAY
    OccupationalBan.objects.create(id_index=blind(builders.identity_number()), until=until, basis="法", decided_by="院")
    assert actions.move(reported, "record", by=cast.li, data=dict(builders.GRANT)).state == "approved"


def test_a_credit_code_in_use_names_its_bearer(registration, cast, places):
    other = builders.organisation(places.village, name="先来协会", kind="registered")
    no = refusal(registration, "examine", cast.zhang, note="齐全", data={"credit_code": other.credit_code})
    assert (no.code, no.field) == ("credit_code_taken", "credit_code")
    assert "先来协会" in no.reason


def test_without_a_credit_code_nothing_is_examined(registration, cast):
    assert refusal(registration, "examine", cast.zhang, note="齐全").code == "credit_code_missing"
    assert not Organisation.objects.exists()
