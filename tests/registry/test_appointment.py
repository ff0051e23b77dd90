"""任职前公示: made public, objected to, answered, and decided by another person after the last day."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import announcements, bans
from registry.casework import actions, answers, facts, kinds
from registry.models import Notice, Objection
from tests import builders
from tests.registry.kinds_scene import drafted, filled, registered

D = dt.date
CHINA = dt.timezone(dt.timedelta(hours=8))
BEGUN, LAST, AFTER = D(2026, 3, 10), D(2026, 3, 17), D(2026, 3, 18)


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=CHINA)) as travelling:
        yield lambda day: travelling.move_to(dt.datetime.combine(day, dt.time(9), CHINA))


@pytest.fixture
def public(cast, places, packs, clock):
    """An appointment that has been public since 10 March, for seven days."""
    case = actions.move(drafted("appointment", registered(places.garden), cast.wang), "submit", by=cast.wang)
    return actions.move(case, "publish", by=cast.zhang)


def objected(case, text="没有经过选举", **more):
    return announcements.object_to(case, text=text, on=BEGUN, **more)


def test_the_notice_runs_seven_calendar_days_after_the_day_it_begins(public):
    assert (public.state, public.decision["published_on"], public.decision["until"]) == (
        "published", "2026-03-10", "2026-03-17",
    )  # fmt: skip
    assert public.decision["assumed"]


@pytest.mark.parametrize(("on", "allowed"), [(BEGUN, False), (LAST, False), (AFTER, True)])
def test_it_is_confirmed_only_after_the_last_day(on, allowed, public, cast, clock):
    clock(on)
    if allowed:
        assert actions.move(public, "confirm", by=cast.sun).state == "approved"
    else:
        with pytest.raises(Refusal, match="次日起"):
            actions.move(public, "confirm", by=cast.sun)


@pytest.mark.parametrize(("on", "open_"), [(BEGUN, True), (LAST, True), (AFTER, False)])
def test_anybody_may_object_up_to_and_on_the_last_day(on, open_, public):
    if open_:
        assert announcements.object_to(public, text="没有经过选举", on=on).pk
    else:
        with pytest.raises(OutOfTurn, match="已经结束"):
            announcements.object_to(public, text="没有经过选举", on=on)


def test_nothing_is_decided_while_an_objection_waits(public, cast, clock):
    first, second = objected(public), objected(public, "年龄不符")
    clock(AFTER)
    announcements.answer(first, upheld=False, answer="会议记录齐全", by=cast.zhang)
    with pytest.raises(Refusal, match="还有 1 条"):
        actions.move(public, "confirm", by=cast.sun)
    announcements.answer(second, upheld=False, answer="符合章程", by=cast.zhang)
    assert actions.move(public, "confirm", by=cast.sun).state == "approved"


def test_an_upheld_objection_ends_it(public, cast, clock):
    one = objected(public)
    announcements.answer(one, upheld=True, answer="确未选举", by=cast.zhang)
    clock(AFTER)
    with pytest.raises(Refusal, match="有异议成立"):
        actions.move(public, "confirm", by=cast.sun)
    assert actions.move(public, "uphold", by=cast.sun, note="重新选举后再申请").state == "rejected"


def test_without_an_upheld_objection_none_is_found_to_hold(public, cast, clock):
    announcements.answer(objected(public), upheld=False, answer="不属实", by=cast.zhang)
    clock(AFTER)
    with pytest.raises(Refusal, match="没有成立的异议"):
        actions.move(public, "uphold", by=cast.sun, note="……")


def test_whoever_published_does_not_decide(public, cast, places, clock):
    builders.Office.objects.create(user=cast.zhang, role="approver", place=places.hexi, starts=builders.SINCE)
    clock(AFTER)
    with pytest.raises(NotAllowed, match="另一位"):
        actions.move(public, "confirm", by=cast.zhang)


@pytest.mark.parametrize("who", ["auntie", "wang", "li", "zhao", "stranger"])
def test_objections_are_read_and_answered_only_at_the_deciding_desk(who, public, cast):
    one = objected(public)
    assert not announcements.objections(public, getattr(cast, who))
    with pytest.raises(NotAllowed):
        announcements.answer(one, upheld=False, answer="不属实", by=getattr(cast, who))
    assert list(announcements.objections(public, cast.zhang)) == [one]


def test_the_second_to_answer_finds_the_first(public, cast):
    one = objected(public)
    announcements.answer(one, upheld=False, answer="不属实", by=cast.zhang)
    with pytest.raises(OutOfTurn, match="张科"):
        announcements.answer(one, upheld=True, answer="属实", by=cast.sun)
    one.refresh_from_db()
    assert (one.upheld, one.handled_by) == (False, cast.zhang)


def test_after_the_decision_no_answer_changes(public, cast, clock):
    one = objected(public)
    announcements.answer(one, upheld=False, answer="不属实", by=cast.zhang)
    clock(AFTER)
    actions.move(public, "confirm", by=cast.sun)
    with pytest.raises(OutOfTurn, match="不能再答复"):
        announcements.answer(one, upheld=True, answer="属实", by=cast.zhang)


def test_the_desk_hears_of_an_objection_and_neither_notice_nor_trail_says_what_or_who(public, cast):
    objected(public, "写给登记机关的话", name="王某", phone="13900000001")
    told = Notice.objects.filter(key__startswith="objection:")
    assert {one.user for one in told} == {cast.zhang, cast.sun}
    trail = " ".join(str(one.__dict__) for one in AuditEvent.objects.filter(verb__startswith="objection"))
    for secret in ("写给登记机关的话", "王某", "13900000001"):
        assert secret not in " ".join(one.text for one in told) + trail


def test_a_banned_person_is_not_made_public(cast, places, packs, clock):
    bans.record(
        places.hexi,
        by=cast.zhang,
        on=BEGUN,
        name="刘桂兰",
        id_number=builders.identity_number(),
        until=D(2027, 1, 1),
        basis="法",
        decided_by="民政局",
    )
    case = actions.move(drafted("appointment", registered(places.garden), cast.wang), "submit", by=cast.wang)
    with pytest.raises(Refusal, match="从业禁止"):
        actions.move(case, "publish", by=cast.zhang)


# --- what the public sees ------------------------------------------------------------------------------------------


def test_the_public_page_shows_name_and_post_and_no_number(public, client, cast):
    page = client.get(reverse("registry:announcement", args=[public.pk])).content.decode()
    listed = client.get(reverse("registry:announcements")).content.decode()
    assert all(word in page for word in ("刘桂兰", "会长", "2026年3月17日", "暂定 7 天"))
    assert "刘桂兰" in listed
    for secret in (builders.identity_number(), "13900000000", builders.identity_number()[-4:], cast.zhang.name):
        assert secret not in page + listed


def test_an_objection_from_the_page_may_be_anonymous_and_is_not_shown_there(public, client):
    url = reverse("registry:announcement", args=[public.pk])
    answer = client.post(url, {"text": "没有经过选举"})
    assert answer.status_code == 302
    one = Objection.objects.get(case=public)
    assert (one.name, one.phone, one.upheld) == ("", "", None)
    assert "没有经过选举" not in client.get(url).content.decode()


@pytest.mark.parametrize(("length", "kept"), [(500, 1), (501, 0)])
def test_an_objection_has_at_most_five_hundred_characters(length, kept, public, client):
    client.post(reverse("registry:announcement", args=[public.pk]), {"text": "长" * length})
    assert Objection.objects.count() == kept


def test_one_address_objects_five_times_an_hour(public, client):
    url = reverse("registry:announcement", args=[public.pk])
    codes = [client.post(url, {"text": "没有经过选举"}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_what_is_not_public_is_not_there(public, client, cast, clock):
    url = reverse("registry:announcement", args=[public.pk])
    clock(AFTER)
    actions.move(public, "confirm", by=cast.sun)
    assert client.get(url).status_code == 404
    assert client.post(url, {"text": "晚了"}).status_code == 404


def test_the_case_page_shows_objections_to_the_desk_alone(public, client, cast):
    objected(public, "写给登记机关的话")
    shown = {}
    for who in ("wang", "zhang"):
        client.force_login(getattr(cast, who))
        shown[who] = "写给登记机关的话" in client.get(public.get_absolute_url()).content.decode()
    assert shown == {"wang": False, "zhang": True}


# --- not asked again -----------------------------------------------------------------------------------------------


@pytest.fixture
def wenzhou(packs):
    """A community in Wenzhou, where an appointment needs a notice, and its officers."""
    city = builders.place("330300000000", "温州市", "prefecture")
    county = builders.place("330302000000", "鹿城区", "county", parent=city)
    street = builders.place("330302001000", "五马街道", "street", parent=county)
    place = builders.place("330302001001", "府前社区", "community", parent=street)
    place.wang = builders.person("小王", "community", place)
    place.zhang = builders.person("张科", "district", county)
    place.sun = builders.person("孙局", "approver", county)
    return place


def announced(place, clock, *, name, serial=1):
    case = actions.open_case("appointment", by=place.wang, place=place)
    case = filled(case, place.wang, candidate={"name": name, **builders.sealed(serial)})
    case = actions.move(actions.move(case, "submit", by=place.wang), "publish", by=place.zhang)
    clock(AFTER)
    return actions.move(case, "confirm", by=place.sun)


NAME = "温州市鹿城区暖阳老年协会"


def applying(place, *, name=NAME, serial=1):
    case = actions.open_case(
        "registration", by=place.wang, place=place, said={"organisation": {"name": name, "legal_form": "association"}}
    )
    people = kinds.of("registration").section("people")
    return actions.save_section(case, people, builders.answers()["people"] | builders.sealed(serial), by=place.wang)


def asked(case):
    form = answers.to_fill(kinds.of("registration").section("conditions"), case)
    return "public_notice_done" in form.fields


def test_whoever_was_announced_is_not_asked_again_and_the_fact_is_known(wenzhou, clock):
    before = applying(wenzhou)
    assert asked(before)
    announced(wenzhou, clock, name=NAME)
    case = applying(wenzhou)
    assert not asked(case)
    assert facts.facts(case).public_notice_done is True


def test_a_notice_speaks_for_its_person_and_its_organisation_only(wenzhou, clock):
    announced(wenzhou, clock, name=NAME)
    assert asked(applying(wenzhou, serial=2))
    assert asked(applying(wenzhou, name="温州市鹿城区晨光老年协会"))


def test_a_notice_under_way_or_failed_answers_nothing(wenzhou, clock):
    case = filled(
        actions.open_case("appointment", by=wenzhou.wang, place=wenzhou), wenzhou.wang, candidate={"name": NAME}
    )
    case = actions.move(actions.move(case, "submit", by=wenzhou.wang), "publish", by=wenzhou.zhang)
    assert asked(applying(wenzhou))
    announcements.answer(objected(case), upheld=True, answer="属实", by=wenzhou.zhang)
    clock(AFTER)
    actions.move(case, "uphold", by=wenzhou.sun, note="异议成立")
    assert asked(applying(wenzhou))


def test_another_leader_typed_later_is_asked_about(wenzhou, clock):
    announced(wenzhou, clock, name=NAME)
    case = applying(wenzhou)
    assert not asked(case)
    people = kinds.of("registration").section("people")
    case = actions.save_section(case, people, builders.answers()["people"] | builders.sealed(2), by=wenzhou.wang)
    assert asked(case)
