"""Names kept for an applicant: checked, kept once, used up, given up, run out."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import reservations
from registry.casework import actions
from registry.models import Case, NameReservation, Notice
from registry.scope import Role
from tests import builders
from tests.registry.kinds_scene import NAME, NAMED, filled

D = dt.date
CHINA = dt.timezone(dt.timedelta(hours=8))
BEGUN, LAST = D(2026, 3, 10), D(2026, 9, 6)  # 180 days


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=CHINA)) as travelling:
        yield lambda day: travelling.move_to(dt.datetime.combine(day, dt.time(9), CHINA))


@pytest.fixture
def other(cast, places, packs):
    return builders.person("邻居", Role.APPLICANT, places.village)


def asking(by, where, **more):
    case = filled(actions.open_case("name", by=by, place=where), by, organisation=more)
    return actions.move(case, "submit", by=by)


def kept(cast, places, **more):
    return actions.move(asking(cast.auntie, places.garden, **more), "reserve", by=cast.zhang)


def registering(by, where, name=NAME):
    said = builders.registration_answers(name, legal_form="social_service_org", scope="street")
    return builders.draft(by, where, road="registration", said=said)


def test_a_name_is_kept_for_a_hundred_and_eighty_days(cast, places, packs):
    case = kept(cast, places)
    one = case.reservation
    assert (case.state, one.name, one.place_code) == ("approved", NAME, places.hexi.code)
    assert (one.reserved_on, one.expires_on, one.released_on) == (BEGUN, LAST, None)
    assert [row["key"] for row in case.receipt["rules"] if not row["key"].startswith("name.")] == []


@pytest.mark.parametrize(("on", "free"), [(BEGUN, False), (LAST, False), (LAST + dt.timedelta(days=1), True)])
def test_nobody_else_gets_it_up_to_and_on_the_last_day(on, free, cast, places, other, clock):
    kept(cast, places)
    clock(on)
    case = asking(other, places.village)
    if free:
        assert actions.move(case, "reserve", by=cast.zhang).reservation.reserved_on == on
    else:
        with pytest.raises(Refusal, match="还不能保留") as no:
            actions.move(case, "reserve", by=cast.zhang)
        assert "社会组织名称管理办法" in no.value.clause
    assert NameReservation.objects.filter(released_on=None).count() == 1


def test_two_decisions_at_once_keep_it_once(cast, places, other):
    first, second = asking(cast.auntie, places.garden), asking(other, places.village)
    reservations.keep(first, on=BEGUN)
    with pytest.raises(OutOfTurn, match="刚刚"):
        reservations.keep(second, on=BEGUN)
    assert NameReservation.objects.count() == 1


def test_the_same_name_at_another_authority_is_another_name(cast, places, packs):
    kept(cast, places)
    street = builders.place("120101001000", "劝业场街道", "street", parent=places.heping)
    officer = builders.person("外来", Role.STREET, street)
    other = actions.move(asking(officer, street, name="天津市和平区暖阳养老服务中心"), "reserve", by=cast.stranger)
    assert other.reservation.place_code == places.heping.code


def test_a_name_in_use_is_not_kept(cast, places, packs):
    builders.organisation(places.village, name=NAME, kind="registered", legal_form="social_service_org")
    with pytest.raises(Refusal, match="相同名称"):
        kept(cast, places)


def test_whoever_asked_first_comes_first(cast, places, other, clock):
    first = asking(other, places.village)
    clock(BEGUN + dt.timedelta(days=1))
    second = asking(cast.auntie, places.garden)
    with pytest.raises(Refusal, match="先提交"):
        actions.move(second, "reserve", by=cast.zhang)
    assert actions.move(first, "reserve", by=cast.zhang).state == "approved"


def test_a_registration_handed_in_before_has_the_name_too(cast, places, other, clock):
    actions.move(registering(other, places.village), "submit", by=other)
    clock(BEGUN + dt.timedelta(days=1))
    with pytest.raises(Refusal, match="先提交"):
        kept(cast, places)


@pytest.mark.parametrize("name", ["天津市河西区国家级养老服务中心", "天津市河西区第一养老服务中心"])
def test_words_no_name_may_carry_are_refused_with_their_clause(name, cast, places, packs):
    with pytest.raises(Refusal, match="还不能保留") as no:
        kept(cast, places, name=name)
    assert no.value.clause


def test_the_registration_of_the_same_applicant_uses_it_up(cast, places, packs, other):
    case = kept(cast, places)
    done = builders.walk(registering(cast.auntie, places.garden), cast)
    case.reservation.refresh_from_db()
    assert (done.state, case.reservation.used_by, case.reservation.released_on) == ("approved", done, BEGUN)


def test_the_registration_of_somebody_else_is_stopped_by_it(cast, places, packs, other):
    kept(cast, places)
    case = actions.move(registering(other, places.village), "submit", by=other)
    case = actions.move(case, "accept", by=cast.zhang)
    with pytest.raises(Refusal, match="保留至2026年9月6日"):
        actions.move(case, "examine", by=cast.zhang, note="属实", data={"credit_code": builders.credit_code(case)})


def test_a_name_that_was_given_up_is_free_at_once(cast, places, other):
    case = actions.move(kept(cast, places), "give_up", by=cast.auntie)
    assert (case.state, case.reservation.released_on) == ("withdrawn", BEGUN)
    assert actions.move(asking(other, places.village), "reserve", by=cast.zhang).state == "approved"


def test_what_ran_out_or_was_used_cannot_be_given_up(cast, places, packs, clock):
    case = kept(cast, places)
    clock(LAST + dt.timedelta(days=1))
    with pytest.raises(OutOfTurn, match="不在保留中"):
        actions.move(case, "give_up", by=cast.auntie)


@pytest.mark.parametrize("who", ["wang", "li", "sun", "zhao", "stranger", "auntie"])
def test_only_the_authority_keeps_names(who, cast, places, packs):
    with pytest.raises(NotAllowed):
        actions.move(asking(cast.auntie, places.garden), "reserve", by=getattr(cast, who))


def test_whoever_asked_does_not_decide(cast, places, packs):
    case = asking(cast.zhang, places.garden)
    with pytest.raises(NotAllowed, match="另一位"):
        actions.move(case, "reserve", by=cast.zhang)


def test_a_name_runs_out_by_itself_on_the_day_after_the_last(cast, places, packs):
    one = kept(cast, places).reservation
    assert reservations.lapse(LAST) == 0
    assert reservations.lapse(LAST + dt.timedelta(days=1)) == 1
    assert reservations.lapse(LAST + dt.timedelta(days=2)) == 0
    one.refresh_from_db()
    assert one.released_on == LAST + dt.timedelta(days=1)
    assert Notice.objects.filter(user=cast.auntie, key=f"name:{one.pk}:over").count() == 1


@pytest.mark.parametrize(("days", "told"), [(31, 0), (30, 1), (0, 1)])
def test_the_applicant_is_told_thirty_days_ahead_once(days, told, cast, places, packs):
    one = kept(cast, places).reservation
    for _ in range(2):
        reservations.lapse(LAST - dt.timedelta(days=days))
    assert Notice.objects.filter(user=cast.auntie, key=f"name:{one.pk}:soon").count() == told


def test_the_kept_name_opens_a_registration_that_asks_nothing_again(client, cast, places, packs):
    case = kept(cast, places)
    client.force_login(cast.auntie)
    assert "用这个名称申请登记" in client.get(case.get_absolute_url()).content.decode()
    for _ in range(2):  # a second click finds the same draft
        assert client.post(reverse("registry:from_name", args=[case.pk])).status_code == 302
    made = Case.objects.get(kind="registration")
    assert made.name == NAME
    assert NAMED["organisation"].items() <= made.answers["organisation"].items()


def test_nobody_registers_under_a_name_kept_for_another(client, cast, places, other):
    case = kept(cast, places)
    for who in (other, cast.wang, cast.zhang):
        client.force_login(who)
        assert client.post(reverse("registry:from_name", args=[case.pk])).status_code == 404
    assert not Case.objects.filter(kind="registration").exists()


def test_a_case_begins_at_a_place_of_ones_own(client, cast, places, packs):
    client.force_login(cast.auntie)
    url = reverse("registry:begin", args=["name"])
    assert "名称保留" in client.get(url).content.decode()
    given = {"place_code": places.garden.code, "key": "k1"}
    for _ in range(2):
        assert client.post(url, given).status_code == 302
    assert Case.objects.get(kind="name").place == places.garden
    assert client.post(url, {"place_code": places.village.code, "key": "k2"}).status_code == 403


@pytest.mark.parametrize("kind", ["filing", "registration", "charity", "annual", "nonsense"])
def test_what_has_its_own_door_does_not_begin_here(kind, client, cast, packs):
    client.force_login(cast.auntie)
    assert client.get(reverse("registry:begin", args=[kind])).status_code == 404


def test_a_registration_that_was_given_up_can_be_begun_again_under_the_kept_name(cast, places, packs):
    case = kept(cast, places)
    begun = [reservations.register(case, by=cast.auntie, on=BEGUN) for _ in range(2)]
    assert begun[0] == begun[1]
    actions.move(begun[0], "withdraw", by=cast.auntie)
    again = [reservations.register(case, by=cast.auntie, on=BEGUN) for _ in range(2)]
    assert again[0] == again[1] != begun[0] and again[0].state == "draft"
