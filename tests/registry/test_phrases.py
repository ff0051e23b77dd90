"""The phrase library: common phrases, an office's own, and which of them fit what."""

import re

import pytest
from django.urls import reverse

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import phrases
from registry.casework import actions
from registry.casework.sheet import questions
from registry.models import Phrase
from tests import builders

ADDRESS = {"section": "organisation", "field": "address", "label": "场所地址", "reason": "写到门牌号"}


@pytest.fixture
def case(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def beside(case, key):
    return phrases.beside(case, questions(case))[key]


def test_what_fits_the_field_comes_first_and_foreign_phrases_not_at_all(case):
    name, paper = beside(case, "organisation.name"), beside(case, "materials.members")
    assert name[0].startswith("名称不规范") and "内容与证件不一致" in name
    assert "照片不清楚，重新拍摄" not in name
    assert paper[0] == "成员名单人数与填写的不一致" and "照片不清楚，重新拍摄" in paper


def test_an_office_adds_its_own_for_itself_and_below_and_nobody_else_sees_it(case, cast, places):
    phrases.add(places.street, "写明  楼栋", applies="address", by=cast.li)
    assert beside(case, "organisation.address")[:1] == ["地址不完整，写到门牌号"]
    assert "写明 楼栋" in beside(case, "organisation.address")
    assert "写明 楼栋" in [one.text for one in phrases.of_place(places.garden.code)]
    assert "写明 楼栋" not in [one.text for one in phrases.of_place(places.hexi.code)]
    assert "写明 楼栋" not in [one.text for one in phrases.kept_by(cast.stranger)]


def test_a_phrase_is_kept_once_and_comes_back_after_it_was_retired(cast, places, db):
    one = phrases.add(places.street, "写明楼栋", by=cast.li)
    with pytest.raises(OutOfTurn):
        phrases.add(places.street, "写明楼栋", by=cast.li)
    phrases.retire(one, by=cast.chen)
    with pytest.raises(OutOfTurn):
        phrases.retire(one, by=cast.chen)
    assert phrases.add(places.street, "写明楼栋", by=cast.li).pk != one.pk


@pytest.mark.parametrize("text", ["", "  ", "长" * 201])
def test_an_empty_or_endless_phrase_is_refused(text, cast, places):
    with pytest.raises(Refusal):
        phrases.add(places.street, text, by=cast.li)


def test_nobody_changes_the_phrases_of_another_office_or_of_everybody(cast, places):
    own = phrases.add(places.street, "写明楼栋", by=cast.li)
    for who in (cast.wang, cast.zhao, cast.auntie, cast.stranger):
        with pytest.raises(NotAllowed):
            phrases.add(places.street, "别的", by=who)
        with pytest.raises(NotAllowed):
            phrases.retire(own, by=who)
    with pytest.raises(NotAllowed):
        phrases.retire(Phrase.objects.filter(place_code="").first(), by=cast.li)


def test_the_page_adds_and_retires(client, cast, places, packs):
    client.force_login(cast.li)
    url = reverse("registry:phrases")
    said = {"place": places.street.pk, "applies": "address", "text": "写明楼栋"}
    assert client.post(url, said).status_code == 302
    page = client.get(url).content.decode()
    assert "写明楼栋" in page and "场所地址" in page and "大营门街道" in page
    assert "已经有这一条用语" in client.post(url, said).content.decode()
    made = Phrase.objects.get(text="写明楼栋")
    client.post(reverse("registry:retire_phrase", args=[made.pk]))
    assert "写明楼栋" not in client.get(url).content.decode()


def test_a_place_of_somebody_else_cannot_be_chosen(client, cast, places, packs):
    client.force_login(cast.li)
    client.post(reverse("registry:phrases"), {"place": places.hexi.pk, "text": "写明楼栋"})
    assert not Phrase.objects.filter(text="写明楼栋").exists()


def test_a_foreign_phrase_does_not_exist_for_a_stranger(client, cast, places):
    own = phrases.add(places.street, "写明楼栋", by=cast.li)
    client.force_login(cast.stranger)
    assert client.post(reverse("registry:retire_phrase", args=[own.pk])).status_code == 404


def test_the_notice_offers_the_phrases_beside_their_fields(client, case, cast):
    client.force_login(cast.wang)
    page = client.get(reverse("registry:move", args=[case.pk, "send_back"])).content.decode()
    lists = dict(re.findall(r'name="defect:([\w.]+)"[^>]* list="([\w-]+)"', page))
    offered = re.search(rf'<datalist id="{lists["organisation.address"]}">(.*?)</datalist>', page, re.S)[1]
    assert "地址不完整，写到门牌号" in offered and "照片不清楚" not in offered


def test_how_often_an_office_told_late_is_a_number_without_persons(client, case, cast):
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    case = builders.corrected(case)
    actions.move(case, "send_back", by=cast.wang, data={"defects": [ADDRESS], "why": "上次漏看"})
    client.force_login(cast.zhang)
    page = client.get(reverse("registry:told_late")).content.decode()
    assert "九江路社区" in page and "小王" not in page
    assert re.search(r'data-label="次数"[^>]*>1<', page)
    client.force_login(cast.stranger)
    assert "九江路社区" not in client.get(reverse("registry:told_late")).content.decode()
