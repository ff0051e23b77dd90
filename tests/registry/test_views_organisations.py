"""The register in the browser: who is there, how far from registration, and how one leaves it."""

import pytest
from django.urls import reverse

from registry.models import Organisation
from tests import builders


@pytest.fixture
def three(places):
    """A filed one, a listed one, a registered one."""
    return [builders.organisation(places.garden, name="阳光舞蹈队", category="culture_sports"),
            builders.organisation(places.village, name="晨练队", kind="listed"),
            builders.organisation(places.garden, name="天津市河西区暖阳老年协会", kind="registered")]  # fmt: skip


def found(client, **asked):
    page = client.get(reverse("registry:organisations"), asked)
    return {row.name[:2] for row in page.context["page"].rows}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"阳光", "晨练", "天津"}),
        ({"q": "舞蹈"}, {"阳光"}),
        ({"q": "舞 蹈"}, {"阳光"}),
        ({"q": "cld"}, {"晨练"}),
        ({"standing": "registered"}, {"天津"}),
        ({"category": "culture_sports"}, {"阳光"}),
        ({"legal_form": "association"}, {"天津"}),
        ({"place": "120103001200"}, {"晨练"}),
        ({"place": "120103001"}, {"阳光", "晨练", "天津"}),
        ({"place": "nowhere"}, set()),
        ({"q": "没有的名字"}, set()),
    ],
)
def test_the_list_is_narrowed(asked, names, client, cast, three):
    client.force_login(cast.zhang)
    assert found(client, **asked) == names


def test_the_list_ends_at_the_border_of_the_office(client, cast, three):
    for who, names in (
        ("wang", {"阳光", "天津"}),
        ("li", {"阳光", "晨练", "天津"}),
        ("stranger", set()),
        ("auntie", set()),
    ):
        client.force_login(getattr(cast, who))
        assert found(client) == names, who


def test_a_place_asked_for_beyond_the_border_shows_nothing(client, cast, three):
    client.force_login(cast.stranger)
    assert found(client, place="120103") == set()


def test_the_page_of_a_filed_organisation_says_what_is_missing_for_registration(client, cast, three, packs):
    client.force_login(cast.li)
    page = client.get(three[0].get_absolute_url()).content.decode()
    assert "离登记还差什么" in page and "转登记" in page and "状态沿革" in page
    assert "None" not in page and "null" not in page


def test_a_registered_organisation_is_not_offered_conversion(client, cast, three, packs):
    client.force_login(cast.zhang)
    assert (
        reverse("registry:convert", args=[three[2].pk]) not in client.get(three[2].get_absolute_url()).content.decode()
    )


ENDS = [
    ("wang", "晨练", 302, True),
    ("wang", "阳光", 403, False),
    ("li", "阳光", 302, False),
    ("li", "天津", 403, False),
    ("sun", "天津", 302, False),
    ("zhang", "天津", 403, False),
    ("zhao", "阳光", 403, False),
]


@pytest.mark.parametrize(("who", "name", "status", "ended"), ENDS)
def test_the_committee_strikes_off_what_it_listed_and_nothing_else_ends_at_a_press(
    who, name, status, ended, client, cast, places, three, packs
):
    Organisation.objects.filter(name="晨练队").update(place_code=places.garden.code, place=places.garden)
    client.force_login(getattr(cast, who))
    one = Organisation.objects.get(name__startswith=name)
    answer = client.post(reverse("registry:end", args=[one.pk]), {"reason": "成员解散"})
    one.refresh_from_db()
    assert (answer.status_code, one.standing == "") == (status, ended)


def test_who_wants_to_end_a_filing_is_led_to_the_case(client, cast, three, packs):
    client.force_login(cast.li)
    answer = client.get(reverse("registry:end", args=[three[0].pk]), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{three[0].get_absolute_url()}#offers", 302)]
    assert "可以办理的事项" in page and reverse("registry:open", args=[three[0].pk, "filing-terminate"]) in page


@pytest.fixture
def listed(three, places):
    Organisation.objects.filter(name="晨练队").update(place_code=places.garden.code, place=places.garden)
    return Organisation.objects.get(name="晨练队")


def test_leaving_needs_a_reason(client, cast, listed, packs):
    client.force_login(cast.wang)
    for reason, told in (("", "填写原因"), ("因" * 201, "不能超过 200 个字")):
        page = client.post(reverse("registry:end", args=[listed.pk]), {"reason": reason})
        assert told in page.content.decode()
    assert listed.standings.get().ends is None


def test_leaving_twice_is_told_instead_of_done(client, cast, listed, packs):
    client.force_login(cast.wang)
    url = reverse("registry:end", args=[listed.pk])
    client.post(url, {"reason": "成员解散"})
    assert client.post(url, {"reason": "又一次"}).status_code == 409
    assert listed.standings.get().reason == "成员解散"


def test_without_any_policy_document_the_page_still_stands(client, cast, three):
    client.force_login(cast.li)
    assert client.get(three[0].get_absolute_url()).status_code == 200


def test_the_person_in_charge_is_reached_by_a_masked_number(client, cast, places, packs):
    said = {"leader_name": "刘桂兰", "leader_id_number": builders.identity_number(), "leader_phone": "13912345678"}
    one = builders.organisation(places.garden, **said)
    client.force_login(cast.li)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "139****5678" in page and "13912345678" not in page


def test_walking_the_list_shows_everybody_once(client, cast, places):
    Organisation.objects.bulk_create([Organisation(name=f"组织{n}", place=places.garden, place_code=places.garden.code)
                                      for n in range(120)])  # fmt: skip
    client.force_login(cast.li)
    seen, after = [], ""
    for _ in range(3):
        page = client.get(reverse("registry:organisations"), {"after": after} if after else {}).context["page"]
        seen += [row.pk for row in page.rows]
        after = page.next
    assert after == "" and len(seen) == len(set(seen)) == 120
