"""What a place is asked for, what it has given, and which places have not given it."""

import datetime as dt

import pytest

from registry import policies
from registry.models import Jurisdiction
from supervision import owing
from supervision.items import BY_KEY
from supervision.models import Entry
from supervision.owing import Owing
from tests.supervision import scene

YEAR = 2020
PROVINCE = "220000000000"


@pytest.fixture
def jilin(jilin):
    """Its two streets are towns here: a town is asked for its brands."""
    Jurisdiction.objects.streets().update(kind="town")


def at(code):
    return Jurisdiction.objects.get(code=code)


def given(code, *items, year=YEAR, value=1, current=True):
    for item in items:
        Entry.objects.create(place_code=code, item=item, year=year, value=value, source="台账", current=current)


def asked(code, year=YEAR):
    return [item.key for item in owing.asked_of(at(code), year)]


def total(code, item, year=YEAR):
    """Asked and given of an item in a place and everything below."""
    tallies = owing.counted(at(code), year, 12).values()
    return sum((one for tally in tallies for (_, key), one in tally.items() if key == item), Owing())


def lacking(code, item="", year=YEAR):
    return list(owing.lacking(at(code), year, item).values_list("code", flat=True))


def test_a_place_is_asked_what_its_documents_need(jilin):
    assert "budget_lines" in asked(scene.COUNTY) and "filing_rulesets" in asked(scene.COUNTY)
    assert "volunteers" not in asked(scene.COUNTY)  # 温州 alone asks for it
    assert {"brands", "budget_lines"} <= set(asked(scene.STREET)) and "talents" not in asked(scene.STREET)
    assert "features" in asked("220202001001")


def test_nothing_is_asked_for_a_year_before_its_document(jilin):
    assert "brands" not in asked(scene.STREET, 2015)


def test_each_level_is_asked_its_own(jilin):
    for code in (PROVINCE, scene.COUNTY, scene.STREET, "220202001001"):
        place = at(code)
        assert all(place.level in BY_KEY[key].levels for key in asked(code))


def test_places_below_a_province_are_asked_and_counted_once(jilin):
    assert total(PROVINCE, "brands") == Owing(2, 0)
    given(scene.STREET, "brands")
    assert total(PROVINCE, "brands") == total(scene.COUNTY, "brands") == Owing(2, 1)
    assert total(scene.NEXT_STREET, "brands") == Owing(1, 0)


def test_a_place_where_nobody_holds_office_owes_nothing(jilin):
    scene.place("220100000000", "市辖区")
    assert "220200000000" in lacking(PROVINCE) and "220100000000" not in lacking(PROVINCE)


def test_what_is_asked_at_several_levels_is_counted_at_each(jilin):
    given(scene.COUNTY, "budget_lines")
    tally = owing.counted(at(PROVINCE), YEAR, 2)["22"]
    levels = {level: one for (level, key), one in tally.items() if key == "budget_lines"}
    assert levels == {1: Owing(1, 0), 2: Owing(1, 0), 3: Owing(1, 1), 4: Owing(2, 0)}


def test_a_figure_serves_until_a_newer_one_but_a_yearly_one_its_year_alone(jilin):
    given(scene.STREET, "brands", "budget_lines", year=2019)
    assert total(scene.STREET, "brands") == Owing(1, 1)
    assert total(scene.STREET, "budget_lines") == Owing(1, 0)
    assert total(scene.STREET, "brands", 2018) == Owing(1, 0)


def test_two_years_of_one_place_are_one_place(jilin):
    given(scene.STREET, "brands", year=2019)
    given(scene.STREET, "brands", year=2020)
    assert total(scene.COUNTY, "brands") == Owing(2, 1)


def test_what_was_taken_back_or_never_asked_is_not_given(jilin):
    given(scene.STREET, "brands", current=False)
    given(scene.STREET, "trainings")
    assert total(scene.COUNTY, "brands") == Owing(2, 0) and total(scene.COUNTY, "trainings") == Owing()


def test_a_place_that_is_gone_neither_owes_nor_gives(jilin):
    given(scene.NEXT_STREET, "brands")
    Jurisdiction.objects.filter(code=scene.NEXT_STREET).update(ends=dt.date(2020, 6, 1))
    assert total(scene.COUNTY, "brands") == Owing(1, 0)
    assert total(scene.COUNTY, "brands", 2019) == Owing(2, 0)


def test_a_document_of_a_city_asks_nothing_of_the_next_one(jilin):
    for code, name in [
        ("33", "浙江省"),
        ("3303", "温州市"),
        ("330302", "鹿城区"),
        ("3304", "嘉兴市"),
        ("330402", "南湖区"),
    ]:
        scene.place(code.ljust(12, "0"), name)
    assert "volunteers" in asked("330302000000") and "volunteers" not in asked("330402000000")
    assert total("330000000000", "volunteers") == Owing(1, 0)
    assert lacking("330000000000", "volunteers") == ["330302000000"]


def test_the_list_of_an_item_is_exactly_what_is_missing(jilin):
    assert lacking(PROVINCE, "brands") == [scene.STREET, scene.NEXT_STREET]
    given(scene.STREET, "brands")
    assert lacking(PROVINCE, "brands") == [scene.NEXT_STREET]


def test_a_place_is_off_the_list_when_everything_is_given(jilin):
    everything = asked(scene.STREET)
    given(scene.STREET, *everything[:-1])
    assert scene.STREET in lacking(scene.COUNTY)
    given(scene.STREET, everything[-1])
    assert scene.STREET not in lacking(scene.COUNTY) and scene.NEXT_STREET in lacking(scene.COUNTY)


@pytest.mark.parametrize("code", [PROVINCE, scene.COUNTY, scene.STREET])
def test_the_lists_have_as_many_places_as_are_missing(jilin, code):
    given(scene.STREET, "brands", "procedures")
    given("220202001001", "features")
    for item in {key for tally in owing.counted(at(code), YEAR, 12).values() for _, key in tally}:
        assert len(lacking(code, item)) == total(code, item).missing, item


def test_the_statements_do_not_grow_with_the_places(jilin, django_assert_num_queries):
    county = at(scene.COUNTY)
    owing.counted(county, YEAR, 9)
    for number in range(10, 60):
        scene.place(f"220202001{number:03d}", f"社区{number}", "urban")
        given(f"220202001{number:03d}", "features")
    with django_assert_num_queries(3):  # editions, asked, given
        owing.counted(county, YEAR, 9)


def test_what_a_clause_asks_of_towns_is_not_asked_of_streets(jilin):
    Jurisdiction.objects.filter(code=scene.NEXT_STREET).update(kind="street")
    given(scene.NEXT_STREET, "brands")
    assert "brands" in asked(scene.STREET) and "brands" not in asked(scene.NEXT_STREET)
    assert total(scene.COUNTY, "brands") == Owing(1, 0) and lacking(scene.COUNTY, "brands") == [scene.STREET]


@pytest.mark.parametrize(
    ("said", "bases"),
    [
        ({}, {"charity_precision_bases", "charity_bases"}),  # nobody said yet which of the two it is
        ({2020: 1}, {"charity_precision_bases"}),
        ({2020: 0}, {"charity_bases"}),
        ({2018: 1, 2019: 0}, {"charity_bases"}),
        ({2021: 1}, {"charity_precision_bases", "charity_bases"}),
    ],
)
def test_an_accelerated_county_is_asked_for_its_own_kind_of_base(db, said, bases):
    policies.load()
    for code, name in [("33", "浙江省"), ("3303", "温州市"), ("330329", "泰顺县")]:
        scene.place(code.ljust(12, "0"), name)
    for year, value in said.items():
        given("330329000000", "accelerated", year=year, value=value)
    assert {key for key in asked("330329000000") if key.startswith("charity")} == bases
    for item in ("charity_precision_bases", "charity_bases"):
        assert total("330300000000", item) == Owing(int(item in bases), 0)
        assert len(lacking("330300000000", item)) == int(item in bases)
