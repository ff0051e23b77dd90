"""Counting by sets: who counts where on which day, and the list behind a number has that many rows."""

import datetime as dt
import functools
from dataclasses import replace

import pytest

from registry.models import Jurisdiction, PlaceChange, Standing
from supervision import indicators
from supervision.indicators import BY_NAME, NOTHING, Cell, Question
from tests.supervision import scene

DAY = dt.date(2019, 12, 31)
STREET = Question(scene.STREET, DAY)


def counted(name, question=STREET):
    found = BY_NAME[name].counts(question, 4).values()
    return sum(cell.hits for cell in found), sum(cell.base for cell in found)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("avg_urban", (19, 4)),
        ("avg_rural", (9, 3)),
        ("hub_street", (1, 1)),
        ("hub_registered", (0, 1)),
        ("federation_street", (0, 1)),
        ("hub_community", (0, 7)),
        ("rural_service_org", (1, 3)),
        ("hub_staff", (0, 1)),
        ("party", (0, 31)),
        ("registered", (1, 0)),
        ("filed", (30, 0)),
        ("set_apart", (3, 0)),
    ],
)
def test_s05_is_counted_as_the_documents_count(jilin, name, counts):
    assert counted(name) == counts


def test_every_organisation_that_counts_is_in_an_average_or_set_apart(jilin):
    parts = [counted(name)[0] for name in ("avg_urban", "avg_rural", "set_apart")]
    assert sum(parts) == counted("registered")[0] + counted("filed")[0]


def test_an_interval_holds_its_first_day_and_not_its_last(jilin):
    scene.organisation("220202002001", since=dt.date(2019, 3, 1), ends=dt.date(2019, 6, 1))
    there = Question(scene.NEXT_STREET, DAY)
    days = [dt.date(2019, 2, 28), dt.date(2019, 3, 1), dt.date(2019, 5, 31), dt.date(2019, 6, 1)]
    assert [counted("avg_urban", replace(there, on=day))[0] for day in days] == [0, 1, 1, 0]


def test_a_community_counts_in_the_class_it_had_on_the_day(jilin):
    village = Jurisdiction.objects.get(code="220202001203")
    for on, before, after in [(dt.date(2020, 6, 1), "rural", "urban"), (dt.date(2021, 6, 1), "urban", "")]:
        PlaceChange.objects.create(place=village, field="area_class", on=on, before=before, after=after, source="批复")
    village.area_class = ""
    village.save()
    days = [dt.date(2020, 5, 31), dt.date(2020, 6, 1), dt.date(2021, 6, 1)]
    assert [counted("avg_rural", replace(STREET, on=day)) for day in days] == [(9, 3), (7, 2), (7, 2)]
    assert [counted("avg_urban", replace(STREET, on=day)) for day in days] == [(19, 4), (21, 5), (19, 4)]


def test_a_community_counts_from_its_first_day_to_the_day_before_its_last(jilin):
    scene.place("220202002002", "新社区", "urban", starts=dt.date(2019, 5, 1), ends=dt.date(2019, 8, 1))
    there = Question(scene.NEXT_STREET, DAY)
    days = [dt.date(2019, 4, 30), dt.date(2019, 5, 1), dt.date(2019, 7, 31), dt.date(2019, 8, 1)]
    assert [counted("avg_urban", replace(there, on=day))[1] for day in days] == [1, 2, 2, 1]


def test_a_community_with_three_service_organisations_counts_once(jilin):
    for _ in range(2):
        scene.organisation("220202001201", "registered", form="social_service_org")
    assert counted("rural_service_org") == (1, 3)


@pytest.mark.parametrize(
    ("kind", "form"), [("filed", "social_service_org"), ("registered", "association"), ("listed", "social_service_org")]
)
def test_what_is_not_a_registered_service_organisation_does_not_count_in_the_third(jilin, kind, form):
    scene.organisation("220202001202", kind, form=form)
    assert counted("rural_service_org") == (1, 3)


@pytest.mark.parametrize(
    ("kind", "hub_type", "flags", "registered", "any_hub", "federation"),
    [
        ("registered", "federation", {}, 1, 1, 1),
        ("registered", "service_centre", {}, 1, 1, 0),
        ("filed", "federation", {}, 0, 1, 1),
        ("registered", "incubation_centre", {"is_hub": False, "is_support": True}, 0, 1, 0),
        ("listed", "federation", {}, 0, 0, 0),
    ],
)
def test_which_hub_counts_depends_on_the_document(jilin, kind, hub_type, flags, registered, any_hub, federation):
    scene.hub(scene.NEXT_STREET, kind, hub_type, **flags)
    there = Question(scene.NEXT_STREET, DAY)
    found = [counted(name, there)[0] for name in ("hub_registered", "hub_street", "federation_street")]
    assert found == [registered, any_hub, federation]


@pytest.mark.parametrize(("staff", "enough"), [(1, 0), (2, 1), (3, 1), (4, 1)])
def test_a_hub_with_two_social_workers_is_staffed(jilin, staff, enough):
    scene.hub(scene.NEXT_STREET, "registered", "federation", staff=staff)
    assert counted("hub_staff", Question(scene.NEXT_STREET, DAY)) == (enough, 1)


def test_a_demonstration_site_counts_for_its_county_from_its_day(jilin):
    scene.hub(scene.NEXT_STREET, "registered", "federation", demonstration_since=DAY)
    county = Question(scene.COUNTY, DAY)
    assert counted("demonstration", county) == (1, 1)
    assert counted("demonstration", replace(county, on=dt.date(2019, 12, 30))) == (0, 1)


def test_own_joint_and_fallback_cover_alike_and_an_ended_cover_does_not(jilin):
    there = Question(scene.NEXT_STREET, DAY)
    for kind in ("own", "joint", "fallback"):
        scene.covered(scene.organisation("220202002001"), kind)
    scene.covered(scene.organisation("220202002001"), ends=DAY)
    assert counted("party", there) == (3, 4)


def test_sums_of_the_children_are_the_sums_of_the_parent(jilin):
    scene.hub(scene.NEXT_STREET, "registered", "federation", demonstration_since=scene.FOUNDED)
    ask = Question(scene.COUNTY, DAY)
    for indicator in indicators.ALL:
        whole = indicator.counts(ask, 6).get("220202", NOTHING)
        parts = indicator.counts(ask, 12).values()
        assert functools.reduce(Cell.plus, parts, NOTHING) == whole, indicator.name


@pytest.mark.parametrize("name", BY_NAME)
def test_each_indicator_is_one_statement_for_any_number_of_places(jilin, django_assert_num_queries, name):
    with django_assert_num_queries(1):
        BY_NAME[name].counts(Question(scene.COUNTY, DAY), 9)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_list_behind_a_number_has_that_many_rows(jilin, name):
    scene.covered(Standing.objects.first().organisation)
    indicator = BY_NAME[name]
    hits, base = counted(name)
    assert indicator.behind(STREET, "hits")[0].count() == hits
    if indicator.base:
        assert indicator.behind(STREET, "base")[0].count() == base
    if indicator.can_miss:
        assert indicator.behind(STREET, "missing")[0].count() == base - hits


def test_an_indicator_without_a_base_has_no_list_of_what_is_missing():
    for name, side in [("filed", "base"), ("avg_urban", "missing"), ("filed", "anything")]:
        with pytest.raises(LookupError):
            BY_NAME[name].behind(STREET, side)
