"""The register keeps its past: standings, leaders and coverage are closed with a day, never overwritten."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import OutOfTurn
from portal.models import AuditEvent, User
from registry import register
from registry.models import Case, Certificate, FormerName, Hub, LeaderTerm, Organisation, Person, Standing
from tests import builders

START, LATER, LAST = dt.date(2020, 1, 1), dt.date(2022, 5, 1), dt.date(2024, 9, 1)
LEADER = {"leader_name": "刘桂兰", "leader_id_number": builders.identity_number(1), "leader_phone": "13900000001"}


def entry(place, kind="filed", name="阳光舞蹈队", **said):
    return register.Entry(kind=kind, name=name, place=place, said={"category": "culture_sports"} | said)


def test_an_entry_opens_one_standing_and_one_audit_line(cast, places):
    found = register.enter(entry(places.garden), by=cast.li, on=START)
    standing = Standing.objects.get()
    assert (standing.kind, standing.starts, standing.ends) == ("filed", START, None)
    assert (standing.place_code, found.standing) == (places.garden.code, "filed")
    assert AuditEvent.objects.get(verb="register.filed").by == cast.li


def test_a_change_of_standing_leaves_no_gap_and_no_overlap(places):
    found = register.enter(entry(places.garden, kind="listed"), by=None, on=START)
    register.enter(entry(places.garden), by=None, on=LATER, organisation=found)
    register.enter(entry(places.garden, kind="registered"), by=None, on=LAST, organisation=found)
    held = list(found.standings.values_list("kind", "starts", "ends"))
    assert held == [("listed", START, LATER), ("filed", LATER, LAST), ("registered", LAST, None)]


def test_every_day_has_its_standing(places):
    found = register.enter(entry(places.garden), by=None, on=START)
    register.end(found, by=None, on=LAST, reason="成员解散")
    days = {START - dt.timedelta(1): False, START: True, LATER: True, LAST - dt.timedelta(1): True, LAST: False}
    assert {day: Organisation.objects.standing_on(day).exists() for day in days} == days


def test_ending_closes_all_that_was_open(places):
    said = LEADER | {"party_organisation": "own", "hub_type": "federation"}
    found = register.enter(entry(places.garden, **said), by=None, on=START)
    ended = register.end(found, by=None, on=LAST, reason="成员解散")
    assert ended.standing == ""
    assert set(found.standings.values_list("ends", "reason")) == {(LAST, "成员解散")}
    for rows in (found.leader_terms, found.party_coverages, Hub.objects.filter(organisation=found)):
        assert [row.ends for row in rows.all()] == [LAST]


def test_what_has_ended_cannot_end_again(places):
    found = register.enter(entry(places.garden), by=None, on=START)
    register.end(found, by=None, on=LATER, reason="成员解散")
    with pytest.raises(OutOfTurn) as no:
        register.end(found, by=None, on=LAST, reason="又一次")
    assert no.value.code == "ended"
    assert found.standings.get().reason == "成员解散"


def test_a_very_long_reason_is_cut_and_breaks_nothing(places):
    found = register.enter(entry(places.garden), by=None, on=START)
    register.end(found, by=None, on=LAST, reason="因" * 900)
    assert found.standings.get().reason == "因" * 200


def test_ending_cancels_every_certificate_at_once(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    today = timezone.localdate()
    register.end(case.organisation, by=cast.li, on=today, reason="成员解散")
    paper = Certificate.objects.get()
    assert (paper.cancelled_on, paper.cancel_reason) == (today, "成员解散")


def test_a_new_leader_ends_the_term_of_the_old(places):
    found = register.enter(entry(places.garden, **LEADER), by=None, on=START)
    other = {"leader_name": "王强", "leader_id_number": builders.identity_number(2), "leader_phone": "13900000002"}
    register.enter(entry(places.garden, **other), by=None, on=LATER, organisation=found)
    terms = list(LeaderTerm.objects.values_list("person__name", "starts", "ends"))
    assert terms == [("刘桂兰", START, LATER), ("王强", LATER, None)]


def test_the_same_leader_goes_on_in_one_term(places):
    found = register.enter(entry(places.garden, **LEADER), by=None, on=START)
    register.enter(entry(places.garden, **LEADER), by=None, on=LATER, organisation=found)
    assert (LeaderTerm.objects.count(), Person.objects.count()) == (1, 1)


def test_one_person_leading_two_organisations_is_one_person_and_is_keeps_what_each_was_told(places):
    register.enter(entry(places.garden, **LEADER), by=None, on=START)
    register.enter(entry(places.garden, name="二队", **LEADER | {"leader_phone": "13900000009"}), by=None, on=LATER)
    assert Person.objects.count() == 1
    assert [term.phone for term in LeaderTerm.objects.order_by("id")] == [LEADER["leader_phone"], "13900000009"]


def test_two_leaders_without_a_number_are_two_persons(places):
    for name in ("一队", "二队"):
        register.enter(entry(places.garden, name=name, leader_name="王强"), by=None, on=START)
    assert Person.objects.count() == 2


def test_party_coverage_follows_what_is_said(places):
    found = register.enter(entry(places.garden, party_organisation="fallback"), by=None, on=START)
    register.enter(entry(places.garden, party_organisation="own"), by=None, on=LATER, organisation=found)
    register.enter(entry(places.garden, party_organisation=""), by=None, on=LAST, organisation=found)
    held = list(found.party_coverages.values_list("kind", "starts", "ends"))
    assert held == [("fallback", START, LATER), ("own", LATER, LAST)]


def test_what_is_not_said_again_stays_known(places):
    found = register.enter(entry(places.garden, capital=5000, address="二楼"), by=None, on=START)
    register.enter(entry(places.garden, kind="registered"), by=None, on=LATER, organisation=found)
    found.refresh_from_db()
    assert (found.capital, found.address) == (5000, "二楼")


def test_a_number_in_use_is_refused_and_enters_nothing(places):
    first = register.Entry("filed", "一队", places.garden, {}, {"filing_number": "备1"})
    register.enter(first, by=None, on=START)
    with pytest.raises(OutOfTurn):
        register.enter(register.Entry("filed", "二队", places.garden, {}, {"filing_number": "备1"}), by=None, on=START)
    assert (Organisation.objects.count(), Standing.objects.count()) == (1, 1)


@pytest.mark.parametrize("query", ["阳光", "ygwdd", "yangguang"])
def test_names_are_found_by_letters_and_by_pinyin(query, client, cast, places):
    register.enter(entry(places.garden), by=None, on=START)
    client.force_login(cast.li)
    assert "阳光舞蹈队" in client.get("/organisations/", {"q": query}).content.decode()


@pytest.fixture
def led(places):
    said = LEADER | {"party_organisation": "fallback", "individual_members": 20, "capital": 0}
    return register.enter(entry(places.garden, **said), by=None, on=START)


def amend(organisation, changes, on=LATER, by=None):
    case = Case(kind="filing-change", matter="变更备案", place=organisation.place, organisation=organisation)
    return register.amend(organisation, changes, by=by, on=on, case=case)


def test_an_amendment_writes_what_is_named_and_leaves_the_rest(led):
    found = amend(led, {"individual_members": 31, "address": "文化馆"})
    assert (found.individual_members, found.address, found.category, found.capital) == (
        31,
        "文化馆",
        "culture_sports",
        0,
    )
    assert found.standings.count() == found.leader_terms.count() == 1


def test_an_amended_name_is_former_from_the_day_and_found_by_its_sound(led):
    found = amend(led, {"name": "夕阳红舞蹈队"})
    assert (found.folded_name, found.pinyin.split()[0]) == ("夕阳红舞蹈队", "xyhwdd")
    assert list(found.former_names.values_list("name", "until", "cause")) == [("阳光舞蹈队", LATER, "changed")]


def test_the_same_name_again_is_no_former_name(led):
    amend(led, {"name": "阳光舞蹈队", "capital": 5})
    assert not FormerName.objects.exists()


def test_a_new_name_on_the_way_to_registration_is_kept_as_well(led, places):
    register.enter(entry(places.garden, kind="registered", name="河西区舞蹈协会"), by=None, on=LATER, organisation=led)
    assert FormerName.objects.get().name == "阳光舞蹈队"


def test_who_leaves_the_register_leaves_the_name_behind(led):
    register.end(led, by=None, on=LATER, reason="成员解散")
    former = FormerName.objects.get()
    assert (former.name, former.until, former.cause, former.place_code) == (
        "阳光舞蹈队",
        LATER,
        "deregistered",
        led.place_code,
    )


@pytest.mark.parametrize("change", [{"scope": "street"}, {"place": "village"}], ids=["scope", "place"])
def test_a_move_or_another_scope_begins_a_standing_of_its_own(change, led, places):
    found = amend(led, {key: places.village if key == "place" else value for key, value in change.items()})
    first, second = found.standings.order_by("id")
    assert (first.ends, second.starts, second.ends) == (LATER, LATER, None)
    assert (second.scope, second.place_code) == (found.scope, found.place_code) != (first.scope, first.place_code)


def test_a_joint_party_organisation_ends_the_cover_of_the_community(led):
    amend(led, {"party_organisation": "joint"})
    held = list(led.party_coverages.order_by("id").values_list("kind", "starts", "ends"))
    assert held == [("fallback", START, LATER), ("joint", LATER, None)]


def test_another_phone_of_the_same_leader_is_no_new_term(led):
    amend(led, LEADER | {"leader_phone": "13900000009", "serving_cadre": False})
    term = led.leader_terms.get()
    assert (term.phone, term.starts, term.ends) == ("13900000009", START, None)


def test_an_amendment_is_audited_in_words_from_what_to_what(led, cast):
    amend(led, {"scope": "street", "individual_members": 20, "managing_body": "街道办事处"}, by=cast.li)
    row = AuditEvent.objects.get(verb="register.amend")
    assert row.by == cast.li
    assert row.changes == {"scope": ["社区（村）范围", "街道（乡镇）范围"], "managing_body": ["", "街道办事处"]}


def test_who_has_left_is_not_amended(led):
    register.end(led, by=None, on=LATER, reason="成员解散")
    with pytest.raises(OutOfTurn):
        amend(led, {"capital": 5}, on=LAST)


def test_each_edition_of_a_paper_has_a_number_of_its_own(led):
    paper = Certificate.objects.create(
        organisation=led,
        kind="filing",
        number="备120103001〔2020〕00001号",
        name=led.name,
        issuer="街道",
        issued_on=START,
    )
    for n, name in enumerate(("甲队", "乙队"), start=2):
        case = Case.objects.create(
            kind="x", road="filing", variant="direct", place=led.place, place_code=led.place_code, opened_by=maker(n)
        )
        register.amend(led, {"name": name}, by=None, on=LATER, case=case)
    numbers = list(Certificate.objects.order_by("id").values_list("number", flat=True))
    assert numbers == [paper.number, f"{paper.number}-2", f"{paper.number}-3"]
    assert Certificate.objects.filter(cancelled_on=None).get().name == "乙队"


def maker(n):
    return User.objects.create(username=f"maker{n}")
