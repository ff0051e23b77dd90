"""慈善组织认定: condition by condition, examined by one and approved by another, entered in the register once."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import bans
from registry.casework import actions, kinds, papers
from registry.models import Certificate, Organisation
from tests import builders
from tests.registry.kinds_scene import CHARITY, drafted, registered

D = dt.date


@pytest.fixture
def organisation(places, packs):
    return registered(
        places.garden, leader_name="刘桂兰", leader_id_number=builders.identity_number(), leader_phone="13900000000"
    )


def examined(cast, organisation, **more):
    case = actions.move(drafted("charity", organisation, cast.wang, **more), "submit", by=cast.wang)
    case = actions.move(case, "accept", by=cast.zhang)
    return actions.move(case, "examine", by=cast.zhang, note="符合")


def test_a_registered_organisation_becomes_a_charity_on_the_day_of_the_approval(cast, organisation):
    case = actions.move(examined(cast, organisation), "approve", by=cast.sun)
    organisation.refresh_from_db()
    assert (case.state, organisation.charity_since) == ("approved", timezone.localdate())
    assert AuditEvent.objects.filter(verb="register.amend", subject=f"organisation:{organisation.pk}").exists()
    assert "认定为慈善组织" in kinds.of("charity").about(organisation, timezone.localdate())


def test_the_law_gives_twenty_days_from_acceptance(cast, organisation):
    case = actions.move(drafted("charity", organisation, cast.wang), "submit", by=cast.wang)
    assert case.limit_on is None
    case = actions.move(case, "accept", by=cast.zhang)
    clock = case.clocks.get(scope="statutory")
    assert (clock.days, clock.unit, clock.clause, clock.assumed) == (20, "calendar", "第十条", False)
    assert case.limit_on == timezone.localdate() + dt.timedelta(days=20)


@pytest.mark.parametrize("condition", CHARITY["conditions"])
def test_every_condition_must_hold_and_names_its_clause(condition, cast, organisation):
    with pytest.raises(Refusal, match="还不符合慈善组织的条件") as no:
        examined(cast, organisation, conditions={condition: "no"})
    assert "慈善法》 第" in no.value.clause


def test_a_leader_under_a_ban_stops_it(cast, places, organisation):
    today = timezone.localdate()
    ban = {"name": "刘桂兰", "id_number": builders.identity_number(), "basis": "法", "decided_by": "民政局"}
    bans.record(places.hexi, by=cast.zhang, on=today, until=today, **ban)
    with pytest.raises(Refusal, match="从业禁止"):
        examined(cast, organisation)


def test_whoever_examined_does_not_approve(cast, places, organisation):
    builders.Office.objects.create(user=cast.zhang, role="approver", place=places.hexi, starts=builders.SINCE)
    case = examined(cast, organisation)
    with pytest.raises(NotAllowed):
        actions.move(case, "approve", by=cast.zhang)


@pytest.mark.parametrize("who", ["wang", "li", "zhao", "stranger", "zhang"])
def test_only_the_approver_of_the_authority_approves(who, cast, organisation):
    case = examined(cast, organisation)
    with pytest.raises(NotAllowed):
        actions.move(case, "approve", by=getattr(cast, who))


def test_what_was_recognised_meanwhile_is_not_recognised_twice(cast, organisation):
    case = examined(cast, organisation)
    Organisation.objects.filter(pk=organisation.pk).update(charity_since=D(2026, 1, 1))
    with pytest.raises(OutOfTurn, match="已于2026年1月1日"):
        actions.move(case, "approve", by=cast.sun)


def test_a_stale_page_approves_nothing(cast, organisation):
    case = examined(cast, organisation)
    with pytest.raises(OutOfTurn):
        actions.move(case, "approve", by=cast.sun, seen=case.version - 1)


def test_only_the_registered_are_asked(places, packs):
    assert kinds.of("charity").about(builders.organisation(places.garden), D(2026, 1, 1)) is None
    assert kinds.of("charity").about(registered(places.garden), D(2026, 1, 1)) == ""


def test_under_dual_management_the_supervising_unit_is_heard_on_paper(cast, places, packs):
    dual = registered(places.garden, category="culture_sports")
    case = actions.open_case("charity", by=cast.wang, place=places.garden, organisation=dual)
    assert "supervisor_opinion" in {line.paper.kind for line in papers.checklist(case)}


def test_the_page_of_the_organisation_and_of_its_certificate_say_so(client, cast, places, packs):
    case = builders.walk(builders.draft(cast.wang, places.garden, road="registration"), cast)
    paper = Certificate.objects.get(case=case)
    words = "认定为慈善组织"
    assert words not in client.get(paper.get_absolute_url()).content.decode().replace("没有", "")
    Organisation.objects.filter(pk=case.organisation_id).update(charity_since=D(2026, 1, 1))
    client.force_login(cast.zhang)
    assert words in client.get(paper.get_absolute_url()).content.decode()
    assert words in client.get(case.organisation.get_absolute_url()).content.decode()
