"""Occupational bans: recorded with their basis, found again by a number that is not kept."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import bans
from registry.casework.facts import banned_until
from registry.models import OccupationalBan
from tests import builders

TODAY, UNTIL = dt.date(2026, 11, 22), dt.date(2028, 1, 1)
BASIS = {"basis": "《慈善法》第一百一十二条", "decided_by": "河西区民政局"}


def record(places, cast, **more):
    said = {"name": "王强", "id_number": builders.identity_number(), "until": UNTIL} | BASIS | more
    return bans.record(places.hexi, by=cast.zhang, on=TODAY, **said)


def test_a_ban_is_found_by_the_number_and_does_not_keep_it(places, cast):
    made, number = record(places, cast), builders.identity_number()
    assert banned_until(number) == UNTIL
    assert number not in str(OccupationalBan.objects.values().get()) and made.masked.startswith("120*")


def test_two_clicks_record_one_ban(places, cast):
    assert record(places, cast) == record(places, cast)
    assert OccupationalBan.objects.count() == 1


def test_a_ban_that_is_over_and_one_by_the_street_are_refused(places, cast):
    with pytest.raises(Refusal, match="已经过去"):
        record(places, cast, until=TODAY - dt.timedelta(days=1))
    with pytest.raises(NotAllowed):
        bans.record(
            places.hexi, by=cast.li, on=TODAY, name="王强", id_number=builders.identity_number(), until=UNTIL, **BASIS
        )


def test_the_page_names_what_is_wrong_and_keeps_what_was_typed(places, cast, client):
    client.force_login(cast.zhang)
    page = client.post(reverse("registry:bans"), {"name": "王强", "id_number": "123", "until": "明天"}).content.decode()
    assert "王强" in page and "填写法律依据" in page and "填写日期" in page
    assert not OccupationalBan.objects.exists()


def test_a_lifted_ban_bars_nobody_and_says_why(places, cast):
    made = record(places, cast)
    bans.lift(made, by=cast.zhang, on=TODAY, reason="原决定被复议撤销")
    assert banned_until(builders.identity_number()) is None
    made.refresh_from_db()
    assert (made.lifted_on, made.lift_reason) == (TODAY, "原决定被复议撤销")
    assert AuditEvent.objects.filter(verb="ban.lift", subject=f"ban:{made.pk}").count() == 1


def test_another_ban_of_the_same_person_still_stands(places, cast):
    longer = record(places, cast, until=UNTIL + dt.timedelta(days=1))
    bans.lift(longer, by=cast.zhang, on=TODAY, reason="原决定被复议撤销")
    record(places, cast)
    assert banned_until(builders.identity_number()) == UNTIL


def test_after_it_was_lifted_the_same_ban_can_be_recorded_anew(places, cast):
    bans.lift(record(places, cast), by=cast.zhang, on=TODAY, reason="录入有误")
    record(places, cast)
    assert banned_until(builders.identity_number()) == UNTIL


def test_a_ban_is_lifted_once_with_a_reason_and_by_its_own_county(places, cast):
    made = record(places, cast)
    for by, reason, refusal in (
        (cast.stranger, "撤销", NotAllowed),
        (cast.li, "撤销", NotAllowed),
        (cast.zhang, " ", Refusal),
    ):
        with pytest.raises(refusal):
            bans.lift(made, by=by, on=TODAY, reason=reason)
    bans.lift(made, by=cast.zhang, on=TODAY, reason="撤销")
    with pytest.raises(OutOfTurn):
        bans.lift(made, by=cast.zhang, on=TODAY, reason="撤销")


@pytest.mark.parametrize(("day", "over"), [(UNTIL, False), (UNTIL + dt.timedelta(days=1), True)])
def test_on_its_last_day_a_ban_can_still_be_lifted(day, over, places, cast):
    made = record(places, cast)
    if over:
        with pytest.raises(OutOfTurn):
            bans.lift(made, by=cast.zhang, on=day, reason="撤销")
    else:
        assert bans.lift(made, by=cast.zhang, on=day, reason="撤销").lifted_on == day
