"""登记还是备案: an answer with its reasons, and nothing asked again afterwards."""

import pytest
from django.urls import reverse

from registry.models import Case
from tests import builders

GUIDE = {
    "legal_form": "none",
    "individual_members": "24",
    "unit_members": "",
    "capital": "",
    "premises": "shared",
    "larger": "yes",
}
READY = GUIDE | {"legal_form": "association", "individual_members": "56", "capital": "30000", "premises": "own"}


def ask(client, place, answers):
    return client.get(reverse("registry:guide"), {"place_code": place.code} | answers)


@pytest.mark.parametrize("answers", [GUIDE, READY, GUIDE | {"larger": "no"}], ids=["small", "ready", "loose"])
def test_every_answer_has_reasons_with_clauses_and_no_codes(answers, client, places, packs):
    page = ask(client, places.garden, answers)
    text = page.content.decode()
    assert page.context["receipt"].tier in ("registered", "filed", "street_managed", "community_guided")
    assert page.context["title"] in text and "津民发〔2018〕61号" in text
    for code in (">None<", ">null<", "community_guided", "street_managed", "social_service_org<"):
        assert code not in text


def test_a_loose_small_group_in_guangxi_is_left_to_its_community(client, db, packs):
    guangxi = builders.place("450000000000", "广西壮族自治区", "province")
    county = builders.place("450103000000", "青秀区", "county", parent=guangxi)
    street = builders.place("450103001000", "新竹街道", "street", parent=county)
    home = builders.place("450103001001", "新竹社区", "community", parent=street)
    assert ask(client, home, GUIDE | {"larger": "no"}).context["receipt"].tier == "community_guided"
    assert ask(client, home, GUIDE).context["receipt"].tier == "street_managed"


def test_asking_stores_nothing(client, places, packs):
    ask(client, places.garden, GUIDE)
    assert not Case.objects.exists()


def test_without_answers_there_is_no_verdict_and_no_complaint(client, places, packs):
    page = client.get(reverse("registry:guide"))
    assert page.context["receipt"] is None
    assert "处需要修改" not in page.content.decode()


def test_a_missing_answer_is_asked_for_and_the_others_stay(client, places, packs):
    page = ask(client, places.garden, GUIDE | {"individual_members": "", "capital": "８００"})
    assert page.context["receipt"] is None
    assert "填写个人成员数" in page.content.decode() and "８００" in page.content.decode()


def test_the_answers_are_carried_into_the_application(client, cast, places, packs):
    client.force_login(cast.wang)
    carried = dict(ask(client, places.garden, READY).context["carried"])
    client.post(reverse("registry:start"), carried | {"road": "registration", "key": "k"})
    said = Case.objects.get().answers
    assert said["organisation"]["legal_form"] == "association"
    assert (said["organisation"]["capital"], said["organisation"]["premises"]) == ("30000", "own")
    assert said["people"]["individual_members"] == "56"


def test_a_double_click_begins_one_application(client, cast, places, packs):
    client.force_login(cast.wang)
    form = {"place_code": places.garden.code, "road": "filing", "key": "one"} | GUIDE
    first, second = (client.post(reverse("registry:start"), form).headers["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_a_place_is_understood_in_every_length(client, places, packs):
    for code in ("120103", "120103001", "120103001001", "120103001000"):
        page = client.get(reverse("registry:guide"), {"place_code": code} | GUIDE)
        assert page.context["receipt"] is not None, code


@pytest.mark.parametrize("code", ["999999", "abc", "1201", "12", "0", "120103001001001"])
def test_a_place_that_is_none_is_told_in_words(code, client, places, packs):
    page = client.get(reverse("registry:guide"), {"place_code": code} | GUIDE)
    assert page.status_code == 200
    assert page.context["receipt"] is None


def test_the_places_offered_are_those_of_the_person(client, cast, places, packs):
    client.force_login(cast.wang)
    page = client.get(reverse("registry:guide")).content.decode()
    assert "九江路社区" in page and "西村" not in page


def test_a_visitor_is_asked_to_sign_in_before_anything_is_stored(client, places, packs):
    answer = client.post(reverse("registry:start"), {"place_code": places.garden.code, "road": "filing", "key": "k"})
    assert reverse("portal:login") in answer.headers["Location"]
    assert not Case.objects.exists()
