"""The clocks of a case in words: on time, nearly up, late, held, kept; and what it costs to tell them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.casework import clockface, clockwork, deadlines
from registry.models import Case, Clock, Interval
from tests.registry.test_clockwork import MONDAY, WHY, at, decided, handed_in, plus


@pytest.fixture
def case(cast, places, packs, delegation):
    return handed_in(cast, places)


@pytest.fixture
def registration(cast, places, packs):
    return handed_in(cast, places, "registration")


def faces(case, on):
    return {face.label: face for face in clockface.explain(case, on)[0]}


def test_the_face_of_a_clock_turns_from_normal_to_nearly_up_to_late(case):
    told = [
        (faces(case, plus(days))["本环节期限"].state, faces(case, plus(days))["本环节期限"].left) for days in range(5)
    ]
    assert told == [
        ("on_time", "还有 2 个工作日"),
        ("soon", "还有 1 个工作日"),
        ("soon", "今天到期"),
        ("overdue", "已超 1 个工作日"),
        ("overdue", "已超 2 个工作日"),
    ]


def test_a_held_clock_says_so(case, cast):
    with at(plus(1)):
        clockwork.suspend(case, by=cast.wang, **WHY)
    found = faces(case, plus(3))["承诺期限"]
    assert found.state == "paused" and any("请专家评审章程" in line.words for line in found.lines)


def test_the_statutory_limit_is_shown_before_it_starts(registration):
    found = faces(registration, plus(1))["法定期限"]
    assert (found.due, found.length, found.left) == (None, "60 日", "“受理”的次日起算")
    assert found.source == "《社会团体登记管理条例》 第十二条" and not found.assumed


def test_a_finished_clock_says_whether_it_was_kept(case, cast):
    with at(plus(1)):
        case = decided(case, cast)
    assert faces(case, plus(90))["承诺期限"].word == "按期"


def test_the_page_of_a_case_under_a_long_ledger_costs_what_it_costs_under_a_short_one(case, cast):
    def cost():
        with CaptureQueriesContext(connection) as found:
            clockface.panel(case, cast.wang)
        return len(found)

    cost()  # the documents are read once a process
    few, held = cost(), {"kind": "suspended", "stage": "submitted", "starts": MONDAY, "ends": MONDAY}
    Interval.objects.bulk_create([Interval(case=case, by=cast.wang, cause="expert", **held) for _ in range(50)])
    assert cost() == few <= 6


def test_counting_many_cases_again_costs_the_same_for_ten_as_for_two_hundred(
    cast, places, packs, django_assert_max_num_queries
):
    made = Case.objects.bulk_create(
        [
            Case(road="filing", variant="direct", state="submitted", place=places.garden, place_code=places.garden.code,
                 opened_by=cast.auntie) for _ in range(200)
        ]
    )  # fmt: skip
    Clock.objects.bulk_create([Clock(case=one, scope="stage", days=5, unit="working", starts=MONDAY) for one in made])
    with django_assert_max_num_queries(12):
        assert deadlines.recount(Clock.objects.all(), on=plus(1)) == 200
    assert set(Case.objects.values_list("due_on", flat=True)) == {plus(7)}
