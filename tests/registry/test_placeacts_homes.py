"""Nothing is left behind: every column that says where something is at home is carried along or told to be history."""

import datetime as dt

import pytest
from django.apps import apps

from filings import handing as filings
from filings.models import Delegation
from registry.casework import leases
from registry.models import (
    CalendarDay,
    Candidate,
    Event,
    Jurisdiction,
    NameReservation,
    Notice,
    Phrase,
    Population,
    Report,
)
from registry.places import find
from registry.places.acts import handing, planning
from supervision import handing as supervision
from supervision.models import Alert, Assignment, Entry
from tests import builders
from tests.registry import placeacts_scene as scene
from tests.registry.placeacts_scene import DAY, TODAY

HISTORY = {
    "portal.AuditEvent.place_code": "what was done there, then",
    "registry.Jurisdiction.parent": "the tree itself",
    "registry.PlaceAct.place_code": "who kept the act",
    "registry.PlaceChange.place": "about the place itself",
    "registry.Succession.before": "the lineage",
    "registry.Succession.after": "the lineage",
    "registry.NumberSeries.place": "numbers of a code are given under that code; the new one begins anew",
    "registry.Dispatch.place_code": "a message already written",
    "registry.Event.place_code": "what happened there, then",
    "registry.PolicyPack.area_code": "an immutable edition; the preview asks for one under the new code",
    "registry.Touch.place_code": "told and folded",
    "supervision.Judgement.place_code": "how the place stood, never changed",
    "supervision.Statistic.place_code": "frozen",
    "supervision.Trial.place_code": "what was tried there",
}


def columns():
    """Every column that may name a place, of every app of ours."""
    for model in apps.get_models():
        if model._meta.app_label not in {"portal", "registry", "filings", "supervision"}:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Jurisdiction or field.name in {"place_code", "serves_code", "area_code"}:
                yield f"{model._meta.label}.{field.name}"


def test_every_column_that_names_a_place_is_carried_or_history():
    carried = handing.CARRIED.keys() | filings.CARRIED.keys() | supervision.CARRIED.keys()
    assert set(columns()) == carried | HISTORY.keys()
    assert not carried & HISTORY.keys()


@pytest.fixture
def other(places):
    return scene.street(places)


def convert(cast, places):
    """西村 becomes 西苑社区 under another code."""
    scene.do(cast, "convert", planning.convert(places.village, name="西苑社区", keep_code=False, on=DAY))
    return find("120103001002")


def test_open_work_goes_along_and_its_people_are_told(cast, places, packs, delegation):
    builders.delegation(places.village)
    auntie = builders.person("王婶", "applicant", places.village)
    wang = builders.person("小宋", "community", places.village)
    case = builders.draft(auntie, places.village)
    case = builders.walk(case, cast.__class__(**(vars(cast) | {"auntie": auntie, "wang": wang})), moves=1)
    leases.take(case, by=wang)
    made = convert(cast, places)
    case.refresh_from_db()
    assert (case.place, case.place_code, case.held_by) == (made, made.code, wang)
    assert Notice.objects.filter(user=auntie, text__contains="西苑社区").exists()
    assert {one.place for one in wang.offices.in_force(TODAY)} == {made}
    running = Delegation.objects.in_force(DAY).filter(community=made)
    assert [one.street for one in running] == [places.street]


def test_a_delegation_ends_when_another_street_takes_the_community(cast, places, other, delegation):
    scene.do(cast, "transfer", planning.transfer(places.garden, parent=other, code="", on=DAY))
    delegation.refresh_from_db()
    assert delegation.ends == DAY
    assert not Delegation.objects.in_force(DAY).exists()


def test_a_delegation_goes_on_when_the_street_goes_up_in_another(cast, places, other):
    community = builders.place("120103002007", "福建路社区", "community", parent=other)
    builders.delegation(community)
    scene.merged(cast, places, other)
    one = Delegation.objects.in_force(DAY).get()
    assert (one.street, one.community.name) == (places.street, "福建路社区")


def test_other_systems_are_told_that_an_organisation_is_at_home_elsewhere(cast, places):
    found = builders.organisation(places.village)
    made = convert(cast, places)
    told = Event.objects.order_by("id").last()
    assert (told.type, told.subject, told.place_code) == ("cn.shzz.org.changed", f"organisation/{found.pk}", made.code)
    assert told.data["fields"] == ["place"] and told.data["place"] == made.code


def test_whatever_an_organisation_has_follows_it(cast, places, packs):
    found = builders.organisation(places.village, hub_type="federation")
    Candidate.objects.create(organisation=found, place_code=found.place_code)
    done = builders.draft(cast.auntie, places.garden)
    kinds = {"place_code": found.place_code, "kind": "annual", "period": "2025", "filed_on": DAY, "noted_on": DAY}
    Report.objects.create(organisation=found, case=done, **kinds)
    made = convert(cast, places)
    found.refresh_from_db()
    assert (found.hub.serves, found.hub.serves_code) == (made, made.code)
    assert found.candidacies.get().place_code == made.code
    assert found.reports.get().place_code == made.code


def test_what_an_authority_keeps_goes_to_the_one_in_its_place(cast, places, packs):
    city = builders.person("市局", "district", places.tianjin)
    kept = builders.draft(cast.auntie, places.garden)
    reserved = NameReservation.objects.create(
        case=kept, name="暖阳", folded_name="暖阳", place_code=places.hexi.code, reserved_on=DAY, expires_on=TODAY
    )
    Phrase.objects.create(place_code=places.hexi.code, text="写明楼栋", by=cast.zhang)
    day = dt.date(2026, 12, 1)
    CalendarDay.objects.create(place_code=places.hexi.code, day=day, working=False, reason="停工", by=cast.zhang)
    Population.objects.create(place=places.hexi, year=2020, people=9, source="普查")
    new = planning.merge([places.hexi, places.heping], into=None, code="120105000000", name="河西和平区", on=DAY)
    act = scene.propose(cast, "merge", new, by=city)
    scene.deciding.agree(act, by=city, seen=None, today=TODAY)
    reserved.refresh_from_db()
    assert reserved.place_code == "120105000000"
    assert {Phrase.objects.get(text="写明楼栋").place_code, CalendarDay.objects.get().place_code} == {"120105000000"}
    assert find("120105001001").name == "九江路社区"
    assert not Population.objects.filter(place__code="120105000000").exists()  # of two places, known of one only


def test_the_latest_people_of_a_place_with_a_new_code_are_its_people(cast, places):
    for year, people in ((2010, 7), (2020, 9)):
        Population.objects.create(place=places.village, year=year, people=people, source="普查")
    made = convert(cast, places)
    assert list(made.populations.values_list("year", "people")) == [(2020, 9)]
    assert places.village.populations.count() == 2


def test_what_a_street_was_asked_to_do_goes_on_and_alerts_end(cast, places, other):
    said = {"indicator": "x", "document": "d", "clause": "c", "title": "t", "opened_on": DAY}
    for code in (places.street.code, other.code):
        Assignment.objects.create(place_code=code, parameter="p1", needed=1, **said)
    Assignment.objects.create(place_code=other.code, parameter="p2", needed=2, **said)
    Alert.objects.create(place_code=other.code, parameter="p1", **said)
    scene.merged(cast, places, other)
    open_ = Assignment.objects.open().values_list("place_code", "parameter")
    assert set(open_) == {(places.street.code, "p1"), (places.street.code, "p2")}
    assert Assignment.objects.get(state="closed").reason
    assert not Alert.objects.open().exists()


def test_the_yearly_figures_of_a_place_with_a_new_code_are_its_figures(cast, places):
    Entry.objects.create(place_code=places.village.code, item="volunteers", year=2025, value=7, source="年报")
    made = convert(cast, places)
    assert Entry.objects.get(place_code=made.code).value == 7
