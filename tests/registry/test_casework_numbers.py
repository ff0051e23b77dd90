"""Numbers say place, year and place in the row, and never repeat."""

import datetime as dt

import pytest

from portal.errors import Refusal
from registry.casework import numbers
from registry.models import Case
from tests import builders

MARCH = dt.date(2026, 3, 2)


def test_numbers_run_by_series_place_and_year(places):
    take = numbers.take
    assert take("filing", place=places.street, on=MARCH) == "备120103001〔2026〕00001号"
    assert take("filing", place=places.street, on=MARCH) == "备120103001〔2026〕00002号"
    assert take("receipt", place=places.street, on=MARCH) == "收120103001〔2026〕00001号"
    assert take("registration", place=places.hexi, on=MARCH) == "登120103〔2026〕00001号"
    assert take("filing", place=places.street, on=dt.date(2027, 1, 1)) == "备120103001〔2027〕00001号"


def test_a_year_never_gives_the_same_number_twice(places):
    taken = [numbers.take("filing", place=places.street, on=MARCH) for _ in range(120)]
    assert len(set(taken)) == 120


def test_the_street_keeps_the_numbers_of_its_communities_and_the_county_those_of_registrations(places):
    assert numbers.keeper(places.garden, 4) == places.street
    assert numbers.keeper(places.garden, 3) == places.hexi
    assert numbers.keeper(places.hexi, 4) == places.hexi


def test_an_application_keeps_its_number_when_it_is_handed_in_again(cast, places, packs, delegation):
    case = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    first = case.number, case.submitted_at
    case = builders.corrected(case)
    assert (case.number, case.submitted_at) == first


def test_a_draft_has_no_number_and_two_applications_have_two(cast, places, packs):
    drafts = [builders.draft(cast.auntie, places.garden) for _ in range(2)]
    assert {case.number for case in drafts} == {None}
    for case in drafts:
        builders.walk(case, cast, moves=1)
    assert Case.objects.values("number").distinct().count() == 2


def test_a_refused_submission_uses_no_number(cast, places, packs):
    lacking = builders.draft(cast.auntie, places.garden)
    lacking.materials.all().delete()
    with pytest.raises(Refusal):
        builders.walk(lacking, cast, moves=1)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    assert case.number.endswith("00001号")


def test_query_codes_cannot_be_guessed_or_misread(cast, places, packs):
    codes = {Case(place=places.garden).query_code for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 and not set(code) & set("01OIL") for code in codes)
