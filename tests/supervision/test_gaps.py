"""What organisations lack: counted for every place below at once, each number the length of its list."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import Refusal
from registry.models import Jurisdiction, LeaderTerm, Organisation, Person, Service
from supervision import gaps
from supervision.gaps import FACTS, TOTAL
from tests.supervision import scene

COMMUNITY, SISTER = "220202001001", "220202001002"
TODAY = dt.date(2026, 11, 22)
COMPLETE = {
    "category": "culture_sports",
    "activities": "排练",
    "individual_members": 0,
    "capital": 0,
    "premises": "shared",
    "address": "二楼",
    "full_party_members": 0,
    "party_organisation": "fallback",
}


@pytest.fixture
def county(db):
    scene.jilin()
    return Jurisdiction.objects.get(code=scene.COUNTY)


def complete(code, kind="filed", **said):
    """An organisation of which everything is known, apart from what is said otherwise."""
    made = scene.organisation(code, kind)
    number = {"credit_code": f"5122{made.pk:014}"} if kind == "registered" else {"filing_number": f"备{made.pk}"}
    Organisation.objects.filter(pk=made.pk).update(**(COMPLETE | number | said))
    Service.objects.create(organisation=made, group="elderly")
    lead(made)
    return made


def lead(made, *, ends=None, **said):
    person = Person.objects.create(name="刘桂兰")
    values = {"phone": "13800001111", "is_party_member": False, "starts": scene.FOUNDED, "ends": ends} | said
    return LeaderTerm.objects.create(organisation=made, person=person, name="刘桂兰", **values)


def lacks(place):
    """Fact → how many of the whole place lack it, where any does."""
    return {key: number for key, number in gaps.board(place, TODAY).total.numbers.items() if number and key != TOTAL}


def test_an_organisation_of_which_everything_is_known_lacks_nothing(county):
    complete(COMMUNITY)
    complete(COMMUNITY, "registered")
    assert lacks(county) == {}
    assert gaps.board(county, TODAY).total.numbers[TOTAL] == 2


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ({"category": ""}, "category"),
        ({"activities": ""}, "activities"),
        ({"filing_number": None}, "number"),
        ({"individual_members": None}, "members"),
        ({"premises": ""}, "premises"),
        ({"address": ""}, "address"),
        ({"full_party_members": None}, "party-members"),
        ({"party_organisation": ""}, "party"),
    ],
)
def test_one_fact_that_is_not_known_is_one_gap(county, said, fact):
    made = complete(COMMUNITY, **said)
    assert lacks(county) == {fact: 1}
    assert list(gaps.lacking(county, fact, TODAY).page) == [made]


def test_unit_members_alone_are_members_too(county):
    complete(COMMUNITY, individual_members=None, unit_members=30)
    assert lacks(county) == {}


def test_capital_is_asked_of_the_registered_alone(county):
    complete(COMMUNITY, "registered", capital=None)
    complete(COMMUNITY, capital=None)
    assert lacks(county) == {"capital": 1}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], {"leader": 1}),
        ([{"ends": dt.date(2024, 1, 1)}], {"leader": 1}),  # the last one has left
        ([{"is_party_member": None}], {"leader-party": 1}),
        ([{"phone": ""}], {"leader-phone": 1}),
        ([{"ends": dt.date(2024, 1, 1), "is_party_member": None, "phone": ""}, {"starts": dt.date(2024, 1, 1)}], {}),
    ],
)
def test_the_leader_is_who_leads_today(county, terms, expected):
    made = complete(COMMUNITY)
    made.leader_terms.all().delete()
    for term in terms:
        lead(made, **term)
    assert lacks(county) == expected


def test_whom_it_serves_is_told_by_rows_of_their_own(county):
    complete(COMMUNITY).services.all().delete()
    assert lacks(county) == {"services": 1}


def test_who_is_listed_or_gone_owes_nothing(county):
    scene.organisation(COMMUNITY, "listed")
    scene.organisation(COMMUNITY, ends=dt.date(2024, 1, 1))
    assert gaps.board(county, TODAY).total.numbers[TOTAL] == 0


def scattered():
    """Two communities of one street, one of the next, and a street itself; every second lacks its address."""
    for number, code in enumerate([COMMUNITY, COMMUNITY, SISTER, "220202002001", scene.STREET]):
        complete(code, address="" if number % 2 else "二楼")


@pytest.mark.parametrize(
    "code", ["000000000000", "220000000000", "220200000000", scene.COUNTY, scene.STREET, COMMUNITY]
)
def test_every_number_is_as_long_as_its_list_and_the_rows_add_up(county, code):
    scattered()
    scene.organisation(SISTER)
    place = Jurisdiction.objects.filter(code=code).first() or Jurisdiction(code=code, name="全国", level=0)
    board = gaps.board(place, TODAY)
    for key in [TOTAL, *(fact.key for fact in FACTS)]:
        rows = {row.code: row for row in board.rows}
        if rows:
            assert sum(row.numbers[key] for row in board.rows) == board.total.numbers[key]
        assert gaps.lacking(place, key, TODAY).total == board.total.numbers[key]
        for row in board.rows:
            below = place if row.own else Jurisdiction.objects.get(code=row.code)
            assert gaps.lacking(below, key, TODAY, own=row.own).total == row.numbers[key], (key, row.name)


def test_places_come_in_code_order_and_what_lies_in_none_of_them_last(county):
    scattered()
    street = Jurisdiction.objects.get(code=scene.STREET)
    board = gaps.board(street, TODAY)
    assert [row.code for row in board.rows] == [*sorted(row.code for row in board.rows[:-1]), scene.STREET]
    assert (board.rows[-1].own, board.rows[-1].name) == (True, "东街街道本级")


def test_a_municipality_steps_over_what_is_no_place(db):
    for code, name in [("12", "天津市"), ("1201", "市辖区"), ("120103", "河西区"), ("120103001", "大营门街道")]:
        scene.place(code.ljust(12, "0"), name)
    scene.place("120103001001", "九江路社区", "urban")
    scene.organisation("120103001001")
    board = gaps.board(Jurisdiction.objects.get(code="120000000000"), TODAY)
    assert [(row.name, row.numbers[TOTAL]) for row in board.rows] == [("河西区", 1)]


def test_the_list_turns_its_pages_by_key_and_back(county):
    made = [complete(COMMUNITY, address="") for _ in range(120)]
    first = gaps.lacking(county, "address", TODAY)
    second = gaps.lacking(county, "address", TODAY, after=first.page.next)
    third = gaps.lacking(county, "address", TODAY, after=second.page.next)
    assert [*first.page, *second.page, *third.page] == made
    assert (first.total, len(first.page.rows), third.page.next) == (120, 50, "")
    assert list(gaps.lacking(county, "address", TODAY, before=third.page.previous).page) == list(second.page)


def test_an_unknown_fact_has_no_list(county):
    with pytest.raises(Refusal):
        gaps.lacking(county, "nothing", TODAY)


def test_the_statements_grow_neither_with_organisations_nor_with_places(county, django_assert_num_queries):
    def asked():
        with django_assert_num_queries(2 + sum(not fact.column for fact in FACTS)):  # children, columns, the others
            gaps.board(county, timezone.localdate())

    complete(COMMUNITY)
    asked()
    for number in range(10, 40):
        scene.place(f"220202{number:03d}000", f"街道{number}")
        scene.organisation(f"220202{number:03d}000", scope="street")
    asked()
