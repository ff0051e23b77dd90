"""Assignments: opened where a target will be missed, once, answered by the street, closed with a reason."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent, RunRecord
from registry.models import Jurisdiction, Notice, Office
from registry.scope import Role
from supervision import actions, assigning, prospects
from supervision.boards.experience import Experience
from supervision.boards.outlook import outlook, sought
from supervision.models import Assignment
from tests.supervision import cases_scene, scene

ON = dt.date(2020, 6, 1)
DUE = dt.date(2020, 12, 31)
NEXT = ON + dt.timedelta(days=1)
OPEN_TARGETS = ["JL.p09", "JL.r2020", "JL.u2020"]
pytestmark = pytest.mark.usefixtures("jilin")


def night(on=ON):
    actions.night(on)
    return assigning.assign(on)


def standing(code=scene.STREET):
    return {one.parameter: one for one in Assignment.objects.open().filter(place_code=code)}


def look(code=scene.STREET, name="JL.u2020", on=ON):
    place = Jurisdiction.objects.get(code=code)
    return outlook(place, sought(place, name), on)


@pytest.fixture
def people():
    made = {
        Role.STREET: scene.person(Role.STREET, scene.STREET, "老李"),
        Role.DISTRICT: scene.person(Role.DISTRICT, scene.COUNTY, "张科"),
        Role.COMMUNITY: scene.person(Role.COMMUNITY, "220202001001", "小王"),
    }
    Office.objects.update(starts=scene.FOUNDED)
    return made


@pytest.fixture
def opened(people):
    return assigning.open_by_hand(look(), by=people[Role.DISTRICT])


def test_the_night_opens_what_will_be_missed_at_each_street_with_its_number():
    found = night()
    assert (found.state, found.opened) == ("done", 5)
    told = {name: (one.needed, one.due, one.clause) for name, one in standing().items()}
    assert told == {"JL.u2020": (21, DUE, "一（三）"), "JL.r2020": (6, DUE, "一（三）"), "JL.p09": (1, DUE, "一（三）")}
    assert sorted(standing(scene.NEXT_STREET)) == ["JL.p09", "JL.u2020"]


def test_neither_the_national_line_nor_what_is_over_nor_a_county_is_assigned():
    night()
    assert {one.parameter for one in Assignment.objects.all()} == set(OPEN_TARGETS)
    assert {one.place_code for one in Assignment.objects.all()} == {scene.STREET, scene.NEXT_STREET}


def test_cases_that_will_do_leave_nothing_to_assign():
    cases_scene.experience("220202002001", granted=100, days=5, until=dt.date(2020, 3, 1))
    cases_scene.cases(scene.NEXT_STREET, 1, since=dt.date(2020, 5, 20), said={"hub_type": "federation"})
    night()
    assert "JL.p09" not in standing(scene.NEXT_STREET) and "JL.p09" in standing()


def test_cases_nobody_can_judge_leave_the_night_silent():
    cases_scene.cases("220202001001", 1, since=dt.date(2020, 5, 20))
    night()
    assert "JL.u2020" not in standing() and "JL.u2020" in standing(scene.NEXT_STREET)


def test_a_county_target_falls_on_the_streets_that_have_least():
    on = dt.date(2019, 6, 1)
    scene.organisation("220202001201").standings.update(ends=on)
    scene.place("220202002201", "西街村", "rural")
    for number in (204, 205, 206, 207):
        scene.place(f"220202001{number}", f"乡村{number}", "rural")
    night(on)
    told = {one.place_code: one for one in Assignment.objects.filter(parameter="JL.p08")}
    assert {code: one.needed for code, one in told.items()} == {scene.STREET: 1, scene.NEXT_STREET: 1}
    assert told[scene.STREET].forecast["gap"] == 2  # the county's: three of eight, one is there


def test_twice_in_a_night_is_once():
    night()
    before = list(Assignment.objects.values())
    assert assigning.assign(ON).state == "already"
    RunRecord.objects.filter(name=assigning.ROUND).delete()
    again = assigning.assign(ON)
    assert (again.opened, again.updated, again.closed) == (0, 0, 0)
    assert list(Assignment.objects.values()) == before


def test_the_round_waits_for_the_judgements_of_the_night():
    assert assigning.assign(ON).state == "waiting"
    assert not Assignment.objects.exists()
    night(NEXT)
    actions.night(ON)
    assert assigning.assign(ON).state == "already"  # a day before the last round changes nothing


def test_the_number_follows_the_forecast():
    night()
    for _ in range(3):
        scene.organisation("220202001004", since=NEXT)
    assert night(NEXT).updated == 1
    assert (standing()["JL.u2020"].needed, standing()["JL.u2020"].opened_on) == (18, ON)


def test_what_the_cases_will_make_good_stays_open_until_it_is_reached():
    night()
    cases_scene.experience("220202002001", granted=100, days=5, until=dt.date(2020, 3, 1))
    cases_scene.cases(scene.STREET, 1, since=ON, said={"hub_type": "federation"})
    night(NEXT)
    assert standing()["JL.p09"].needed == 0
    scene.hub(scene.STREET, hub_type="federation", since=NEXT)
    night(NEXT + dt.timedelta(days=1))
    ended = Assignment.objects.get(place_code=scene.STREET, parameter="JL.p09")
    assert (ended.state, ended.reason) == ("closed", assigning.REACHED)
    assert ended.closed_on == NEXT + dt.timedelta(days=1)


@pytest.mark.parametrize(("on", "left"), [(DUE, 5), (DUE + dt.timedelta(days=1), 0)])
def test_after_the_due_day_it_is_over_and_says_so(on, left):
    night()
    night(on)
    assert Assignment.objects.open().count() == left
    if not left:
        assert {one.reason for one in Assignment.objects.all()} == {"期限已过（2020年12月31日）"}


def test_a_street_that_is_gone_is_asked_for_nothing():
    night()
    Jurisdiction.objects.filter(code=scene.NEXT_STREET).update(ends=NEXT)
    night(NEXT)
    gone = Assignment.objects.filter(place_code=scene.NEXT_STREET)
    assert {one.reason for one in gone} == {assigning.GONE} and standing()


def test_the_people_of_the_street_are_told_once_and_nobody_else(people):
    night()
    night(NEXT)
    told = Notice.objects.filter(key__startswith="assignment:")
    assert {one.user for one in told} == {people[Role.STREET]}
    assert told.count() == 3 and all(one.text.startswith("新的交办：") for one in told)
    assert told[0].url.startswith("/boards/assignments/")


def test_the_trail_says_what_a_round_did():
    night()
    assert AuditEvent.objects.get(verb="assignment.round").summary == "交办 5 项，更新 0 项，结束 0 项"


def test_a_night_asks_no_more_for_more_streets_and_keeps_only_a_province():
    def cost():
        with CaptureQueriesContext(connection) as found:
            prospects.foresee("220000000000", prospects.Agenda(ON), Experience(ON))
        return len(found)

    cases_scene.experience("220202002001", until=dt.date(2020, 3, 1))
    cases_scene.cases("220202001001", 1, since=dt.date(2020, 5, 20))
    actions.night(ON)
    few = cost()
    for number in range(10, 40):
        scene.place(f"220202{number:03d}000", f"街道{number}")
        scene.place(f"220202{number:03d}001", f"社区{number}", "urban")
        cases_scene.cases(f"220202{number:03d}001", 1, since=dt.date(2020, 5, 20))
    actions.night(ON, again=True)
    assert cost() == few <= 12
    assert len(prospects.foresee("220000000000", prospects.Agenda(ON), Experience(ON))) > 60


def test_an_officer_opens_one_by_hand_and_a_second_click_opens_nothing(opened, people):
    assert (opened.needed, opened.opened_by) == (21, people[Role.DISTRICT])
    assert assigning.open_by_hand(look(), by=people[Role.DISTRICT]) == opened
    assert Assignment.objects.count() == 1
    assert AuditEvent.objects.filter(verb="assignment.open").count() == 1
    assert Notice.objects.filter(user=people[Role.STREET], key=f"assignment:{opened.pk}:open").exists()


def test_the_night_goes_on_with_what_was_opened_by_hand(opened):
    assert night().opened == 4
    assert standing()["JL.u2020"] == opened


@pytest.mark.parametrize("role", [Role.STREET, Role.COMMUNITY])
def test_only_the_district_opens_and_closes(role, people, opened):
    with pytest.raises(NotAllowed):
        assigning.open_by_hand(look(scene.STREET, "JL.p09"), by=people[role])
    with pytest.raises(NotAllowed):
        assigning.close(opened, by=people[role], on=ON, reason="已经补足")


@pytest.mark.parametrize(
    ("code", "name", "on", "words"),
    [
        (scene.COUNTY, "JL.u2020", ON, "只能交办给街道"),
        (scene.STREET, "JL.u2019", ON, "期限未到"),
        (scene.STREET, "JL.p07", dt.date(2019, 6, 1), "没有差额"),
    ],
)
def test_what_cannot_be_assigned_is_refused_with_its_reason(code, name, on, words, people):
    with pytest.raises(Refusal, match=words):
        assigning.open_by_hand(look(code, name, on), by=people[Role.DISTRICT])


def test_the_street_answers_in_writing_and_may_say_it_better(opened, people):
    said = assigning.answer(opened, by=people[Role.STREET], text=" 六月底前备案五家 ")
    assert (said.state, said.answer, said.answered_by) == ("answered", "六月底前备案五家", people[Role.STREET])
    assigning.answer(opened, by=people[Role.STREET], text="六月底前备案五家")
    assigning.answer(opened, by=people[Role.STREET], text="七月底前备案六家")
    opened.refresh_from_db()
    assert opened.answer == "七月底前备案六家"
    assert AuditEvent.objects.filter(verb="assignment.answer").count() == 2
    assert Notice.objects.filter(user=people[Role.DISTRICT], text__startswith="交办已回复").exists()


@pytest.mark.parametrize("text", ["", "  ", "字" * 2001])
def test_an_answer_needs_words_and_not_too_many(text, opened, people):
    with pytest.raises(Refusal) as no:
        assigning.answer(opened, by=people[Role.STREET], text=text)
    assert no.value.field == "answer"


def test_only_the_street_answers(opened, people):
    for role in (Role.DISTRICT, Role.COMMUNITY):
        with pytest.raises(NotAllowed):
            assigning.answer(opened, by=people[role], text="好")


def test_what_is_closed_is_not_answered_nor_closed_again(opened, people):
    ended = assigning.close(opened, by=people[Role.DISTRICT], on=ON, reason="目标有调整")
    assert (ended.state, ended.reason, ended.closed_on) == ("closed", "目标有调整", ON)
    with pytest.raises(OutOfTurn):
        assigning.close(opened, by=people[Role.DISTRICT], on=ON, reason="再结束")
    with pytest.raises(OutOfTurn):
        assigning.answer(opened, by=people[Role.STREET], text="好")
    assert Notice.objects.filter(user=people[Role.STREET], text__startswith="交办已结束").count() == 1


def test_after_it_was_closed_another_may_be_opened(opened, people):
    assigning.close(opened, by=people[Role.DISTRICT], on=ON, reason="目标有调整")
    assert assigning.open_by_hand(look(), by=people[Role.DISTRICT]) != opened
