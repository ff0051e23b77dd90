"""Names nobody else may have: given up not long ago, or kept for somebody, on both sides of the day."""

import datetime as dt

import pytest

from registry import register
from registry.casework import actions, facts, taken
from registry.models import FormerName, NameReservation
from registry.names.folding import fold
from tests import builders

GIVEN_UP = dt.date(2026, 3, 1)


@pytest.fixture
def wish(cast, places, packs):
    """李阿姨 wishes to call a new team 阳光舞蹈队."""
    return builders.draft(cast.auntie, places.garden)


def conflict(case, on):
    found = [one for one in facts.verdict(case, on).findings if one.key == "name.conflict.identical"]
    return found[0].label if found else ""


def former(where, cause, name="阳光舞蹈队", until=GIVEN_UP):
    one = builders.organisation(where)
    return FormerName.objects.create(
        organisation=one, place_code=where.code, name=name, folded_name=fold(name), until=until, cause=cause
    )


@pytest.mark.parametrize(
    ("cause", "last"),
    [
        ("changed", dt.date(2027, 3, 1)),
        ("deregistered", dt.date(2027, 3, 1)),
        ("revoked", dt.date(2029, 3, 1)),
    ],
)
def test_a_name_given_up_is_free_on_the_day_after_the_years_are_full(cause, last, wish, places):
    former(places.village, cause)
    free = last + dt.timedelta(days=1)
    told = conflict(wish, last)
    assert "不能使用" in told and f"{free.year}年{free.month}月{free.day}日起可以使用" in told
    assert conflict(wish, free) == ""


def test_the_years_are_those_of_the_document(wish, places, monkeypatch):
    former(places.village, "changed")
    monkeypatch.setattr(taken, "KEY", "no.such.key")
    assert conflict(wish, GIVEN_UP) == ""


def test_the_verdict_names_the_clause_and_the_reason(wish, places):
    former(places.village, "deregistered")
    finding = next(one for one in facts.verdict(wish, GIVEN_UP).findings if one.key == "name.conflict.identical")
    assert (finding.clause, finding.blocking) == ("第十六条", True)
    assert "注销未满 1 年" in finding.label


def test_under_another_authority_the_name_is_free(wish, places):
    other = builders.place("120103002001", "远社区", "community", parent=places.hexi)
    former(other, "changed")
    assert conflict(wish, GIVEN_UP) == ""


def test_a_registration_looks_at_the_whole_county(cast, places, packs):
    other = builders.place("120103002001", "远社区", "community", parent=places.hexi)
    former(other, "changed", name="天津市河西区暖阳老年协会")
    case = builders.draft(cast.auntie, places.garden, road="registration")
    assert "变更名称未满 1 年" in conflict(case, GIVEN_UP)


def test_its_own_former_name_is_open_to_the_organisation(wish, places):
    mine = former(places.village, "changed")
    wish.organisation = mine.organisation
    assert conflict(wish, GIVEN_UP) == ""


def test_a_similar_former_name_is_no_hindrance(wish, places):
    former(places.village, "changed", name="阳光舞蹈二队")
    assert not [one for one in facts.verdict(wish, GIVEN_UP).findings if one.key.startswith("name.conflict")]


def test_what_is_struck_off_today_is_taken_today(wish, cast, places):
    one = builders.organisation(places.village, name="阳光舞蹈队")
    register.end(one, by=cast.li, on=GIVEN_UP, reason="成员解散")
    assert "注销未满 1 年" in conflict(wish, GIVEN_UP)


def reserve(case, until=dt.date(2026, 9, 1)):
    return NameReservation.objects.create(
        case=case,
        name="阳光舞蹈队",
        folded_name=fold("阳光舞蹈队"),
        place_code=case.place_code,
        reserved_on=GIVEN_UP,
        expires_on=until,
    )


def test_a_name_kept_for_somebody_else_is_taken_until_its_last_day(wish, cast, places):
    reserve(actions.open_case("filing", by=cast.wang, place=places.garden))
    assert "已为其他申请人保留至2026年9月1日" in conflict(wish, dt.date(2026, 9, 1))
    assert conflict(wish, dt.date(2026, 9, 2)) == ""


def test_a_name_kept_for_oneself_is_free(wish, cast, places):
    reserve(actions.open_case("filing", by=cast.auntie, place=places.garden))
    assert conflict(wish, GIVEN_UP) == ""


def test_a_released_name_is_free(wish, cast, places):
    kept = reserve(actions.open_case("filing", by=cast.wang, place=places.garden))
    kept.released_on = GIVEN_UP
    kept.save()
    assert conflict(wish, GIVEN_UP) == ""


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (dt.date(2026, 3, 1), 12, dt.date(2027, 3, 1)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 5, 15), 36, dt.date(2029, 5, 15)),
    ],
)
def test_a_span_of_months_ends_with_the_day_of_the_same_number(day, months, last):
    assert taken.months_after(day, months) == last
