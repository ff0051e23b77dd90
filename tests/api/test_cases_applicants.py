"""One client speaks for many applicants: what one of them owes, brought or kept is none of the others' business."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import Refusal
from registry import reservations
from registry.casework import actions, kinds, papers, taken
from registry.casework.facts import rules_at
from registry.models import Case, Material, NameReservation
from tests import builders


def lapsed(case, kind="premises"):
    """A promise of a case that was handed in, its day over."""
    papers.promise(case, kind, by=case.opened_by, on=timezone.localdate())
    actions.move(case, "submit", by=case.opened_by)
    Material.objects.filter(case=case, kind=kind).update(promised_by=timezone.localdate() - dt.timedelta(days=1))


def named(client, where, name, serial=1):
    case = builders.draft(client.user, where, said=builders.answers(name))
    section = kinds.of(case.kind).section("people")
    told = case.answers["people"] | builders.sealed(serial)
    return actions.save_section(case, section, told, by=client.user)


def test_a_lapsed_promise_bars_its_applicant_and_nobody_else_behind_the_same_client(speak, places):
    client = speak("platform")
    lapsed(named(client, places.garden, "阳光舞蹈队"))
    other = named(client, places.garden, "晨光书画社")
    assert papers.promise(other, "premises", by=client.user, on=timezone.localdate()).is_promise
    again = named(client, places.garden, "阳光舞蹈队")
    with pytest.raises(Refusal) as no:
        papers.promise(again, "premises", by=client.user, on=timezone.localdate())
    assert no.value.code == "debt_overdue"


def test_a_person_who_let_a_promise_lapse_stays_barred_under_any_name(cast, places, packs):
    first = builders.draft(cast.auntie, places.garden, said=builders.answers("阳光舞蹈队"))
    lapsed(first)
    other = builders.draft(cast.auntie, places.garden, said=builders.answers("晨光书画社"))
    with pytest.raises(Refusal):
        papers.promise(other, "premises", by=cast.auntie, on=timezone.localdate())


def test_papers_of_another_applicant_of_the_same_name_are_not_offered(speak, places):
    client = speak("platform")
    first = named(client, places.garden, "阳光舞蹈队", serial=1)
    theirs = named(client, places.garden, "阳光舞蹈队", serial=2)
    own = named(client, places.garden, "阳光舞蹈队", serial=1)
    theirs.materials.all().delete()
    own.materials.all().delete()
    assert set(papers.reusable(own, client.user)) == {"charter", "members"}
    assert papers.reusable(theirs, client.user) == {}
    brought = first.materials.first()
    with pytest.raises(Refusal) as no:
        papers.reuse(theirs, brought.kind, brought.pk, by=client.user)
    assert no.value.code == "not_reusable"


def test_a_name_kept_for_one_applicant_is_not_free_for_another_behind_the_same_client(speak, places):
    client, today = speak("platform"), timezone.localdate()
    keeping = actions.open_case("name", by=client.user, place=places.garden)
    Case.objects.filter(pk=keeping.pk).update(name="天津市河西区暖阳老年协会")
    keeping.refresh_from_db()
    reservations.keep(keeping, on=today)
    assert NameReservation.objects.held(today).exists()
    said = builders.registration_answers("天津市河西区暖阳老年协会")
    same = actions.open_case("registration", by=client.user, place=places.garden, said=said)
    other = actions.open_case("registration", by=client.user, place=places.village, said=said)
    rules = rules_at(places.garden.code, today)
    wanted = "天津市河西区暖阳老年协会"
    assert wanted not in taken.names(same, wanted, rules, today)
    assert "保留" in taken.names(other, wanted, rules, today)[wanted]
