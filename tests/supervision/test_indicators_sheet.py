"""Figures that officials enter: nothing, zero, one and more; the year that counts; what is missing is named."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.models import Jurisdiction, PlaceChange
from supervision.indicators import BY_NAME, NOTHING, Cell, Question
from supervision.items import BY_KEY
from supervision.models import Entry
from tests.supervision import scene, sheet_scene
from tests.supervision.sheet_scene import DAY, OTHER_COUNTY, PREFECTURE, PROVINCE, RURAL, URBAN, enter, people

# indicator, item, who enters it, of how many such places in the province, yearly
ENTERED = [
    ("procedures", "procedures", scene.STREET, 10, False),
    ("procedures", "procedures", URBAN, 10, False),
    ("features", "features", RURAL, 8, False),
    ("liaisons", "volunteer_liaisons", URBAN, 8, False),
    ("disclosure", "disclosure_board", URBAN, 8, False),
    ("trainings", "trainings", scene.STREET, 2, False),
    ("incubation", "incubation_platforms", PREFECTURE, 4, False),
    ("incubation", "incubation_platforms", scene.NEXT_STREET, 4, False),
    ("budget_lines", "budget_lines", PROVINCE, 5, True),
    ("budget_lines", "budget_lines", scene.STREET, 5, True),
    ("bureau_trainings", "bureau_trainings", scene.COUNTY, 3, True),
    ("star_rating", "star_evaluations", scene.COUNTY, 1, True),
    ("special_inspection", "special_inspections", scene.COUNTY, 1, True),
    ("double_random", "random_drawn", scene.COUNTY, 1, True),
    ("filing_ruleset", "filing_rulesets", scene.COUNTY, 1, False),
]


def cell(name, code=PROVINCE, on=DAY):
    """What a place counts, everything below it summed."""
    total = NOTHING
    for found in BY_NAME[name].counts(Question(code, on), 12).values():
        total = total.plus(found)
    return total


@pytest.mark.parametrize(("name", "item", "code", "places", "yearly"), ENTERED)
class TestOneOrMore:
    @pytest.mark.parametrize(("value", "hits", "silent"), [(None, 0, 1), (0, 0, 0), (1, 1, 0), (2, 1, 0)])
    def test_counts_the_place_once(self, jilin, name, item, code, places, yearly, value, hits, silent):
        if value is not None:
            enter(item, code, value)
        assert cell(name) == Cell(hits, places, places - 1 + silent)

    def test_of_another_year_counts_only_where_it_holds_on(self, jilin, name, item, code, places, yearly):
        enter(item, code, 1, year=2018)
        assert cell(name) == Cell(int(not yearly), places, places - int(not yearly))
        assert BY_NAME[name].drifts == BY_KEY[item].exact_year == yearly

    def test_of_a_later_year_does_not_count_yet(self, jilin, name, item, code, places, yearly):
        enter(item, code, 1, year=2020)
        assert cell(name) == Cell(0, places, places)

    def test_that_was_corrected_counts_as_corrected(self, jilin, name, item, code, places, yearly):
        enter(item, code, 1, current=False)
        enter(item, code, 0)
        assert cell(name) == Cell(0, places, places - 1)


def test_the_newest_year_not_after_the_day_holds(jilin):
    for year, value in [(2016, 1), (2018, 0), (2020, 1)]:
        enter("features", URBAN, value, year=year)
    days = [dt.date(2015, 6, 1), dt.date(2017, 6, 1), dt.date(2019, 6, 1), dt.date(2020, 1, 1)]
    assert [cell("features", URBAN, day) for day in days] == [(0, 1, 1), (1, 1, 0), (0, 1, 0), (1, 1, 0)]


def test_a_training_once_held_is_held_also_when_none_followed(jilin):
    enter("trainings", scene.STREET, 1, year=2018)
    enter("trainings", scene.STREET, 0)
    assert cell("trainings") == (1, 2, 1)


def test_only_towns_owe_a_brand_and_as_what_they_were_on_the_day(jilin):
    assert cell("brands") == (0, 0, 0)
    street = Jurisdiction.objects.get(code=scene.STREET)
    PlaceChange.objects.create(
        place=street, field="kind", on=dt.date(2019, 6, 1), before="town", after="street", source="批复"
    )
    enter("brands", scene.STREET, 1, year=2018)
    assert [cell("brands", on=day) for day in (dt.date(2019, 5, 31), dt.date(2019, 6, 1))] == [(1, 1, 0), (0, 0, 0)]


def test_a_prefecture_that_is_none_owes_nothing(jilin):
    Jurisdiction.objects.filter(code=PREFECTURE).update(name="市辖区")
    assert [cell(name).base for name in ("budget_lines", "bureau_trainings", "incubation")] == [4, 2, 3]


@pytest.mark.parametrize(("code", "nodes"), [("120000000000", 1), ("330000000000", 0)])
def test_a_municipality_is_a_node_of_the_network_and_a_province_is_none(db, code, nodes):
    scene.place(code, "某地")
    assert cell("incubation", code) == (0, nodes, nodes)


def test_an_incubation_centre_on_the_register_is_a_platform(jilin):
    scene.hub(scene.STREET, hub_type="incubation_centre")
    assert cell("incubation", scene.STREET) == (1, 1, 0)


@pytest.mark.parametrize(
    ("name", "base", "silent"), [("social_work_urban", 5, [2, 1, 0]), ("social_work_rural", 3, [1, 0, 0])]
)
def test_communities_an_agency_serves_are_counted_street_by_street(jilin, name, base, silent):
    """西街 has an urban community and no rural one: it owes one of the two figures."""
    found = [cell(name)]
    for code, number in [(scene.STREET, 3), (scene.NEXT_STREET, 0)]:
        enter(name, code, number)
        found.append(cell(name))
    assert found == [(0, base, silent[0]), (3, base, silent[1]), (3, base, silent[2])]


PARTS = [
    ("talents", "trained_talents", "talents", [scene.COUNTY]),
    ("decoupled", "decoupled_associations", "industry_associations", [PREFECTURE, scene.COUNTY]),
    ("online_items", "online_items", "approval_items", [PREFECTURE, scene.COUNTY]),
    ("quota_county", "random_drawn", "random_total", [scene.COUNTY]),
    ("quota_city", "random_drawn", "random_total", [PREFECTURE]),
    ("quota_province", "random_drawn", "random_total", [PROVINCE]),
]


@pytest.mark.parametrize(("name", "upper", "lower", "owners"), PARTS)
def test_a_part_is_summed_over_those_who_own_it_and_names_who_is_silent(jilin, name, upper, lower, owners):
    assert cell(name) == (0, 0, len(owners))
    for code in owners:
        enter(lower, code, 100)
    assert cell(name) == (0, 100 * len(owners), len(owners))
    for code in owners:
        enter(upper, code, 3)
    assert cell(name) == (3 * len(owners), 100 * len(owners), 0)
    assert not BY_NAME[name].bounded


def test_the_ministry_counts_for_the_nation_alone(jilin):
    sheet_scene.nation()
    enter("random_total", "0" * 12, 200)
    enter("random_drawn", "0" * 12, 20)
    assert cell("quota_nation", "0" * 12) == (20, 200, 0)
    assert cell("quota_nation", PROVINCE) == NOTHING


@pytest.mark.parametrize("name", ["volunteers", "volunteer_orgs"])
class TestVolunteers:
    def test_are_held_against_the_people_of_the_newest_year(self, jilin, name):
        enter(name, scene.COUNTY, 13)
        for year, number in [(2017, 90), (2018, 100), (2020, 110)]:
            people(scene.COUNTY, number, year)
        assert cell(name) == (13, 100, 0)
        assert cell(name, on=dt.date(2020, 1, 1)) == (13, 110, 0)

    @pytest.mark.parametrize("told", ["volunteers", "people", "neither"])
    def test_are_unknown_where_one_of_the_two_is(self, jilin, name, told):
        if told == "volunteers":
            enter(name, scene.COUNTY, 13)
        if told == "people":
            people(scene.COUNTY, 100)
        assert cell(name).missing == 1

    def test_are_held_against_the_kind_of_people_the_documents_choose(self, jilin, name):
        people(scene.COUNTY, 100)
        people(scene.COUNTY, 80, kind="registered")
        ask = Question(scene.COUNTY, DAY)
        bases = [BY_NAME[name].counts(replace(ask, resident=resident), 6)["220202"].base for resident in (True, False)]
        assert bases == [100, 80]

    def test_people_of_other_levels_are_not_counted_twice(self, jilin, name):
        people(PREFECTURE, 1000)
        people(scene.COUNTY, 100)
        assert cell(name).base == 100


CHARITY = [
    # accelerated, precision bases, bases → charity_precision, charity_base
    (None, None, None, (0, 1, 1), (0, 1, 1)),
    (1, None, None, (0, 1, 1), (0, 0, 0)),
    (1, 0, None, (0, 1, 0), (0, 0, 0)),
    (1, 1, None, (1, 1, 0), (0, 0, 0)),
    (1, 1, 1, (1, 1, 0), (0, 0, 0)),
    (0, 1, None, (0, 0, 0), (0, 1, 1)),
    (0, None, 0, (0, 0, 0), (0, 1, 0)),
    (0, None, 2, (0, 0, 0), (1, 1, 0)),
    (None, 1, 1, (0, 1, 1), (0, 1, 1)),
]


@pytest.mark.parametrize(("accelerated", "precision", "bases", "listed", "other"), CHARITY)
def test_a_county_counts_on_the_list_it_is_on(jilin, accelerated, precision, bases, listed, other):
    told = {"accelerated": accelerated, "charity_precision_bases": precision, "charity_bases": bases}
    for item, value in told.items():
        if value is not None:
            enter(item, scene.COUNTY, value)
    assert (cell("charity_precision"), cell("charity_base")) == (listed, other)


def test_a_place_that_is_gone_counts_no_more(jilin):
    scene.place(OTHER_COUNTY, "船营区", ends=DAY)
    enter("filing_rulesets", OTHER_COUNTY, 1)
    assert cell("filing_ruleset", on=dt.date(2019, 12, 30)) == (1, 2, 1)
    assert cell("filing_ruleset") == (0, 1, 1)
    assert Entry.objects.count() == 1
