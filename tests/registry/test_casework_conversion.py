"""From 备案 to 登记: nothing the register knows is asked again, and the history goes on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import register
from registry.casework import actions, answers, conversion, kinds
from registry.models import Case, Certificate
from tests import builders

ONLY_NEW = {"legal_form", "capital", "post_reachable", "hub_type", "cadre_approval"} | {
    "supervising_consent", "public_notice_done", "charter_party", "charter_values"}  # fmt: skip


@pytest.fixture
def filed(cast, places, packs, delegation):
    """An organisation filed through the whole road."""
    said = builders.answers(category="elderly_care")
    case = builders.draft(cast.auntie, places.garden, said=said)
    builders.papers.attach(case, "premises", builders.png(), by=cast.auntie)
    return builders.walk(case, cast).organisation


def finish(case, cast):
    """Answer what a registration asks on top, hand in the papers, and walk the road."""
    said = builders.registration_answers()
    for key in ("organisation", "people", "party", "conditions"):
        case.answers[key] = said[key] | {k: v for k, v in case.answers.get(key, {}).items() if v and k != "name"}
    case.name = case.answers["organisation"]["name"] = said["organisation"]["name"]
    case.answers["organisation"] |= {"premises": "own", "legal_form": "association"}
    case.answers["people"]["individual_members"] = "56"
    case.save()
    for line in builders.papers.checklist(case):
        if line.lacking:
            builders.papers.attach(case, line.paper.kind, builders.png(), by=cast.wang)
    return builders.walk(case, cast)


def test_every_field_both_roads_ask_is_carried(filed, cast):
    before = Case.objects.get(road="filing")
    case = conversion.convert(filed, by=cast.wang)
    told = answers.cleaned(kinds.of("filing").sections, before)
    carried = answers.cleaned(kinds.of("registration").sections, case)
    asked = {name for section in kinds.of("registration").sections for name in section.form.base_fields} - ONLY_NEW
    known = {name for name in asked if told.get(name) not in (None, "")}
    assert len(known) >= 13
    assert {name: carried.get(name) for name in known} == {name: told[name] for name in known}


def test_the_sealed_numbers_come_along_sealed(filed, cast):
    case = conversion.convert(filed, by=cast.wang)
    assert case.sealed == builders.sealed()
    assert builders.identity_number() not in str(case.answers)


def test_papers_handed_in_for_the_filing_come_along(filed, cast):
    case = conversion.convert(filed, by=cast.wang)
    before = Case.objects.get(road="filing")
    there = {one.kind: one.stored for one in before.materials.all()}
    assert {one.kind: one.stored for one in case.materials.all()} == there
    assert before.materials.count() == len(there) == 3


def test_a_promise_is_not_a_paper_and_stays_behind(filed, cast):
    before = Case.objects.get(road="filing").materials.filter(kind="premises")
    before.update(stored=None, promised_by=timezone.localdate())
    assert set(conversion.convert(filed, by=cast.wang).materials.values_list("kind", flat=True)) == {
        "charter",
        "members",
    }


def test_the_forms_of_the_new_case_show_what_is_known(filed, cast, client):
    client.force_login(cast.wang)
    case = conversion.convert(filed, by=cast.wang)
    page = client.get(reverse("registry:section", args=[case.pk, "organisation"])).content.decode()
    assert "阳光舞蹈队" in page and "组织居民排练和演出" in page


def test_an_approved_conversion_goes_on_as_the_same_organisation(filed, cast):
    case = finish(conversion.convert(filed, by=cast.wang), cast)
    assert (case.state, case.organisation_id) == ("approved", filed.pk)
    held = list(filed.standings.values_list("kind", "ends"))
    assert [kind for kind, _ in held] == ["filed", "registered"]
    first, second = filed.standings.all()
    assert first.ends == second.starts and second.ends is None


def test_the_filing_certificate_ends_with_the_reason_and_the_new_one_holds(filed, cast):
    finish(conversion.convert(filed, by=cast.wang), cast)
    old, new = Certificate.objects.get(kind="filing"), Certificate.objects.get(kind="registration")
    assert old.cancelled_on is not None and "登记" in old.cancel_reason
    assert new.cancelled_on is None


def test_the_certificate_of_the_filing_holds_as_long_as_nothing_is_approved(filed, cast):
    case = conversion.convert(filed, by=cast.wang)
    actions.move(case, "withdraw", by=cast.wang)
    assert Certificate.objects.get().cancelled_on is None
    assert conversion.convert(filed, by=cast.wang) != case


def test_a_second_click_finds_the_case_already_open(filed, cast):
    assert conversion.convert(filed, by=cast.wang) == conversion.convert(filed, by=cast.wang)


@pytest.mark.parametrize(("first", "second"), [("wang", "li"), ("li", "wang"), ("zhang", "wang")])
def test_whoever_comes_second_reads_who_was_first(first, second, filed, cast, client):
    conversion.convert(filed, by=getattr(cast, first))
    client.force_login(getattr(cast, second))
    answer = client.post(reverse("registry:convert", args=[filed.pk]), follow=True)
    assert answer.status_code in (200, 409)
    if answer.status_code == 409:
        assert getattr(cast, first).name in answer.content.decode()


def test_a_registration_already_handed_in_is_shown_instead_of_asked_again(filed, cast, client):
    case = conversion.convert(filed, by=cast.wang)
    Case.objects.filter(pk=case.pk).update(state="submitted")
    client.force_login(cast.li)
    answer = client.post(reverse("registry:convert", args=[filed.pk]))
    assert answer.headers["Location"] == case.get_absolute_url()


@pytest.mark.parametrize("who", ["auntie", "sun", "zhao", "stranger"])
def test_only_committee_street_and_district_begin_it(who, filed, cast):
    with pytest.raises(NotAllowed):
        conversion.convert(filed, by=getattr(cast, who))


def test_only_what_is_filed_converts(cast, places, packs):
    for kind in ("registered", "listed"):
        with pytest.raises(Refusal) as no:
            conversion.convert(builders.organisation(places.garden, kind=kind), by=cast.wang)
        assert no.value.code == "not_filed"


def test_an_organisation_that_ended_meanwhile_is_not_registered(filed, cast):
    case = conversion.convert(filed, by=cast.wang)
    register.end(filed, by=cast.li, on=timezone.localdate(), reason="成员解散")
    with pytest.raises((Refusal, OutOfTurn)):
        finish(case, cast)
    filed.refresh_from_db()
    assert filed.standing == ""
