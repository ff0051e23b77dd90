"""The review of the person in charge: what the register knows, what others found, and the rule on other posts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.crypto import blind
from portal.errors import Refusal
from registry.casework import actions, opinions, qualifications
from registry.casework.facts import facts
from registry.models import Objection, OccupationalBan
from tests import builders
from tests.registry.test_casework_opinions import adviser

QUALIFICATION, POLICE = "qualification", "河西区公安分局"


@pytest.fixture
def case(cast, places, packs):
    return builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=2)


def led(where, kind="registered", *, number=None, name="西村灯会", **said):
    """An organisation led by whoever bears the number."""
    number = number or builders.identity_number()
    return builders.organisation(where, name=name, kind=kind, leader_name="刘桂兰", leader_id_number=number, **said)


def lines(case):
    return {line.label: line for line in qualifications.review(case, timezone.localdate())}


def posts(case):
    return lines(case)["同时担任负责人的其他组织"]


def elsewhere(case):
    return next(line for label, line in lines(case).items() if "法定代表人" in label)


def test_whoever_leads_nothing_else_is_in_order(case):
    assert (posts(case).verdict, posts(case).said) == ("pass", "没有")
    assert elsewhere(case).verdict == "pass"


def test_another_association_bars_registration_with_its_clause(case, cast, places):
    led(places.village)
    assert facts(case).leader.leads_others == ("association",)
    assert elsewhere(case).verdict == "fail" and "西村灯会（社会团体）" in posts(case).said
    with pytest.raises(Refusal, match="法定代表人") as no:
        actions.move(case, "examine", by=cast.zhang, note="属实", data={"credit_code": builders.credit_code(case)})
    assert no.value.clause == "《社会团体登记管理条例》 第十二条"


@pytest.mark.parametrize(
    ("made", "barred"),
    [
        ({"kind": "filed"}, False),  # a filed group is no legal person
        ({"legal_form": "social_service_org"}, False),
        ({"legal_form": "foundation"}, False),
        ({"number": builders.identity_number(2)}, False),  # somebody else of the same name
        ({"legal_form": "association"}, True),
    ],
)
def test_only_another_association_of_the_same_person_bars_an_association(made, barred, case, places):
    led(places.village, **made)
    assert elsewhere(case).verdict == ("fail" if barred else "pass")


def test_a_post_given_up_or_an_organisation_struck_off_bars_nobody(case, cast, places):
    left, ended = led(places.village), led(places.village, name="西村棋社")
    left.leader_terms.update(ends=timezone.localdate())
    builders.register.end(ended, by=None, on=timezone.localdate(), reason="解散")
    assert elsewhere(case).verdict == "pass"


def test_the_organisation_itself_is_no_other_post(case, places):
    case.organisation = led(places.village)
    case.save()
    assert elsewhere(case).verdict == "pass"


def test_filing_is_not_barred_by_other_posts_but_the_reviewer_sees_them(cast, places, packs):
    led(places.village)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    assert posts(case).verdict == "unknown" and "西村灯会" in posts(case).said
    assert not [label for label in lines(case) if "其他社会团体的法定代表人" in label]


def test_a_ban_is_named_until_it_is_lifted(case, places):
    day = timezone.localdate() + dt.timedelta(days=30)
    OccupationalBan.objects.create(
        id_index=blind(builders.identity_number()), name="刘桂兰", place_code=places.heping.code, until=day
    )
    assert lines(case)["负责人不在从业禁止期内"].verdict == "fail"
    OccupationalBan.objects.update(lifted_on=timezone.localdate())
    assert lines(case)["负责人不在从业禁止期内"].verdict == "pass"


@pytest.mark.parametrize(
    ("answer", "capacity"), [("agree", "pass"), ("disagree", "unknown"), ("conditional", "unknown")]
)
def test_what_the_register_cannot_know_is_open_until_somebody_who_can_has_looked(answer, capacity, case, cast, places):
    assert lines(case)[qualifications.CAPACITY].verdict == "unknown"
    asked = opinions.ask(case, by=cast.zhang, kind=QUALIFICATION, unit=POLICE)
    assert lines(case)[f"{POLICE}联合审查"].verdict == "unknown"
    opinions.answer(asked, by=adviser(places.hexi, POLICE), answer=answer, text="已核查")
    assert lines(case)[qualifications.CAPACITY].verdict == capacity
    assert lines(case)[f"{POLICE}联合审查"].verdict == {"agree": "pass", "disagree": "fail"}.get(answer, "unknown")


@pytest.mark.parametrize(("upheld", "verdict"), [(None, "unknown"), (True, "fail"), (False, "pass")])
def test_objections_made_in_public_are_part_of_it(upheld, verdict, case):
    Objection.objects.create(case=case, text="长期不在本地", upheld=upheld)
    assert lines(case)["公示异议（第 1 条）"].verdict == verdict


@pytest.mark.parametrize("who", ["wang", "li", "zhang", "sun"])
def test_desks_read_it_on_the_page_of_the_case(who, case, cast, client):
    client.force_login(getattr(cast, who))
    page = client.get(case.get_absolute_url()).content.decode()
    assert "负责人资格审查" in page and builders.identity_number() not in page


def test_a_draft_without_a_number_has_nothing_to_review(cast, places, packs):
    case = actions.open_case("filing", by=cast.wang, place=places.garden)
    assert qualifications.review(case, timezone.localdate()) == []


def test_the_page_of_bans_lifts_one_after_a_question(client, cast, places):
    made = OccupationalBan.objects.create(
        name="王强", masked="120***", place_code=places.hexi.code, until=timezone.localdate() + dt.timedelta(days=9)
    )
    client.force_login(cast.zhang)
    url = reverse("registry:lift", args=[made.pk])
    assert url in client.get(reverse("registry:bans")).content.decode()
    assert "填写解除的原因和依据" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "复议撤销"}).status_code == 302
    assert client.post(url, {"reason": "复议撤销"}).status_code == 409
    page = client.get(reverse("registry:bans")).content.decode()
    assert "复议撤销" in page and url not in page
