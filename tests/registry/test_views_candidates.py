"""The pages of the ledger: how far each is, who vouches for what, and a button for whoever may press it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.candidates import acts, night
from registry.models import Attestation, Candidate, Support
from tests import builders
from tests.registry.test_candidates import NEAR, listed, nominated, only, vouched


@pytest.fixture
def near(places, packs):
    return builders.organisation(places.garden, name="暖阳助老队", **NEAR)


def page(client, user, found=None):
    client.force_login(user)
    url = reverse("registry:candidate", args=[found.pk]) if found else reverse("registry:candidates")
    return client.get(url).content.decode()


def press(client, found, verb, said=(), **query):
    url = reverse("registry:candidate_do", args=[found.pk, verb])
    return client.post(url, dict(said), QUERY_STRING="&".join(f"{key}={value}" for key, value in query.items()))


def test_from_suggestion_to_application_by_the_pages_alone(client, cast, near):
    night.reassess(timezone.localdate())
    found = only()
    assert "暖阳助老队" in page(client, cast.wang)
    client.force_login(cast.wang)
    assert client.post(reverse("registry:nominate", args=[near.pk])).status_code == 302
    client.force_login(cast.li)
    for criterion in Attestation.Criterion:
        press(client, found, "attest", {"criterion": criterion, "evidence": "走访记录"})
    client.force_login(cast.zhang)
    press(client, found, "list")
    assert only().stage == "listed"
    press(client, found, "plan", {"kind": "support", "plan": "负责人培训", "planned_on": timezone.localdate()})
    line = Support.objects.get()
    assert f"?line={line.pk}" in page(client, cast.zhang, found)
    press(client, found, "done", {"outcome": "两人参加"}, line=line.pk)
    assert "两人参加" in page(client, cast.zhang, found)
    press(client, found, "review", {"finding": "活动正常"})
    answer = client.post(reverse("registry:convert", args=[near.pk]))
    assert answer.status_code == 302 and only().stage == "applying"
    assert only().case.get_absolute_url() in page(client, cast.zhang, found)


def test_what_is_missing_stands_there_with_its_clause(client, cast, near):
    told = page(client, cast.zhang, nominated(near, cast))
    assert "先确定组织形式" in told or "组织形式" in told
    assert "2 项" in told and "依据" in told and "《社会团体登记管理条例》" in told


def test_listing_too_early_names_what_lacks(client, cast, near):
    found = nominated(near, cast)
    client.force_login(cast.zhang)
    url = reverse("registry:candidate_do", args=[found.pk, "list"])
    assert "规模较大" in client.post(url, follow=True).content.decode()
    assert only().stage == "nominated"


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        ("wang", ["认定条件"], ["列入台账</a>", "移出"]),
        ("li", ["认定条件", "移出"], ["列入台账</a>"]),
        ("zhang", ["认定条件", "列入台账</a>", "移出"], []),
        ("sun", [], ["认定条件", "列入台账</a>", "移出", "转登记</button>"]),
        ("zhao", [], ["认定条件", "列入台账</a>", "移出", "转登记</button>"]),
    ],
)
def test_each_role_finds_its_own_buttons(who, shown, hidden, client, cast, near):
    told = page(client, getattr(cast, who), vouched(near, cast))
    assert [one for one in shown if one not in told] == [one for one in hidden if one in told] == []


def test_after_listing_the_street_has_no_button_that_takes_it_off(client, cast, near):
    found = listed(near, cast)
    assert "移出" not in page(client, cast.li, found) and "移出" in page(client, cast.zhang, found)


def test_the_list_is_ordered_by_the_way_left_and_narrowed_by_stage(client, cast, near, places):
    far = builders.organisation(places.garden, name="远山书社", **NEAR | {"premises": "none"})
    listed(far, cast)
    nominated(near, cast)
    told = page(client, cast.zhang)
    assert told.index("暖阳助老队") < told.index("远山书社")
    client.force_login(cast.zhang)
    chosen = client.get(reverse("registry:candidates"), {"stage": "listed"}).content.decode()
    assert "远山书社" in chosen and "暖阳助老队" not in chosen
    assert client.get(reverse("registry:candidates"), {"stage": "nonsense", "page": "x"}).status_code == 200
    Candidate.objects.filter(organisation=far).update(review_due=timezone.localdate())
    due = client.get(reverse("registry:candidates"), {"stage": "due"}).content.decode()
    assert "远山书社" in due and "暖阳助老队" not in due and "该复核了" in due


def test_another_district_sees_neither_rows_nor_numbers(client, cast, near):
    found = listed(near, cast)
    told = page(client, cast.stranger)
    assert "暖阳助老队" not in told and "1 家" not in told
    assert client.get(reverse("registry:candidate", args=[found.pk])).status_code == 404


def test_a_line_of_another_candidate_and_nonsense_are_not_found(client, cast, near, places):
    other = listed(builders.organisation(places.garden, **NEAR), cast)
    line = acts.plan(other, by=cast.zhang, kind="support", plan="培训", planned_on=timezone.localdate())
    found = listed(near, cast)
    client.force_login(cast.zhang)
    for number in (line.pk, "x", "9" * 30, ""):
        assert press(client, found, "done", {"outcome": "好"}, line=number).status_code == 404
    assert press(client, found, "nonsense").status_code == 404


def test_the_page_of_an_organisation_leads_there_or_proposes(client, cast, near):
    client.force_login(cast.wang)
    url = reverse("registry:nominate", args=[near.pk])
    assert url in client.get(near.get_absolute_url()).content.decode()
    found = nominated(near, cast)
    told = client.get(near.get_absolute_url()).content.decode()
    assert url not in told and reverse("registry:candidate", args=[found.pk]) in told


def test_wrong_forms_keep_what_was_typed(client, cast, near):
    found = listed(near, cast)
    client.force_login(cast.zhang)
    said = {"kind": "support", "plan": "培训", "planned_on": "明天"}
    told = press(client, found, "plan", said).content.decode()
    assert "填写日期" in told and "培训" in told
    assert "计划日期太远" in press(client, found, "plan", said | {"planned_on": "9999-01-01"}).content.decode()
    assert "填写移出的原因" in press(client, found, "remove").content.decode()
    assert not Support.objects.exists() and only().stage == "listed"
