"""The desk under many hands: taken once, decided once, handed over once."""

import datetime as dt

import pytest

from portal.errors import OutOfTurn
from portal.models import AuditEvent
from registry import absences, bulk
from registry.casework import actions, leases, opinions
from registry.models import (
    Case,
    Certificate,
    Notice,
    Office,
)
from registry.scope import Role
from tests import builders
from tests.races.start import MANY, at_once, refused, waiting

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleagues(cast, places):
    """Fifty people at the street's desk."""
    return [builders.person(f"同事{n}", "street", places.street) for n in range(MANY)]


def test_fifty_colleagues_take_one_case_and_one_has_it(cast, places, packs, delegation, colleagues):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    late = refused(at_once(lambda n: leases.take(case, by=colleagues[n])))
    holder = Case.objects.get(pk=case.pk).holder
    assert len(late) == MANY - 1 and holder in colleagues
    assert all(f"由{holder}领取" in no.reason for no in late)
    assert AuditEvent.objects.filter(verb="case.take").count() == 1


def test_fifty_take_over_at_once_and_one_does(cast, places, packs, delegation, colleagues):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    leases.take(case, by=cast.li)
    over = lambda n: leases.take_over(case, by=colleagues[n], reason="急件", holder=cast.li.pk)  # noqa: E731
    assert len(refused(at_once(over))) == MANY - 1
    assert Case.objects.get(pk=case.pk).holder in colleagues
    assert Notice.objects.filter(user=cast.li, kind="handed").count() == 1


def test_fifty_decide_and_take_at_once_and_the_case_is_decided_once(cast, places, packs, delegation, colleagues):
    """Odd ones take, even ones decide: whoever comes after a decision, or into somebody's hands, is told so."""
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)

    def act(n):
        if n % 2:
            return leases.take(case, by=colleagues[n])
        return actions.move(case, "record", by=colleagues[n], data=dict(builders.GRANT))

    outcomes = at_once(act)
    assert all(isinstance(one, Case | OutOfTurn) for one in outcomes)
    assert case.steps.filter(verb="record").count() == Certificate.objects.count() <= 1
    assert len(refused(outcomes)) >= MANY - 2


def test_fifty_bulk_acts_with_one_key_decide_each_case_once(cast, places, packs, delegation):
    cases = waiting(cast, places, ["晨光舞蹈队", "晚霞合唱队"])
    seen = {case.pk: case.version for case in cases}

    def act(_):
        rows = bulk.chosen(cast.li, list(seen))
        return bulk.carry_out(rows, "record", seen=seen, by=cast.li, on=dt.date.today(), note="", key="k" * 32)

    outcomes = at_once(act, many=20)
    assert all(not line.why for lines in outcomes for line in lines)
    assert Certificate.objects.count() == 2


def test_ten_absences_announced_at_once_are_one(cast):
    today = dt.date.today()
    ends = today + dt.timedelta(days=3)
    away = lambda n: absences.announce(  # noqa: E731
        cast.li, deputy=cast.chen, starts=today, ends=ends, reason="年假", by=cast.li, on=today
    )
    assert len(refused(at_once(away, many=10))) == 9
    assert cast.chen.offices.exclude(stands_in_for=None).count() == 1


def test_fifty_answers_of_one_unit_are_one_answer_told_once(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    people = [builders.person(f"会商{n}", Role.ADVISER, places.hexi) for n in range(MANY)]
    Office.objects.filter(role=Role.ADVISER).update(title="区教育局")
    asked = opinions.ask(case, by=cast.wang, kind="industry", unit="区教育局")
    outcomes = at_once(lambda n: opinions.answer(asked, by=people[n], answer="agree", text=""))
    assert len(refused(outcomes)) == MANY - 1
    assert AuditEvent.objects.filter(verb="opinion.answer").count() == 1
    assert Notice.objects.filter(user=cast.wang, key=f"opinion:{asked.pk}:answered").count() == 1


def test_fifty_clicks_ask_a_unit_once(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    outcomes = at_once(lambda _: opinions.ask(case, by=cast.wang, kind="industry", unit="区教育局"))
    assert len(refused(outcomes)) == MANY - 1 and case.opinions.count() == 1


def test_a_question_and_a_decision_at_once_never_leave_a_decided_case_waiting(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)

    def press(number):
        if number % 2:
            return opinions.ask(case, by=cast.chen, kind="industry", unit=f"单位{number}")
        return actions.move(case, "record", by=cast.li, data=builders.GRANT)

    at_once(press, many=20)
    case.refresh_from_db()
    if case.state == "approved":
        decided = case.steps.get(verb="record").at
        assert not case.opinions.filter(asked_at__gt=decided).exists() and not case.opinions.exists()
    else:
        assert case.opinions.open().count() == 10
