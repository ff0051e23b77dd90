"""Corrections: where they go on, what a second notice has to say, and how a notice is called back."""

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry.casework import actions, corrections, kinds, mending, papers
from registry.models import Case, Defect, Step
from tests import builders

NAME = builders.DEFECT
ADDRESS = {"section": "organisation", "field": "address", "label": "场所地址", "reason": "写到门牌号"}
LIST = {"section": "materials", "field": "members", "label": "成员名单", "reason": "照片不清楚"}
CAPITAL = {"section": "organisation", "field": "capital", "label": "注册资金（元）", "reason": "与验资报告不一致"}
NOTICE = {"section": "conditions", "field": "public_notice_done", "label": "是否已公示", "reason": "写明"}


def save(case, key, **said):
    case = Case.objects.get(pk=case.pk)
    section = kinds.of(case.kind).section(key)
    return actions.save_section(case, section, case.answers[key] | said, by=case.opened_by)


def again(case):
    return actions.move(case, "submit", by=case.opened_by)


def unlocked(case):
    return mending.unlock(case, by=case.opened_by)


@pytest.fixture
def reported(cast, places, packs, delegation):
    """A filing that waits for the street."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)


@pytest.fixture
def back(reported, cast):
    """Given back by the street, which questions name and list of members."""
    return actions.move(reported, "return", by=cast.li, data={"defects": [NAME, LIST]})


@pytest.fixture
def consented(cast, places, packs):
    """A registration in a place where the street consents first."""
    case = builders.draft(cast.auntie, places.garden, road="registration")
    Case.objects.filter(pk=case.pk).update(variant="street_consent")
    case = actions.move(case, "submit", by=cast.auntie)
    return actions.move(case, "consent", by=cast.li, note="同意")


# --- where it goes on ---------------------------------------------------------------------------------------------


def test_every_hand_in_keeps_a_snapshot_and_nothing_else_does(reported):
    kept = {step.verb: "snapshot" in step.data for step in reported.steps.all()}
    assert kept == {"submit": True, "review": False, "report": False}


def test_what_was_questioned_and_nothing_else_goes_on_at_the_desk_that_asked(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    assert (case.state, case.steps.last().target) == ("reported", "reported")
    assert actions.move(case, "record", by=cast.li, data=dict(builders.GRANT)).state == "approved"


def test_less_than_was_questioned_goes_on_there_too(back):
    papers.attach(back, "members", builders.picture(), by=back.opened_by)
    assert again(back).state == "reported"


def test_anything_besides_goes_to_the_first_desk(back):
    case = save(unlocked(back), "organisation", name="晨光舞蹈队")
    case = save(case, "people", individual_members="30")
    assert again(case).state == "submitted"


def test_what_a_later_desk_examines_goes_to_that_desk(consented, cast):
    case = actions.move(consented, "return", by=cast.zhang, data={"defects": [NAME]})
    case = save(unlocked(case), "conditions", charter_values="no")
    assert again(case).state == "consented"


def test_what_the_first_desk_examines_too_goes_to_the_first_desk(consented, cast):
    case = actions.move(consented, "return", by=cast.zhang, data={"defects": [NOTICE]})
    case = save(unlocked(case), "organisation", activities="换了内容")
    case = save(case, "conditions", charter_values="no")
    assert again(case).state == "submitted"


def test_no_desk_is_jumped_over(consented, cast):
    """Given back by the street, a change in what the county examines still goes to the street first."""
    Case.objects.filter(pk=consented.pk).update(state="submitted")
    case = actions.move(consented, "return_street", by=cast.li, data={"defects": [NAME]})
    case = save(unlocked(case), "conditions", charter_values="no")
    assert again(case).state == "submitted"


def test_nothing_changed_is_refused_in_words(back):
    with pytest.raises(Refusal, match="还没有改动任何内容") as no:
        again(back)
    assert no.value.code == "nothing_changed"
    back.refresh_from_db()
    assert back.state == "returned"


def test_the_first_reviewer_still_does_not_decide_after_a_resume(back, cast, places):
    places.street.offices.create(user=cast.wang, role="street", starts=builders.SINCE)
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    with pytest.raises(NotAllowed, match="另一位同事"):
        actions.move(case, "record", by=cast.wang, data=dict(builders.GRANT))


def test_whoever_handed_in_first_does_not_decide_after_somebody_else_corrected(cast, places, packs, delegation):
    case = actions.move(builders.draft(cast.li, places.garden), "submit", by=cast.li)
    for verb in ("review", "report"):
        case = actions.move(case, verb, by=cast.wang, note="属实")
    case = actions.move(case, "return", by=cast.chen, data={"defects": [NAME]})
    section = kinds.of("filing").section("organisation")
    case = actions.save_section(case, section, case.answers["organisation"] | {"name": "晨光舞蹈队"}, by=cast.wang)
    case = actions.move(case, "submit", by=cast.wang)
    assert case.state == "reported"
    with pytest.raises(NotAllowed, match="另一位同事"):
        actions.move(case, "record", by=cast.li, data=dict(builders.GRANT))


def test_a_case_from_before_snapshots_goes_to_the_first_desk(back):
    Step.objects.filter(case=back).update(data={})
    assert again(save(back, "organisation", name="晨光舞蹈队")).state == "submitted"


# --- what may be changed ------------------------------------------------------------------------------------------


def test_only_what_was_questioned_is_taken_until_the_rest_is_unlocked(back):
    case = save(back, "organisation", name="晨光舞蹈队", activities="偷偷改的")
    assert (case.name, case.answers["organisation"]["activities"]) == ("晨光舞蹈队", "组织居民排练和演出")
    case = save(case, "people", leader_name="别人", leader_phone="13911111111")
    assert (case.answers["people"]["leader_name"], case.sealed["leader_phone"]) == ("刘桂兰", "13900000000")
    case = save(unlocked(case), "people", leader_name="别人")
    assert case.answers["people"]["leader_name"] == "别人"


def test_an_answer_that_no_longer_fits_may_be_changed_too(reported, cast):
    premises = {"section": "organisation", "field": "premises", "label": "活动场所", "reason": "核对"}
    said = reported.answers["organisation"] | {"premises": "none", "address": ""}
    Case.objects.filter(pk=reported.pk).update(answers=reported.answers | {"organisation": said})
    case = actions.move(reported, "return", by=cast.li, data={"defects": [premises]})
    case = save(case, "organisation", premises="shared", address="新地址")
    assert case.answers["organisation"]["address"] == ""
    case = save(case, "organisation", address="新地址")
    assert case.answers["organisation"]["address"] == "新地址"


def test_a_paper_that_was_not_questioned_stays_as_it_is(back):
    with pytest.raises(OutOfTurn, match="没有要求修改"):
        papers.attach(back, "charter", builders.picture(), by=back.opened_by)
    with pytest.raises(OutOfTurn):
        papers.promise(back, "premises", by=back.opened_by, on=timezone.localdate())
    papers.attach(unlocked(back), "charter", builders.picture(), by=back.opened_by)


def test_what_was_unlocked_is_shut_again_by_the_next_notice(back, cast):
    case = again(save(unlocked(back), "organisation", name="晨光舞蹈队"))
    case = actions.move(case, "return", by=cast.li, data={"defects": [NAME], "why": "名称仍有重复"})
    assert corrections.questioned(case) == {("organisation", "name")}


def test_only_the_applicants_side_unlocks_and_only_a_case_given_back(back, reported, cast):
    with pytest.raises(NotAllowed):
        mending.unlock(back, by=cast.li)
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    with pytest.raises(OutOfTurn):
        mending.unlock(case, by=cast.auntie)


# --- a second notice ----------------------------------------------------------------------------------------------


def test_a_first_notice_needs_no_reason_and_is_not_late(back):
    assert set(Defect.objects.values_list("untold", flat=True)) == {False}


def test_a_second_notice_on_what_could_have_been_told_before_says_why_and_counts(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    with pytest.raises(Refusal, match="场所地址") as no:
        actions.move(case, "return", by=cast.li, data={"defects": [ADDRESS, NAME]})
    assert (no.value.code, no.value.field) == ("why_missing", "why")
    assert "组织名称" not in no.value.reason
    case = actions.move(case, "return", by=cast.li, data={"defects": [ADDRESS, NAME], "why": "上次漏看"})
    told = case.steps.last()
    assert told.data["why"] == "上次漏看"
    assert dict(told.defects.values_list("field", "untold")) == {"address": True, "name": False}


def test_what_was_told_and_is_still_wrong_needs_a_reason_but_is_not_late(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    with pytest.raises(Refusal, match="成员名单"):
        actions.move(case, "return", by=cast.li, data={"defects": [LIST]})
    case = actions.move(case, "return", by=cast.li, data={"defects": [LIST], "why": "上次已指出，没有改"})
    assert not case.steps.last().defects.get().untold


def test_what_changed_since_is_free_to_be_questioned(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    assert actions.move(case, "return", by=cast.li, data={"defects": [NAME]}).state == "returned"


def test_late_notices_are_counted_by_office_and_not_by_person(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    actions.move(case, "return", by=cast.li, data={"defects": [ADDRESS, LIST], "why": "上次漏看"})
    told = corrections.told_late(Defect.objects.all(), timezone.localdate())
    assert told == {("120103001000", "street"): 1}
    assert corrections.told_late(Defect.objects.all(), timezone.localdate() + builders.dt.timedelta(1)) == {}


# --- called back --------------------------------------------------------------------------------------------------


def test_the_desk_that_wrote_a_notice_calls_it_back_to_where_the_case_was(back, cast):
    case = actions.move(back, "recall_street", by=cast.chen, note="看错了")
    assert case.state == "reported"
    assert [step.verb for step in case.steps.all()][-2:] == ["return", "recall_street"]
    assert case.steps.get(verb="return").defects.count() == 2


def test_another_desk_does_not_call_it_back_and_has_no_button_for_it(back, cast):
    with pytest.raises(NotAllowed, match="另一个环节"):
        actions.move(back, "recall", by=cast.wang)
    assert "recall" not in {move.verb for move in actions.allowed(back, cast.wang)}
    assert "recall_street" in {move.verb for move in actions.allowed(back, cast.li)}


def test_a_notice_that_is_being_followed_is_not_called_back(back, cast):
    save(back, "organisation", name="晨光舞蹈队")
    with pytest.raises(Refusal, match="已经按通知开始修改"):
        actions.move(back, "recall_street", by=cast.li)


def test_a_notice_that_was_called_back_counts_as_never_sent(back, cast):
    case = actions.move(back, "recall_street", by=cast.li)
    case = actions.move(case, "return", by=cast.li, data={"defects": [ADDRESS]})
    assert not case.steps.last().defects.get().untold


def test_nobody_waits_for_a_notice_to_be_called_back(back, cast):
    for role in ("street", "community"):
        assert not Case.objects.filter(actions.waiting_on(role), pk=back.pk).exists()


# --- what there is to read ----------------------------------------------------------------------------------------


def test_the_desk_reads_point_by_point_what_was_done(back):
    case = save(unlocked(back), "organisation", name="晨光舞蹈队", activities="合唱")
    found = corrections.latest(again(case))
    points = {point.defect.label: point.change and point.change.after for point in found.points}
    assert points == {"组织名称": "晨光舞蹈队", "成员名单": None}
    assert [(one.label, one.after) for one in found.besides] == [("主要活动", "合唱")]
    assert not found.resumed


def test_a_case_that_was_never_corrected_has_nothing_to_compare(reported):
    assert corrections.latest(reported) is None
    assert corrections.changes(reported) == {}


def test_the_history_finds_what_each_correction_changed(back, cast):
    case = again(save(back, "organisation", name="晨光舞蹈队"))
    told = corrections.changes(case)
    assert {pk: [one.label for one in found] for pk, found in told.items()} == {case.steps.last().pk: ["组织名称"]}


def test_a_promised_paper_that_was_questioned_and_brought_is_a_correction(cast, places, packs, delegation):
    case = builders.draft(cast.auntie, places.garden)
    papers.promise(case, "premises", by=cast.auntie, on=timezone.localdate())
    asked = {"section": "materials", "field": "premises", "label": "活动场所使用证明", "reason": "现在就要"}
    case = actions.move(builders.walk(case, cast, moves=1), "send_back", by=cast.wang, data={"defects": [asked]})
    papers.deliver_owed(case, "premises", builders.png(), by=cast.auntie)
    assert again(case).state == "submitted"
