"""Fifty at once, on a real PostgreSQL: one wins, the others read who and when, and nothing is done twice."""

import datetime as dt
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from filings import actions as delegations
from filings.models import Delegation
from portal.errors import OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import absences, announcements, bulk, contacts, ratings, register
from registry.candidates import acts, night
from registry.casework import actions, conversion, kinds, leases, mending, numbers, opening, opinions, outbox, papers
from registry.messages import queue, sending
from registry.models import (
    Candidate,
    Case,
    Certificate,
    Dispatch,
    NameReservation,
    Notice,
    Office,
    Organisation,
    Rating,
    Report,
    Standing,
)
from registry.scope import Role
from tests import builders
from tests.registry.kinds_scene import drafted, filled, registered
from tests.registry.test_candidates import NEAR

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
MANY = 50
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _truth():
    assert connection.vendor == "postgresql", "races are only proven on PostgreSQL"


def at_once(act, many=MANY):
    """The outcomes of `act(0)` … `act(many-1)`, all begun at the same moment; a refusal is an outcome."""
    together = Barrier(many)

    def one(number):
        close_old_connections()
        together.wait(30)
        try:
            return act(number)
        except Refusal as no:
            return no
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, OutOfTurn)]


def test_fifty_submissions_of_one_form_make_one_case(cast, places, packs):
    form = {"road": "filing", "key": "one-click", "place_code": places.garden.code}

    def press(_):
        client = Client()
        client.force_login(cast.wang)
        return client.post(reverse("registry:start"), form).status_code

    assert Counter(at_once(press)) == {302: MANY}
    assert Case.objects.count() == 1


def test_fifty_clicks_on_submit_hand_in_once_and_all_read_the_same_receipt(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)

    def press(_):
        client = Client()
        client.force_login(cast.auntie)
        return client.post(reverse("registry:move", args=[case.pk, "submit"])).headers.get("Location")

    assert Counter(at_once(press)) == {reverse("registry:receipt", args=[case.pk]): MANY}
    assert case.steps.count() == 1


def test_fifty_decisions_make_one_and_the_others_read_who_and_when(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    decide = lambda n: actions.move(case, "record", by=(cast.li, cast.chen)[n % 2], data=dict(builders.GRANT))  # noqa: E731
    late = refused(at_once(decide))
    winner = case.steps.get(verb="record").by
    assert len(late) == MANY - 1
    assert all(f"已由{winner}于" in no.reason for no in late)
    assert (Organisation.objects.count(), Standing.objects.count(), Certificate.objects.count()) == (1, 1, 1)


def test_of_two_deciders_who_disagree_one_wins_whole(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    ways = [("record", cast.li), ("reject", cast.chen)]
    act = lambda n: actions.move(case, ways[n][0], by=ways[n][1], note="依据材料", data=dict(builders.GRANT))  # noqa: E731
    assert len(refused(at_once(act, many=2))) == 1
    case.refresh_from_db()
    assert (case.state, Organisation.objects.count()) in {("approved", 1), ("rejected", 0)}


def test_fifty_approvals_register_one_organisation(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=3)
    assert len(refused(at_once(lambda n: actions.move(case, "approve", by=cast.sun)))) == MANY - 1
    assert Organisation.objects.get().standing == "registered"


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


def waiting(cast, places, names):
    """A case before the street's decision for each name."""
    said = [builders.answers(name) for name in names]
    return [builders.walk(builders.draft(cast.auntie, places.garden, said=one), cast, moves=3) for one in said]


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


def test_fifty_notes_of_one_report_make_one(cast, places, packs):
    case = actions.move(drafted("annual", registered(places.garden), cast.wang), "submit", by=cast.wang)
    outcomes = at_once(lambda _: actions.move(case, "take_note", by=cast.zhang))
    assert (Report.objects.count(), len(refused(outcomes))) == (1, MANY - 1)


def test_one_objection_answered_by_two_desks_has_one_answer(cast, places, packs):
    case = actions.move(drafted("appointment", registered(places.garden), cast.wang), "submit", by=cast.wang)
    case = actions.move(case, "publish", by=cast.zhang)
    one = announcements.object_to(case, text="没有经过选举", on=dt.date.fromisoformat(case.decision["until"]))
    desks = (cast.zhang, cast.sun)
    outcomes = at_once(
        lambda n: announcements.answer(one, upheld=bool(n % 2), answer="已核实", by=desks[n % 2]), many=2
    )
    assert len(refused(outcomes)) == 1


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


def test_ten_conversions_at_once_open_one_registration(cast, places, packs):
    found = builders.organisation(places.garden)
    outcomes = at_once(lambda n: conversion.convert(found, by=cast.wang), many=10)
    assert Case.objects.filter(road="registration").count() == 1
    assert all(isinstance(one, OutOfTurn) or one.road == "registration" for one in outcomes)


def test_ten_ends_at_once_end_once(cast, places):
    found = builders.organisation(places.garden)
    late = refused(at_once(lambda n: register.end(found, by=cast.li, on=TODAY, reason="成员解散"), many=10))
    assert len(late) == 9


def test_fifty_clicks_open_one_change(cast, places, packs):
    team = builders.organisation(places.garden)

    def press(_):
        client = Client()
        client.force_login(cast.wang)
        return client.post(reverse("registry:open", args=[team.pk, "filing-change"])).status_code

    assert Counter(at_once(press)) == {302: MANY}
    assert team.cases.filter(kind="filing-change").count() == 1


def renamed(team, name, cast):
    """A change of name that waits for the street."""
    case = opening.begin(team, "filing-change", by=cast.wang)
    kind = kinds.of(case.kind)
    case = actions.save_section(case, kind.section("items"), {"items": "name"}, by=cast.wang)
    case = actions.save_section(case, kind.section("values"), {"new_name": name}, by=cast.wang)
    papers.attach(case, "minutes", builders.png(), by=cast.wang)
    for verb in ("submit", "review", "report"):
        case = actions.move(case, verb, by=cast.wang, note="属实")
    return case


def test_of_ten_teams_that_take_one_name_at_once_one_has_it(cast, places, packs, delegation):
    cases = [renamed(builders.organisation(places.garden), "夕阳红舞蹈队", cast) for _ in range(10)]
    outcomes = at_once(lambda n: actions.move(cases[n], "record", by=cast.li), many=10)
    assert len([one for one in outcomes if isinstance(one, Refusal)]) == 9
    assert Organisation.objects.filter(name="夕阳红舞蹈队").count() == 1


def test_a_change_and_an_end_at_once_leave_no_paper_that_holds(cast, places, packs, delegation):
    team = builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation
    case = renamed(team, "夕阳红舞蹈队", cast)

    def act(number):
        if number:
            return register.end(team, by=cast.li, on=timezone.localdate(), reason="成员解散")
        return actions.move(case, "record", by=cast.li)

    at_once(act, many=2)
    team.refresh_from_db()
    assert team.standing == "" and not Certificate.objects.filter(cancelled_on=None).exists()


def test_ten_clicks_entrust_once(cast, places):
    give = lambda n: delegations.entrust(places.garden, by=cast.li, starts=TODAY, ends=None, document="委托书")  # noqa: E731
    assert len(refused(at_once(give, many=10))) == 9
    assert Delegation.objects.count() == 1


def test_ten_listings_of_one_name_make_one_entry(cast, places):
    said = {"name": "晨练队", "category": "culture_sports", "leading_party": "九江路社区党委"}
    at_once(lambda n: delegations.list_group(places.garden, dict(said), by=cast.wang, on=TODAY), many=10)
    assert Organisation.objects.count() == 1


def test_eight_workers_on_one_outbox_deliver_each_step_once(cast, places, packs, delegation):
    for _ in range(10):
        builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    delivered = at_once(lambda n: outbox.deliver(), many=8)
    assert sum(delivered) == 10
    assert Notice.objects.filter(user=cast.wang).count() == 10


def test_two_windows_saving_one_section_keep_the_first(cast, places, packs):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    section = next(one for one in actions.kinds.of("filing").sections if one.key == "party")
    save = lambda n: actions.save_section(case, section, {"full_party_members": str(n)}, by=cast.auntie, seen=0)  # noqa: E731
    assert len(refused(at_once(save, many=2))) == 1
    assert Case.objects.get().section_versions == {"party": 1}


# --- the desk


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


def test_fifty_corrections_handed_in_at_once_are_one(cast, places, packs, delegation):
    case = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    section = actions.kinds.of("filing").section("organisation")
    said = case.answers["organisation"] | {"name": "晨光舞蹈队"}
    actions.save_section(case, section, said, by=cast.auntie)
    late = refused(at_once(lambda n: actions.move(case, "submit", by=(cast.auntie, cast.wang)[n % 2])))
    assert len(late) == MANY - 1
    assert case.steps.filter(verb="submit").count() == 2


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


def test_fifty_workers_send_fifty_messages_once_each(cast, settings):
    for number in range(MANY):
        queue.put(queue.SMS, "13800001111", "", f"第{number}条", key=f"k{number}", place_code="120103001001")
    assert sum(at_once(lambda _: sending.send())) == MANY
    told = [file.read_text() for file in settings.SMS_FOLDER.glob("*.txt")]
    assert len(told) == len(set(told)) == MANY


def test_fifty_tries_of_the_right_code_let_in_once(places):
    contact = builders.contact(places.garden)
    contacts.send_code(contact)
    digits = re.search(r"\d{6}", Dispatch.objects.filter(key__startswith="code:").get().body)[0]
    assert Counter(at_once(lambda _: contacts.admit(contact, digits))) == {True: 1, False: MANY - 1}


def test_fifty_guesses_at_once_are_five_tries(places):
    contact = builders.contact(places.garden)
    made = contacts.send_code(contact)
    at_once(lambda number: contacts.admit(contact, f"no{number}"))
    made.refresh_from_db()
    assert made.tries == contacts.TRIES


def test_fifty_requests_for_a_code_send_three(places):
    contact = builders.contact(places.garden)
    outcomes = at_once(lambda _: contacts.send_code(contact))
    assert Dispatch.objects.filter(key__startswith="code:").count() == contacts.CODES
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == MANY - contacts.CODES


def test_fifty_ratings_of_one_case_are_one(cast, places, packs):
    done = Case.objects.create(
        road="filing", variant="direct", state="approved", place=places.garden, place_code=places.garden.code,
        opened_by=cast.auntie,
    )  # fmt: skip
    outcomes = at_once(lambda number: ratings.rate(done, 1 + number % 5))
    assert len(refused(outcomes)) == MANY - 1
    assert Rating.objects.count() == 1


def test_fifty_clicks_on_a_correction_hand_it_in_once(cast, places, packs, delegation):
    case = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    said = {"shown": "organisation.name", "name": "晨光舞蹈队", "version": mending.stamp(case)}

    def press(_):
        client = Client()
        client.force_login(cast.auntie)
        return client.post(reverse("registry:mend", args=[case.pk]), said).status_code

    assert set(at_once(press)) <= {302, 409}
    case.refresh_from_db()
    assert (case.state, case.name, case.steps.filter(verb="submit").count()) == ("submitted", "晨光舞蹈队", 2)


def test_a_notice_called_back_while_it_is_followed_ends_one_way(cast, places, packs, delegation):
    case = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    ways = (lambda: builders.corrected(case), lambda: actions.move(case, "recall", by=cast.wang))
    assert len([no for no in at_once(lambda n: ways[n](), many=2) if isinstance(no, Refusal)]) == 1
    case.refresh_from_db()
    assert (case.state, case.steps.count()) == ("submitted", 3)


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


def test_fifty_nominations_and_the_night_at_once_are_one_row(cast, places, packs):
    found = builders.organisation(places.garden, **NEAR)

    def press(number):
        if number % 10 == 0:
            return night.reassess(TODAY)
        return acts.nominate(found, by=cast.wang, on=TODAY)

    at_once(press)
    assert Candidate.objects.get().stage == "nominated"
    assert AuditEvent.objects.filter(verb="candidate.nominate").count() == 1
