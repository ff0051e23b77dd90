"""Numbers and names: nothing is given twice, whatever happens at once."""

import pytest
from django.db import transaction

from portal.errors import Refusal
from registry.casework import actions, numbers
from registry.models import (
    Certificate,
    NameReservation,
    Organisation,
)
from tests import builders
from tests.races.start import MANY, TODAY, at_once, waiting
from tests.registry.kinds_scene import filled

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


def test_fifty_numbers_taken_at_once_are_fifty_numbers(places):
    def take(_):
        with transaction.atomic():
            return numbers.take("filing", place=places.street, on=TODAY)

    taken = at_once(take)
    assert sorted(taken) == [f"备120103001〔2026〕{n:05d}号" for n in range(1, MANY + 1)]


def test_numbers_of_failed_transactions_are_gaps_and_never_come_back(places):
    def take(number):
        try:
            with transaction.atomic():
                taken = numbers.take("receipt", place=places.street, on=TODAY)
                if number % 2:
                    raise ZeroDivisionError
                return taken
        except ZeroDivisionError:
            return None

    kept = [number for number in at_once(take) if number]
    assert len(set(kept)) == len(kept) == MANY // 2


def test_twenty_cases_decided_at_once_bear_twenty_numbers(cast, places, packs, delegation):
    cases = waiting(cast, places, [f"{sign}字号舞蹈队" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"])
    at_once(lambda n: actions.move(cases[n], "record", by=cast.li, data=dict(builders.GRANT)), many=20)
    assert len(set(Certificate.objects.values_list("number", flat=True))) == 20


def test_of_twenty_teams_of_one_name_decided_at_once_one_is_filed(cast, places, packs, delegation):
    cases = waiting(cast, places, ["阳光舞蹈队"] * 20)
    at_once(lambda n: actions.move(cases[n], "record", by=cast.li, data=dict(builders.GRANT)), many=20)
    assert Certificate.objects.count() == 1


def test_of_twenty_who_want_one_name_one_has_it_kept(cast, places, packs):
    others = [builders.person(f"申请人{n}", "applicant", places.garden) for n in range(20)]
    cases = [filled(actions.open_case("name", by=by, place=places.garden), by) for by in others]
    cases = [actions.move(case, "submit", by=case.opened_by) for case in cases]
    at_once(lambda n: actions.move(cases[n], "reserve", by=cast.zhang), many=20)
    assert NameReservation.objects.count() == 1


def test_one_credit_code_registers_one_of_two_organisations(cast, places, packs):
    names = ("天津市河西区暖阳老年协会", "天津市河西区和风助老协会")
    made = [
        builders.draft(cast.auntie, places.garden, road="registration", said=builders.registration_answers(n))
        for n in names
    ]
    code = builders.credit_code(made[0])
    for case in made:
        builders.walk(case, cast, moves=2)
        actions.move(case, "examine", by=cast.zhang, note="齐全", data={"credit_code": code})
    outcomes = at_once(lambda n: actions.move(made[n], "approve", by=cast.sun), many=2)
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert Organisation.objects.filter(credit_code=code).count() == 1
