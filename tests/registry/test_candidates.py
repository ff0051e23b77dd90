"""The ledger of candidates: suggested by night, proposed and vouched for by people, left with a certificate."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.candidates import acts, figures, night
from registry.casework import actions
from registry.models import Attestation, Candidate, Support
from registry.scope import Role
from tests import builders

TODAY, DAY = timezone.localdate, dt.timedelta(days=1)
NEAR = {  # all a filing can tell is in order; form and capital are settled when applying
    "category": "elderly_care",
    "individual_members": 60,
    "premises": "own",
    "post_reachable": True,
    "larger_scale": True,
    "operates_normally": True,
    "party_organisation": "fallback",
}


@pytest.fixture
def near(places, packs):
    return builders.organisation(places.garden, **NEAR)


def nominated(organisation, cast):
    return acts.nominate(organisation, by=cast.wang, on=TODAY())


def vouched(organisation, cast):
    found = nominated(organisation, cast)
    for criterion in Attestation.Criterion:
        acts.attest(found, criterion, "走访台账第 3 页", by=cast.li)
    return found


def listed(organisation, cast, *, on=None):
    return acts.list_(vouched(organisation, cast), by=cast.zhang, on=on or TODAY())


def only():
    return Candidate.objects.get()


def test_from_proposal_to_listing_each_by_a_person(near, cast):
    found = listed(near, cast)
    found = Candidate.objects.get(pk=found.pk)
    assert (found.stage, found.nominated_by, found.listed_by, found.listed_on) == (
        "listed", cast.wang, cast.zhang, TODAY())  # fmt: skip
    assert found.review_due == TODAY() + 180 * DAY and found.demonstration
    assert [one.by for one in found.attestations.all()] == [cast.li] * 3
    told = AuditEvent.objects.filter(subject=f"candidate:{found.pk}").order_by("id").values_list("verb", flat=True)
    assert list(told) == ["candidate.nominate", *["candidate.attest"] * 3, "candidate.list"]


def test_a_suggestion_becomes_the_nomination_and_no_second_row(near, cast):
    night.reassess(TODAY())
    assert nominated(near, cast) == nominated(near, cast) == only()
    assert (only().stage, only().suggested_on, only().nominated_on) == ("nominated", TODAY(), TODAY())


@pytest.mark.parametrize("lacking", list(Attestation.Criterion))
def test_listing_needs_every_criterion_and_names_the_one_that_lacks(lacking, near, cast):
    vouched(near, cast).attestations.filter(criterion=lacking).delete()
    with pytest.raises(Refusal, match=lacking.label) as no:
        acts.list_(only(), by=cast.zhang, on=TODAY())
    assert "三（三）" in no.value.clause


def test_a_criterion_is_vouched_for_by_one_person_who_may_put_it_better(near, cast):
    found = nominated(near, cast)
    acts.attest(found, "scale", "60 名成员", by=cast.li)
    acts.attest(found, "scale", "62 名成员", by=cast.li)
    with pytest.raises(OutOfTurn, match="老李"):
        acts.attest(found, "scale", "很大", by=cast.chen)
    assert found.attestations.get().evidence == "62 名成员"
    for criterion, evidence in (("scale", " "), ("nonsense", "x")):
        with pytest.raises(Refusal):
            acts.attest(found, criterion, evidence, by=cast.li)


def test_whoever_proposed_it_does_not_list_it(near, cast, places):
    both = builders.person("小赵", Role.STREET, places.street)
    builders.Office.objects.create(user=both, role=Role.DISTRICT, place=places.hexi, starts=builders.SINCE)
    found = acts.nominate(near, by=both, on=TODAY())
    for criterion in Attestation.Criterion:
        acts.attest(found, criterion, "属实", by=cast.li)
    with pytest.raises(NotAllowed) as no:
        acts.list_(found, by=both, on=TODAY())
    assert no.value.code == "four_eyes"


WRONG = {
    "nominate": ("zhang", "sun", "zhao", "auntie", "stranger"),
    "attest": ("sun", "zhao", "auntie", "stranger"),
    "list_": ("wang", "li", "sun", "zhao", "auntie", "stranger"),
    "plan": ("wang", "sun", "zhao", "auntie", "stranger"),
    "review": ("wang", "li", "sun", "auntie", "stranger"),
    "demonstrate": ("wang", "li", "sun", "auntie", "stranger"),
    "remove": ("wang", "li", "sun", "auntie", "stranger"),
    "apply": ("sun", "zhao", "auntie", "stranger"),
}


@pytest.mark.parametrize("act", WRONG)
def test_wrong_people_and_people_of_another_place_do_nothing(act, near, cast):
    if act == "nominate":
        found = None
    elif act in ("attest", "list_"):
        found = vouched(near, cast)
    else:
        found = listed(near, cast)
    before = list(Candidate.objects.values())
    said = {
        "nominate": lambda by: acts.nominate(near, by=by, on=TODAY()),
        "attest": lambda by: acts.attest(found, "scale", "大", by=by),
        "list_": lambda by: acts.list_(found, by=by, on=TODAY()),
        "plan": lambda by: acts.plan(found, by=by, kind="support", plan="培训", planned_on=TODAY()),
        "review": lambda by: acts.review(found, by=by, on=TODAY(), finding="正常"),
        "demonstrate": lambda by: acts.demonstrate(found, by=by, on=False),
        "remove": lambda by: acts.remove(found, by=by, on=TODAY(), reason="解散"),
        "apply": lambda by: acts.apply(near, by=by),
    }[act]
    for who in WRONG[act]:
        with pytest.raises(NotAllowed):
            said(getattr(cast, who))
    assert list(Candidate.objects.values()) == before and not Support.objects.exists()


def test_each_act_has_its_stage(near, cast):
    found = nominated(near, cast)
    for act in (
        lambda: acts.plan(found, by=cast.li, kind="support", plan="培训", planned_on=TODAY()),
        lambda: acts.review(found, by=cast.zhang, on=TODAY(), finding="正常"),
        lambda: acts.demonstrate(found, by=cast.zhang, on=True),
    ):
        with pytest.raises(OutOfTurn, match="已提名"):
            act()
    for criterion in Attestation.Criterion:
        acts.attest(found, criterion, "属实", by=cast.li)
    acts.list_(found, by=cast.zhang, on=TODAY())
    for act in (
        lambda: acts.list_(found, by=cast.zhang, on=TODAY()),  # the second click
        lambda: acts.attest(found, "scale", "更大", by=cast.li),
    ):
        with pytest.raises(OutOfTurn, match="已列入台账"):
            act()


def test_a_plan_has_lines_each_done_once_with_an_outcome(near, cast):
    found = listed(near, cast)
    line = acts.plan(found, by=cast.li, kind="support", plan="负责人培训", planned_on=TODAY() + 30 * DAY)
    acts.plan(found, by=cast.zhang, kind="supervision", plan="走访", planned_on=TODAY())
    with pytest.raises(Refusal):
        acts.done(line, by=cast.li, on=TODAY(), outcome=" ")
    acts.done(line, by=cast.li, on=TODAY(), outcome="参加 2 人")
    with pytest.raises(OutOfTurn):
        acts.done(line, by=cast.zhang, on=TODAY(), outcome="没有参加")
    assert Support.objects.get(pk=line.pk).outcome == "参加 2 人"


@pytest.mark.parametrize(("days", "due"), [(179, 0), (180, 1), (181, 1)])
def test_a_review_falls_due_after_half_a_year_and_anew_after_each(days, due, near, cast):
    found = listed(near, cast)
    day = TODAY() + days * DAY
    assert figures.figures(Candidate.objects.all(), day).due == due
    acts.review(found, by=cast.zhang, on=day, finding="活动正常")
    assert figures.figures(Candidate.objects.all(), day).due == 0
    assert only().review_due == day + 180 * DAY


def test_before_listing_the_street_takes_it_off_afterwards_only_the_district(near, cast):
    found = nominated(near, cast)
    with pytest.raises(Refusal):
        acts.remove(found, by=cast.li, on=TODAY(), reason="")
    acts.remove(found, by=cast.li, on=TODAY(), reason="负责人不愿意")
    again = listed(near, cast)
    assert again.pk != found.pk
    acts.remove(again, by=cast.zhang, on=TODAY(), reason="长期没有活动")
    with pytest.raises(OutOfTurn):
        acts.remove(again, by=cast.zhang, on=TODAY(), reason="长期没有活动")


def test_applying_opens_the_registration_and_the_ledger_follows(near, cast):
    listed(near, cast)
    case = acts.apply(near, by=cast.zhang)
    assert (only().stage, only().case, case.kind) == ("applying", case, "registration")
    assert acts.apply(near, by=cast.zhang) == case and only().case == case
    with pytest.raises(OutOfTurn):
        acts.remove(only(), by=cast.zhang, on=TODAY(), reason="等待办理")


def test_applying_without_a_row_in_the_ledger_is_no_mistake(near, cast):
    acts.apply(near, by=cast.zhang)
    assert not Candidate.objects.exists()


def test_an_approved_registration_leaves_the_ledger_in_the_same_act(near, cast):
    listed(near, cast)
    case = acts.apply(near, by=cast.zhang)
    said = builders.registration_answers()
    case.answers, case.sealed, case.name = said, builders.sealed(), said["organisation"]["name"]
    case.save()
    for line in builders.papers.checklist(case):
        if line.lacking:
            builders.papers.attach(case, line.paper.kind, builders.png(), by=cast.zhang)
    case = actions.move(case, "submit", by=cast.zhang)
    accepted = actions.move(case, "accept", by=cast.zhang)
    other = builders.person("钱科", Role.DISTRICT, case.place.parent.parent)
    code = builders.credit_code(accepted)
    actions.move(accepted, "examine", by=other, note="属实", data={"credit_code": code})
    actions.move(accepted, "approve", by=cast.sun)
    assert (only().stage, only().case, only().closed_on) == ("registered", case, TODAY())
