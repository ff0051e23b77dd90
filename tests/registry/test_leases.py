"""Having a case in hand: taken for a while, given back, taken over with a reason, and let go with every step."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.casework import actions, history, leases
from registry.models import Case, Notice
from tests import builders


@pytest.fixture
def case(cast, places, packs, delegation):
    """Reported: the street has the word, two people may decide."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)


def again(case):
    return Case.objects.get(pk=case.pk)


def test_a_case_taken_is_in_one_persons_hands_for_four_hours(case, cast):
    leases.take(case, by=cast.li)
    held = again(case)
    assert held.holder == cast.li
    assert abs(held.held_until - timezone.now() - dt.timedelta(hours=4)) < dt.timedelta(minutes=1)
    assert AuditEvent.objects.filter(verb="case.take", subject=f"case:{case.pk}", by=cast.li).count() == 1


def test_a_second_click_on_take_begins_anew_and_says_nothing_twice(case, cast):
    leases.take(case, by=cast.li)
    leases.take(case, by=cast.li)
    assert AuditEvent.objects.filter(verb="case.take").count() == 1


def test_a_colleague_who_acts_meanwhile_is_told_who_has_it_until_when(case, cast):
    leases.take(case, by=cast.li)
    until = timezone.localtime(again(case).held_until).strftime("%H:%M")
    for act in (
        lambda: leases.take(case, by=cast.chen),
        lambda: actions.move(case, "record", by=cast.chen, data=dict(builders.GRANT)),
    ):
        with pytest.raises(OutOfTurn, match=f"由老李领取.*{until}"):
            act()
    assert again(case).state == "reported"


def test_the_holder_acts_and_every_step_lets_go(case, cast):
    leases.take(case, by=cast.li)
    done = actions.move(case, "return", by=cast.li, data={"defects": [builders.DEFECT]})
    assert (done.held_by, done.held_until) == (None, None)


def test_a_lease_that_ran_out_holds_nobody_up(case, cast):
    leases.take(case, by=cast.li)
    Case.objects.filter(pk=case.pk).update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert again(case).holder is None
    assert actions.move(case, "record", by=cast.chen, data=dict(builders.GRANT)).state == "approved"


def test_taking_over_needs_a_reason_and_the_former_holder_reads_it(case, cast):
    leases.take(case, by=cast.li)
    with pytest.raises(Refusal, match="原因"):
        leases.take_over(case, by=cast.chen, reason="  ", holder=cast.li.pk)
    leases.take_over(case, by=cast.chen, reason="老李开会去了", holder=cast.li.pk)
    assert again(case).holder == cast.chen
    told = Notice.objects.get(user=cast.li, kind=Notice.Kind.HANDED)
    assert told.case == case and "老李开会去了" in told.text and "陈姐" in told.text
    line = AuditEvent.objects.get(verb="case.take_over")
    assert line.changes == {"held_by": ["老李", "陈姐"]} and "老李开会去了" in line.summary
    told = {who: [one.what for one in history.timeline(case, getattr(cast, who))] for who in ("wang", "auntie")}
    assert "接手" in told["wang"] and "接手" not in told["auntie"]  # the desks' own affair


def test_a_case_that_went_elsewhere_meanwhile_is_not_taken_over_blindly(case, cast, places):
    third = builders.person("小周", "street", places.street)
    leases.take(case, by=cast.li)
    leases.take_over(case, by=cast.chen, reason="急件", holder=cast.li.pk)
    with pytest.raises(OutOfTurn, match="陈姐"):
        leases.take_over(case, by=third, reason="急件", holder=cast.li.pk)
    assert again(case).holder == cast.chen


def test_nobody_takes_over_what_is_in_nobodys_hands(case, cast):
    with pytest.raises(OutOfTurn, match="没有人领取"):
        leases.take_over(case, by=cast.chen, reason="急件", holder=cast.li.pk)


@pytest.mark.parametrize("who", ["wang", "zhang", "zhao", "auntie", "stranger"])
def test_only_the_desk_that_has_the_word_takes(who, case, cast):
    with pytest.raises(NotAllowed):
        leases.take(case, by=getattr(cast, who))
    leases.take(case, by=cast.li)
    with pytest.raises(NotAllowed):
        leases.take_over(case, by=getattr(cast, who), reason="急件", holder=cast.li.pk)


@pytest.mark.parametrize("state", ["draft", "returned", "approved", "withdrawn"])
def test_there_is_nothing_to_take_while_no_desk_has_the_word(state, case, cast):
    Case.objects.filter(pk=case.pk).update(state=state)
    with pytest.raises(OutOfTurn, match="不等待"):
        leases.take(again(case), by=cast.li)


def test_only_the_holder_puts_a_case_back(case, cast):
    leases.take(case, by=cast.li)
    with pytest.raises(OutOfTurn):
        leases.release(case, by=cast.chen)
    leases.release(case, by=cast.li)
    assert again(case).holder is None
    with pytest.raises(OutOfTurn):
        leases.release(case, by=cast.li)


def test_a_lease_never_keeps_the_applicant_from_withdrawing(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    leases.take(case, by=cast.wang)
    assert actions.move(case, "withdraw", by=cast.auntie).state == "withdrawn"
