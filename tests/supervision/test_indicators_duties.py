"""Duties of organisations and of those who look after them: who owes, who did, and who has not said."""

import datetime as dt
from dataclasses import replace

import pytest

from supervision.indicators import Question
from supervision.indicators.populations import duties
from supervision.indicators.populations.organisations import standings
from tests.supervision import scene
from tests.supervision.sheet_scene import DAY, URBAN, candidate, charter, convert, desk, enter, members, report
from tests.supervision.test_indicators_sheet import cell


@pytest.fixture
def place(db):
    """The county of `scene` without any organisation."""
    scene.jilin()


@pytest.mark.parametrize(
    ("full_members", "state", "cover", "counts"),
    [
        (None, "", "", (0, 0, 0)),
        (2, "", "own", (0, 0, 0)),
        (3, "", "", (0, 1, 0)),
        (3, "pending", "", (1, 1, 0)),
        (3, "joint", "joint", (0, 1, 0)),
        (3, "own", "own", (1, 1, 0)),
        (4, "own", "own", (1, 1, 0)),
    ],
)
def test_three_full_members_ask_for_a_party_organisation_of_their_own(place, full_members, state, cover, counts):
    made = members(scene.organisation(URBAN), full_members, state)
    if cover:
        scene.covered(made, cover)
    assert cell("party_own") == counts


@pytest.mark.parametrize(("value", "hits", "missing"), [(None, 0, 1), (0, 0, 0), (1, 2, 0)])
def test_contact_is_counted_in_organisations_and_asked_of_communities(place, value, hits, missing):
    for _ in range(2):
        scene.organisation(URBAN)
    scene.organisation(scene.STREET, scope="street")  # belongs to no one community
    scene.organisation(URBAN, "listed")
    if value is not None:
        enter("party_contact", URBAN, value)
    assert cell("party_contact") == (hits, 2, missing)


def test_contact_is_asked_anew_each_year(place):
    scene.organisation(URBAN)
    enter("party_contact", URBAN, 1)
    days = [dt.date(2019, 12, 31), dt.date(2020, 1, 1)]
    assert [cell("party_contact", on=day) for day in days] == [(1, 1, 0), (0, 1, 1)]


@pytest.mark.parametrize(("value", "hits", "missing"), [(None, 0, 1), (0, 0, 0), (1, 1, 0)])
def test_meetings_are_asked_where_a_party_organisation_of_its_own_is(place, value, hits, missing):
    scene.covered(scene.organisation(URBAN), "own")
    scene.covered(scene.organisation("220202002001"), "fallback")
    if value is not None:
        enter("three_meetings", scene.STREET, value)
    assert cell("three_meetings") == (hits, 1, missing)


def test_a_charter_handed_in_counts_and_the_community_may_speak_for_the_rest(place):
    charter(scene.organisation(URBAN))
    assert cell("simplified_charter") == (1, 1, 0)
    scene.organisation(URBAN, "listed")
    assert cell("simplified_charter") == (1, 2, 1)
    enter("simplified_charters", URBAN, 0)
    assert cell("simplified_charter") == (1, 2, 0)
    enter("simplified_charters", URBAN, 1, year=2020)
    assert cell("simplified_charter", on=dt.date(2020, 6, 1)) == (2, 2, 0)


@pytest.mark.parametrize(
    ("paper", "hits"),
    [
        ({}, 1),
        ({"state": "rejected"}, 0),
        ({"kind": "members"}, 0),
        ({"brought": DAY}, 1),
        ({"brought": DAY + dt.timedelta(days=1)}, 0),
    ],
)
def test_only_a_charter_that_is_there_counts(place, paper, hits):
    charter(scene.organisation(URBAN), **paper)
    assert cell("simplified_charter") == (hits, 1, 1 - hits)


def test_a_registered_organisation_has_no_simplified_charter(place):
    scene.organisation(URBAN, "registered")
    assert cell("simplified_charter") == (0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "on", "year"),
    [
        ("registered", dt.date(2019, 5, 31), "2017"),
        ("registered", dt.date(2019, 6, 1), "2018"),
        ("registered", dt.date(2019, 12, 31), "2018"),
        ("registered", dt.date(2020, 1, 1), "2018"),
        ("filed", dt.date(2019, 3, 31), "2017"),
        ("filed", dt.date(2019, 4, 1), "2018"),
    ],
)
def test_a_yearly_report_is_asked_for_when_its_day_is_over(kind, on, year):
    assert duties.year_due(on, kind).key == year


@pytest.mark.parametrize(
    ("on", "period"),
    [
        (dt.date(2021, 7, 30), "2020H2"),
        (dt.date(2021, 7, 31), "2021H1"),
        (dt.date(2022, 1, 30), "2021H1"),
        (dt.date(2022, 1, 31), "2021H2"),
    ],
)
def test_a_report_to_the_two_committees_may_come_within_thirty_days(on, period):
    assert duties.period_due(on).key == period


REPORTS = [
    ("annual_registered", "registered", "annual", "2018"),
    ("annual_filed", "filed", "annual", "2018"),
    ("duty_report", "registered", "duty", "2018"),
    ("two_committees", "filed", "periodic", "2019H1"),
    ("two_committees", "listed", "periodic", "2019H1"),
]


@pytest.mark.parametrize(("name", "standing", "kind", "period"), REPORTS)
class TestReports:
    def test_are_owed_by_whoever_stood_when_the_period_ended(self, place, name, standing, kind, period):
        scene.organisation(URBAN, standing)
        scene.organisation(URBAN, standing, since=dt.date(2019, 7, 1))
        assert cell(name) == (0, 1, 0)

    def test_count_when_handed_in_for_the_period(self, place, name, standing, kind, period):
        made = scene.organisation(URBAN, standing)
        report(made, kind, "2016", dt.date(2019, 3, 1))
        assert cell(name) == (0, 1, 0)
        report(made, kind, period, DAY)
        assert [cell(name, on=day) for day in (dt.date(2019, 12, 30), DAY)] == [(0, 1, 0), (1, 1, 0)]


def test_who_is_at_home_in_a_street_reports_to_no_two_committees(place):
    scene.organisation(scene.STREET, scope="street")
    assert cell("two_committees") == (0, 0, 0)


@pytest.mark.parametrize(
    ("held", "streets"),
    [
        ({}, 1),
        ({"ends": DAY}, 0),
        ({"starts": DAY + dt.timedelta(days=1)}, 0),
        ({"role": "community"}, 0),
    ],
)
def test_a_street_is_staffed_while_somebody_holds_its_desk(place, held, streets):
    desk(scene.STREET, **held)
    assert cell("street_staff") == (streets, 2, 0)


def test_a_stand_in_and_the_county_are_no_staff_of_the_street(place):
    over_all = desk(scene.COUNTY)
    desk(scene.STREET, stands_in_for=over_all)
    assert cell("street_staff").hits == 0


def test_two_at_one_desk_staff_one_street(place):
    for _ in range(2):
        desk(scene.STREET)
    assert cell("street_staff") == (1, 2, 0)


def test_a_candidate_counts_from_its_listing_to_the_day_before_it_leaves(place):
    made = scene.organisation(URBAN)
    candidate(made, listed=dt.date(2019, 2, 1), closed=dt.date(2019, 5, 1))
    days = [dt.date(2019, 1, 31), dt.date(2019, 2, 1), dt.date(2019, 4, 30), dt.date(2019, 5, 1)]
    assert [cell("candidates", on=day).hits for day in days] == [0, 1, 1, 0]


def test_a_conversion_counts_in_its_year(place):
    convert(scene.organisation(URBAN), dt.date(2019, 3, 1))
    scene.organisation(URBAN, "registered", since=dt.date(2019, 3, 1))  # was never filed
    days = [dt.date(2019, 2, 28), dt.date(2019, 3, 1), DAY, dt.date(2020, 1, 1)]
    assert [cell("converted", on=day).hits for day in days] == [0, 1, 1, 0]


def test_the_quantity_of_a_county_is_its_organisations(place):
    for number in range(3):
        scene.organisation(URBAN, since=dt.date(2019, 1, 1 + number))
    assert [cell("quantity", on=dt.date(2019, 1, day)) for day in (1, 3)] == [(1, 1, 0), (3, 1, 0)]
    assert cell("quantity", scene.STREET).base == 0


def test_the_tiers_a_document_counts_are_those_that_are_counted(place):
    scene.organisation(URBAN, "listed")
    ask = replace(Question(scene.COUNTY, DAY), tiers=("registered", "filed", "listed"))
    assert [standings(one).count() for one in (Question(scene.COUNTY, DAY), ask)] == [0, 1]
