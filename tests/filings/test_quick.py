"""The quick filing of community staff: one page, twelve questions at most, two photos, one case."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings import quick
from portal.errors import NotAllowed, Refusal
from registry.models import Case
from registry.uploads import guard
from tests import builders

URL = "filings:quick"
SAID = {
    "name": "阳光舞蹈队",
    "category": "culture_sports",
    "activities": "每周三次排练",
    "premises": "shared",
    "address": "社区活动室",
    "leader_name": "刘桂兰",
    "leader_id_number": builders.identity_number(7),
    "leader_phone": "139 0000 0000",
    "serving_cadre": "no",
    "individual_members": "１８",
    "full_party_members": "3",
}


@pytest.fixture
def page(client, cast, places, packs):
    """小王 at the page; returns what the browser would send, and sends it."""
    client.force_login(cast.wang)
    shown = client.get(reverse(URL)).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))

    def send(photos=("charter", "members"), **more):
        files = {kind: builders.png(f"{kind}.png") for kind in photos}
        return client.post(reverse(URL), {"key": hidden["key"], "place": hidden["place"], **SAID, **files, **more})

    send.shown = shown
    return send


def test_it_asks_twelve_things_at_most_and_two_photos(page):
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([\w-]+)"', page.shown))
    asked = names - {"csrfmiddlewaretoken", "key", "place"} - {"next"}
    assert asked - {"charter", "members"} == set(SAID)
    assert len(asked - {"charter", "members"}) <= 12


def test_one_sending_is_a_case_handed_in(page, cast, places):
    answer = page()
    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("registry:receipt", args=[case.pk])
    assert (case.state, case.place, case.opened_by, case.name) == ("submitted", places.garden, cast.wang, "阳光舞蹈队")
    assert case.number and case.receipt and case.answers["organisation"]["scope"] == "community"
    assert {one.kind for one in case.materials.all()} == {"charter", "members"}
    assert case.sealed["leader_id_number"] == SAID["leader_id_number"]
    assert SAID["leader_id_number"] not in str(case.answers)


def test_what_was_not_asked_is_unknown_and_passes_nothing(page):
    page()
    told = {one["key"]: one["verdict"] for one in Case.objects.get().receipt["rules"]}
    assert "pass" not in {told.get(key) for key in ("premises.postal_reachable_required", "tier.larger_scale")}


def test_a_name_taken_hereabouts_is_told_once_and_never_forbidden(page, client, cast, places):
    taken = builders.draft(cast.auntie, places.garden)
    Case.objects.filter(pk=taken.pk).update(state="submitted")
    told = page().content.decode()
    assert "附近已有同名的组织：阳光舞蹈队" in told and 'name="same_name" value="阳光舞蹈队"' in told
    assert Case.objects.count() == 1
    assert page(same_name="别的名称").status_code == 200
    assert page(same_name="阳光舞蹈队").status_code == 302 and Case.objects.count() == 2


def test_pressed_twice_it_is_one_case(page):
    first, second = page(), page()
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1 and Case.objects.get().steps.count() == 1


def test_all_mistakes_are_told_at_once_and_nothing_stored(page):
    shown = page((), name="", leader_phone="12", individual_members="许多", address="").content.decode()
    assert not Case.objects.exists()
    summary = shown[shown.index("error-summary") :]
    for words in ("填写组织名称", "电话", "整数", "填写场所地址", "章程照片", "成员名单照片"):
        assert words in summary
    assert "社区活动室" not in shown and "每周三次排练" in shown


def test_a_photo_sent_with_a_mistake_elsewhere_need_not_be_chosen_again(page):
    shown = page(leader_phone="12").content.decode()
    assert "charter.png" in shown and "不用再选" in shown and not Case.objects.exists()
    slips = dict(re.findall(r'name="(slip-\w+)" value="([^"]+)"', shown))
    assert set(slips) == {"slip-charter", "slip-members"}
    assert page((), **slips).status_code == 302
    assert {one.original_name for one in Case.objects.get().materials.all()} == {"charter.png", "members.png"}


def test_a_slip_of_somebody_else_brings_nothing(page, cast):
    photo = guard.admit(builders.png(), label="章程", field="charter")
    foreign = quick.held(photo, cast.stranger)
    shown = page((), **{"slip-charter": foreign, "slip-members": "made-up"}).content.decode()
    assert "章程照片" in shown and not Case.objects.exists()


def test_a_hostile_photo_is_told_beside_its_field(page):
    bad = SimpleUploadedFile("名单.png", b"<html>")
    shown = page(("charter",), members=bad).content.decode()
    assert "不是可用的文件" in shown and not Case.objects.exists()


def test_a_serving_cadre_is_asked_for_the_approval_and_nobody_else(page):
    assert "cadre_approval" not in page.shown
    shown = page(serving_cadre="yes").content.decode()
    assert 'name="cadre_approval"' in shown and "请说明是否已报批" in shown
    assert page(serving_cadre="yes", cadre_approval="yes").status_code == 302
    assert Case.objects.get().answers["people"]["cadre_approval"] == "yes"


def test_a_place_of_three_tiers_asks_no_more(page, places, packs, client, cast):
    nanning = builders.place("450103001001", "新竹社区", "community", parent=places.street)
    wei = builders.person("小韦", "community", nanning)
    client.force_login(wei)
    shown = client.get(reverse(URL)).content.decode()
    assert "larger_scale" not in shown
    key, place = (re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("key", "place"))
    files = {kind: builders.png() for kind in ("charter", "members")}
    assert client.post(reverse(URL), {"key": key, "place": place, **SAID, **files}).status_code == 302
    case = Case.objects.get()
    assert "larger_scale" in case.asks
    told = {one["key"]: one["verdict"] for one in case.receipt["rules"]}
    assert told["tier.larger_scale"] == "unknown"


def test_another_community_cannot_be_written_into_the_page(page, places):
    shown = page(place=str(places.village.pk)).content.decode()
    assert "重新选择社区（村）" in shown and not Case.objects.exists()


@pytest.mark.parametrize("who", ["auntie", "li", "zhang", "zhao", "stranger"])
def test_nobody_but_the_committee_files_quickly(who, cast, places, packs):
    photo = guard.admit(builders.png(), label="章程", field="charter")
    with pytest.raises(NotAllowed):
        quick.file(places.garden, SAID, {"charter": photo, "members": photo}, by=getattr(cast, who), key="k")
    assert not Case.objects.exists()


def test_all_of_it_or_nothing(cast, places, packs):
    photo = guard.admit(builders.png(), label="章程", field="charter")
    with pytest.raises(Refusal) as no:
        quick.file(places.garden, SAID, {"charter": photo}, by=cast.wang, key="k")
    assert no.value.code == "materials_missing"
    assert not Case.objects.exists()


def test_the_first_page_shows_the_way_to_the_committee_only(client, cast, places, packs):
    for who, seen in (("wang", True), ("li", False), ("auntie", False)):
        client.force_login(getattr(cast, who))
        assert (reverse(URL) in client.get(reverse("portal:home")).content.decode()) is seen, who
