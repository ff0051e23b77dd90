"""Whom an organisation serves: asked once, optional, kept as groups and never as people, and its past told."""

import pytest
from django.urls import reverse

from filings.quick_form import ASKED
from portal.models import AuditEvent
from registry.casework import answers, conversion, kinds, snapshots
from registry.casework.sheet import sheet
from registry.models import Case, Organisation, Service, ServiceGroup
from tests import builders
from tests.filings import change_scene as filing
from tests.registry import test_change as registration

SAID = "elderly left_behind"


def groups(organisation):
    return set(organisation.services.values_list("group", flat=True))


def draft(cast, place, road="filing", said=SAID):
    written = builders.registration_answers() if road == "registration" else builders.answers()
    written["organisation"]["service_groups"] = said
    return builders.draft(cast.auntie, place, road=road, said=written)


@pytest.mark.parametrize("road", ["filing", "registration"])
def test_what_was_ticked_stands_in_the_register(road, cast, places, packs, delegation):
    case = builders.walk(draft(cast, places.garden, road), cast)
    assert groups(case.organisation) == {"elderly", "left_behind"}
    assert case.organisation.services.words() == "老年人、农村留守人员"


@pytest.mark.parametrize("road", ["filing", "registration"])
def test_whoever_ticks_nothing_goes_on_all_the_same(road, cast, places, packs, delegation):
    case = builders.walk(draft(cast, places.garden, road, said=""), cast)
    assert case.state == "approved" and groups(case.organisation) == set()


def test_a_group_nobody_knows_is_a_mistake_beside_the_question(cast, places, packs):
    case = draft(cast, places.garden, said="elderly landlords")
    form = answers.bound(kinds.of("filing").section("organisation"), case)
    assert not form.is_valid() and list(form.errors) == ["service_groups"]


def test_a_correction_tells_the_groups_before_and_after(cast, places, packs):
    case = draft(cast, places.garden)
    before, case = snapshots.take(case), Case.objects.get(pk=case.pk)
    case.answers["organisation"]["service_groups"] = "elderly women"
    told = snapshots.difference(case, before, snapshots.take(case))
    assert [(one.label, one.before, one.after) for one in told] == [
        ("主要服务哪些人群", "老年人、农村留守人员", "老年人、妇女")
    ]


def test_a_case_from_before_the_question_has_no_change(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)
    before = snapshots.take(case)
    case.answers["organisation"]["service_groups"] = ""
    assert snapshots.difference(case, before, snapshots.take(case)) == []


@pytest.mark.parametrize(("road", "scene"), [("filing", filing), ("registration", registration)])
def test_a_change_replaces_the_groups_and_tells_both(road, scene, cast, places, packs, delegation):
    found = builders.walk(draft(cast, places.garden, road), cast).organisation
    case = scene.walk(scene.change(found, cast, "service_groups", service_groups="elderly women"), cast)
    assert groups(found) == {"elderly", "women"}
    told = {row.field: (row.was, row.value) for block in sheet(case) for row in block.rows}
    assert told["service_groups"] == ("老年人、农村留守人员", "老年人、妇女")
    line = AuditEvent.objects.get(verb="register.amend")
    assert line.changes["service_groups"] == ["老年人、农村留守人员", "老年人、妇女"]


def test_another_change_leaves_them_alone(cast, places, packs, delegation):
    found = builders.walk(draft(cast, places.garden), cast).organisation
    filing.walk(filing.change(found, cast, "members", individual_members="31", unit_members=""), cast)
    assert groups(found) == {"elderly", "left_behind"}


def test_a_registration_after_a_filing_does_not_ask_again(cast, places, packs, delegation):
    found = builders.walk(draft(cast, places.garden), cast).organisation
    assert conversion.answers_of(found)[0]["organisation"]["service_groups"] == SAID


def test_the_quick_filing_does_not_ask(client, cast, places, packs, delegation):
    assert "service_groups" not in ASKED
    client.force_login(cast.wang)
    assert "服务哪些人群" not in client.get(reverse("filings:quick")).content.decode()


def test_the_page_of_the_organisation_says_whom_it_serves(client, cast, places):
    found = builders.organisation(places.garden, service_groups=["disabled", "elderly"])
    client.force_login(cast.li)
    page = client.get(reverse("registry:organisation", args=[found.pk])).content.decode()
    assert "服务人群" in page and "老年人、残疾人" in page


def test_only_the_group_is_kept():
    columns = {field.name for field in Service._meta.get_fields()}
    assert columns == {"id", "organisation", "group"}
    assert len(ServiceGroup.choices) == 13 and not Organisation._meta.get_field("services").many_to_many
