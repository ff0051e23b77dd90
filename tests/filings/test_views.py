"""The pages that only 备案 has."""

from django.urls import reverse

from filings.models import Delegation
from registry.models import Organisation
from tests import builders

GIVEN = {"starts": "2026-01-01", "ends": "", "document": "津大办〔2026〕1号"}
LISTED = {"name": "晨练队", "category": "culture_sports", "activities": "晨练", "individual_members": "９",
          "leader_name": "王强", "leader_phone": "139 1234 5678", "leading_party": "九江路社区党委"}  # fmt: skip


def delegate(client, community, **more):
    return client.post(
        reverse("filings:delegations"),
        GIVEN | {"community": community.pk, "covers_review": "on", "covers_report": "on"} | more,
    )


def test_the_street_entrusts_by_form(client, cast, places):
    client.force_login(cast.li)
    assert delegate(client, places.garden).status_code == 302
    page = client.get(reverse("filings:delegations")).content.decode()
    assert "九江路社区" in page and "津大办〔2026〕1号" in page and "长期" in page


def test_a_community_of_another_street_is_not_on_offer(client, cast, places):
    other = builders.place("120103002000", "下瓦房街道", "street", parent=places.hexi)
    foreign = builders.place("120103002001", "福建路社区", "community", parent=other)
    client.force_login(cast.li)
    assert "请重新选择" in delegate(client, foreign).content.decode()
    assert not Delegation.objects.exists()


def test_dates_in_the_wrong_order_come_back_with_all_that_was_typed(client, cast, places):
    client.force_login(cast.li)
    page = delegate(client, places.garden, ends="2025-01-01").content.decode()
    assert "终止日期应晚于起始日期" in page and "津大办〔2026〕1号" in page


def test_an_overlap_comes_back_with_all_that_was_typed(client, cast, places, delegation):
    client.force_login(cast.li)
    page = delegate(client, places.garden).content.decode()
    assert "已有委托" in page and "津大办〔2026〕1号" in page
    assert Delegation.objects.count() == 1


def test_an_ended_delegation_is_shown_as_ended(client, cast, places, delegation):
    client.force_login(cast.li)
    client.post(reverse("filings:revoke", args=[delegation.pk]))
    page = client.get(reverse("filings:delegations")).content.decode()
    assert "已终止" in page
    assert reverse("filings:revoke", args=[delegation.pk]) not in page


def test_a_committee_sees_its_own_delegation_but_no_button(client, cast, places, delegation):
    client.force_login(cast.wang)
    page = client.get(reverse("filings:delegations")).content.decode()
    assert "九江路社区" in page
    assert "终止</button>" not in page and "办理委托" not in page


def test_the_committee_lists_a_group_on_one_page(client, cast, places):
    client.force_login(cast.wang)
    answer = client.post(reverse("filings:listing"), LISTED | {"place": places.garden.pk})
    found = Organisation.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    assert (found.standing, found.individual_members) == ("listed", 9)
    assert found.leader_terms.get().phone == "13912345678"


def test_a_listing_in_a_foreign_community_is_not_on_offer(client, cast, places):
    client.force_login(cast.wang)
    page = client.post(reverse("filings:listing"), LISTED | {"place": places.village.pk}).content.decode()
    assert "请重新选择社区（村）" in page
    assert not Organisation.objects.exists()
