"""Other bodies are asked in parallel, answer in the portal or on paper, and no decision overtakes them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import calendars, clock
from registry.casework import actions, consent, opinions
from registry.casework.opinions import Question
from registry.models import Notice, Opinion, StoredFile
from registry.scope import Role
from tests import builders

UNIT, OTHER = "河西区卫生健康委员会", "河西区教育局"
SUPERVISING, INDUSTRY = Opinion.Kind.SUPERVISING, Opinion.Kind.INDUSTRY


def adviser(where, unit=UNIT, name="吴姐"):
    found = builders.person(name, Role.ADVISER, where)
    found.offices.update(title=unit)
    return found


@pytest.fixture
def wu(places):
    """吴姐 answers for the supervising unit of the district."""
    return adviser(places.hexi)


@pytest.fixture
def registration(cast, places, packs):
    """Accepted, at the desk of 张科."""
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)


@pytest.fixture
def examined(registration, cast):
    code = builders.credit_code(registration)
    return actions.move(registration, "examine", by=cast.zhang, note="属实", data={"credit_code": code})


def ask(case, by, kind=SUPERVISING, unit=UNIT, **more):
    return opinions.ask(case, by=by, kind=kind, unit=unit, **more)


def test_several_units_are_asked_at_once_each_with_its_own_day(registration, cast, wu):
    asked = [
        Question(SUPERVISING, UNIT, "是否同意", due_days=5),
        Question(INDUSTRY, OTHER, required=False, due_days=15),
    ]
    first, second = opinions.ask_all(registration, asked, by=cast.zhang)
    today = timezone.localdate()
    assert (first.due_on, second.due_on) == tuple(clock.after_working_days(today, days).on for days in (5, 15))
    assert Notice.objects.filter(user=wu, kind="opinion", case=registration).count() == 1
    assert AuditEvent.objects.filter(verb="opinion.ask", subject=f"case:{registration.pk}").count() == 2


def test_one_unit_refused_asks_none_of_them(registration, cast):
    with pytest.raises(Refusal):
        opinions.ask_all(registration, [Question(INDUSTRY, OTHER), Question(SUPERVISING, " ")], by=cast.zhang)
    assert not Opinion.objects.exists()


def test_the_same_question_is_not_open_twice(registration, cast):
    ask(registration, cast.zhang)
    ask(registration, cast.zhang, INDUSTRY)
    with pytest.raises(OutOfTurn, match="正在等待答复"):
        ask(registration, cast.zhang)
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize("who", ["wang", "li", "sun", "zhao", "auntie", "stranger"])
def test_only_the_desk_that_has_the_case_asks(who, registration, cast):
    with pytest.raises(NotAllowed):
        ask(registration, getattr(cast, who))


def test_nobody_asks_about_a_case_that_is_with_the_applicant_or_closed(cast, places, packs, delegation):
    draft = builders.draft(cast.auntie, places.garden)
    returned = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    closed = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    for case in (draft, returned, closed):
        for by in (cast.wang, cast.li):
            with pytest.raises(NotAllowed):
                ask(case, by)


def test_together_the_units_have_forty_five_working_days(registration, cast):
    last = clock.after_working_days(timezone.localdate(), 45).on
    assert ask(registration, cast.zhang, due_days=45).due_on == last
    with pytest.raises(Refusal, match="联合办理") as no:
        ask(registration, cast.zhang, INDUSTRY, due_days=46)
    assert "第四十二条" in no.value.clause


def test_the_joint_limit_runs_from_the_first_question_not_from_the_next(cast, places, packs):
    with time_machine.travel("2026-03-02 09:00+08:00"):
        case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)
        ask(case, cast.zhang)
    limit = clock.after_working_days(dt.date(2026, 3, 2), 45).on
    with time_machine.travel("2026-03-16 09:00+08:00"):
        left = clock.working_days_between(dt.date(2026, 3, 16), limit)
        assert ask(case, cast.zhang, INDUSTRY, due_days=left).due_on == limit
        with pytest.raises(Refusal):
            ask(case, cast.zhang, Opinion.Kind.PARTY, due_days=left + 1)


def test_the_days_are_those_the_county_works(registration, cast, places):
    usual = clock.after_working_days(timezone.localdate(), 5).on
    calendars.override(places.hexi, by=cast.zhang, day=usual, working=False, reason="停电")
    assert ask(registration, cast.zhang, due_days=5).due_on == clock.after_working_days(usual, 1).on


def test_a_decision_waits_for_a_required_answer_and_goes_on_after_it(examined, cast, wu):
    asked = ask(examined, cast.sun)
    with pytest.raises(Refusal, match=UNIT):
        actions.move(examined, "approve", by=cast.sun)
    opinions.answer(asked, by=wu, answer="agree", text="")
    assert actions.move(examined, "approve", by=cast.sun).state == "approved"


def test_an_answer_that_is_not_required_and_a_withdrawn_question_hold_nothing_up(examined, cast, wu):
    ask(examined, cast.sun, INDUSTRY, OTHER, required=False)
    opinions.withdraw(ask(examined, cast.sun), by=cast.sun, reason="已当面沟通")
    assert actions.move(examined, "approve", by=cast.sun).state == "approved"


def test_a_supervising_unit_that_disagrees_blocks_in_its_own_words_until_it_is_asked_again(examined, cast, wu):
    opinions.answer(ask(examined, cast.sun), by=wu, answer="disagree", text="业务范围与章程不符")
    with pytest.raises(Refusal, match="业务范围与章程不符"):
        actions.move(examined, "approve", by=cast.sun)
    opinions.answer(ask(examined, cast.sun), by=wu, answer="agree", text="章程已改")
    assert actions.move(examined, "approve", by=cast.sun).state == "approved"


def test_any_other_unit_that_disagrees_is_heard_and_does_not_decide(examined, cast, wu):
    opinions.answer(ask(examined, cast.sun, INDUSTRY), by=wu, answer="disagree", text="同类组织较多")
    assert actions.move(examined, "approve", by=cast.sun).state == "approved"


def test_filing_waits_for_a_required_answer_too(cast, places, packs, delegation, wu):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    asked = ask(case, cast.li)
    with pytest.raises(Refusal, match="还在等待答复"):
        actions.move(case, "record", by=cast.li, data=builders.GRANT)
    opinions.answer(asked, by=wu, answer="agree", text="")
    assert actions.move(case, "record", by=cast.li, data=builders.GRANT).state == "approved"


def test_only_officers_of_the_unit_over_the_place_answer(registration, cast, places, wu):
    asked = ask(registration, cast.zhang)
    elsewhere, another = adviser(places.heping), adviser(places.hexi, OTHER)
    for by in (elsewhere, another, cast.zhang, cast.sun, cast.auntie):
        with pytest.raises(NotAllowed):
            opinions.answer(asked, by=by, answer="agree", text="")
    assert opinions.answer(asked, by=wu, answer="agree", text="").answered_by == wu


def test_an_office_that_ended_answers_nothing(registration, cast, wu):
    asked = ask(registration, cast.zhang)
    wu.offices.update(ends=timezone.localdate())
    with pytest.raises(NotAllowed):
        opinions.answer(asked, by=wu, answer="agree", text="")


def test_two_clicks_and_two_colleagues_give_one_answer(registration, cast, places, wu):
    asked, colleague = ask(registration, cast.zhang), adviser(places.hexi, name="郑姐")
    opinions.answer(asked, by=wu, answer="agree", text="")
    for by in (wu, colleague):
        with pytest.raises(OutOfTurn):
            opinions.answer(asked, by=by, answer="disagree", text="不同意")
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("agree", wu)
    assert Notice.objects.filter(user=cast.zhang, key=f"opinion:{asked.pk}:answered").count() == 1


@pytest.mark.parametrize(("answer", "text"), [("", "x"), ("maybe", "x"), ("disagree", " "), ("conditional", "")])
def test_an_answer_says_what_it_means_and_why(answer, text, registration, cast, wu):
    with pytest.raises(Refusal):
        opinions.answer(ask(registration, cast.zhang), by=wu, answer=answer, text=text)


def test_a_paper_is_recorded_by_the_desk_that_asked_with_its_number(registration, cast):
    asked = ask(registration, cast.zhang)
    with pytest.raises(NotAllowed):
        opinions.record(asked, by=cast.wang, answer="agree", text="", paper=builders.png())
    with pytest.raises(Refusal, match="上传"):
        opinions.record(asked, by=cast.zhang, answer="agree", text="", paper=None)
    kept = opinions.record(
        asked, by=cast.zhang, answer="agree", text="", paper=builders.png(), paper_number="河卫函〔2026〕5号"
    )
    assert kept.paper == StoredFile.objects.get(pk=kept.paper_id) and kept.paper_number == "河卫函〔2026〕5号"
    assert (kept.answer, kept.answered_by) == ("agree", cast.zhang)


def test_what_is_no_paper_is_refused_and_the_question_stays_open(registration, cast):
    asked = ask(registration, cast.zhang)
    with pytest.raises(Refusal):
        opinions.record(
            asked, by=cast.zhang, answer="agree", text="", paper=builders.SimpleUploadedFile("a.pdf", b"MZ")
        )
    assert Opinion.objects.open().get() == asked


def test_a_closed_case_takes_no_answer(examined, cast, wu):
    asked = ask(examined, cast.sun, required=False)
    actions.move(examined, "approve", by=cast.sun)
    with pytest.raises(OutOfTurn):
        opinions.answer(asked, by=wu, answer="agree", text="")


@pytest.mark.parametrize(("answer", "given"), [("agree", True), ("conditional", False), ("disagree", False)])
def test_only_a_plain_yes_of_the_supervising_unit_is_a_consent(answer, given, registration, cast, wu):
    opinions.answer(ask(registration, cast.zhang, INDUSTRY), by=wu, answer="agree", text="")
    assert not consent.consented(registration)
    opinions.answer(ask(registration, cast.zhang), by=wu, answer=answer, text="限期整改")
    assert consent.consented(registration) is given


@pytest.fixture
def dual(cast, places, packs):
    """A class of organisation that needs a supervising unit, handed in without its paper."""
    said = builders.registration_answers(category="culture_sports")
    case = builders.draft(cast.auntie, places.garden, road="registration", said=said)
    return actions.move(case, "submit", by=cast.auntie)


def test_agreement_in_the_portal_stands_for_the_paper_under_dual_management(dual, cast, wu):
    assert dual.receipt["regime"] == "dual"
    with pytest.raises(Refusal, match="业务主管单位"):
        actions.move(dual, "accept", by=cast.zhang)
    opinions.answer(ask(dual, cast.zhang), by=wu, answer="agree", text="同意作为业务主管单位")
    case = actions.move(dual, "accept", by=cast.zhang)
    code = builders.credit_code(case)
    case = actions.move(case, "examine", by=cast.zhang, note="属实", data={"credit_code": code})
    assert actions.move(case, "approve", by=cast.sun).state == "approved"


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 1)])
def test_the_last_day_is_in_time_and_a_reminder_is_told_once(days, late, registration, cast, wu):
    asked = ask(registration, cast.zhang)
    for _ in range(2):
        assert opinions.remind(asked.due_on + dt.timedelta(days=days)) == late
    told = Notice.objects.filter(key=f"opinion:{asked.pk}:late").values_list("user", flat=True)
    assert set(told) == ({wu.pk, cast.zhang.pk} if late else set())


def test_nobody_is_reminded_of_what_is_answered_withdrawn_or_closed(examined, cast, wu):
    opinions.answer(ask(examined, cast.sun), by=wu, answer="agree", text="")
    opinions.withdraw(ask(examined, cast.sun, INDUSTRY), by=cast.sun)
    ask(examined, cast.sun, Opinion.Kind.PARTY, required=False)
    actions.move(examined, "approve", by=cast.sun)
    assert opinions.remind(timezone.localdate() + dt.timedelta(days=300)) == 0
