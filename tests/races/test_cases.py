"""One case, many clicks: it comes in once, is decided once, and the others read who and when."""

import datetime as dt
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from portal.errors import Refusal
from registry import announcements
from registry.casework import actions, mending
from registry.models import (
    Case,
    Certificate,
    Organisation,
    Report,
    Standing,
)
from tests import builders
from tests.races.start import MANY, at_once, refused
from tests.registry.kinds_scene import drafted, registered

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


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


def test_two_windows_saving_one_section_keep_the_first(cast, places, packs):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    section = next(one for one in actions.kinds.of("filing").sections if one.key == "party")
    save = lambda n: actions.save_section(case, section, {"full_party_members": str(n)}, by=cast.auntie, seen=0)  # noqa: E731
    assert len(refused(at_once(save, many=2))) == 1
    assert Case.objects.get().section_versions == {"party": 1}


def test_fifty_corrections_handed_in_at_once_are_one(cast, places, packs, delegation):
    case = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    section = actions.kinds.of("filing").section("organisation")
    said = case.answers["organisation"] | {"name": "晨光舞蹈队"}
    actions.save_section(case, section, said, by=cast.auntie)
    late = refused(at_once(lambda n: actions.move(case, "submit", by=(cast.auntie, cast.wang)[n % 2])))
    assert len(late) == MANY - 1
    assert case.steps.filter(verb="submit").count() == 2


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
