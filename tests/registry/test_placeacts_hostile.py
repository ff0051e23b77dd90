"""What a form of a change may be sent: numbers of no row, codes of another level, the same twice."""

import pytest
from django.urls import reverse

from registry.models import PlaceAct
from registry.places import actions
from registry.places.acts import planning
from tests import builders
from tests.registry import placeacts_scene as scene

SAID = {"on": "2026-11-01", "document": scene.DOCUMENT}
HUGE = "9" * 30


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zhang)
    return client


def plan(desk, where, kind, /, **said):
    return desk.post(reverse("registry:placeact_new", args=[where, kind]), SAID | said)


@pytest.mark.parametrize("number", [HUGE, "-1", "x", "1e9", "²"])
def test_a_number_of_no_row_is_not_a_choice(desk, places, number):
    said = {"name": "好街道", "into": places.street.code}
    assert plan(desk, places.street.code, "merge", places=[number], **said).status_code == 422
    assert plan(desk, places.street.code, "split", children=[number], **said).status_code == 422
    assert plan(desk, places.garden.code, "split", organisations=[number], **said).status_code in (302, 422)
    page = desk.post(reverse("registry:placeacts_agree"), {"act": [number], "sure": "1"})
    assert page.status_code < 500


@pytest.mark.parametrize(
    ("where", "kind", "said"),
    [
        ("120103001000", "split", {"name": "好街道", "code": "120103005001"}),
        ("120103001001", "split", {"name": "好社区", "code": "120103001000"}),
        ("120103000000", "add", {"name": "好社区", "code": "120103005001"}),
        ("120103000000", "add", {"name": "全国", "code": "000000000000"}),
        ("120103001001", "split", {"name": "好社区", "code": "00"}),
    ],
)
def test_a_code_of_another_level_is_no_code_for_it(desk, places, where, kind, said):
    page = plan(desk, where, kind, **said)
    assert page.status_code == 422
    assert not PlaceAct.objects.exists()


def test_a_street_cannot_be_given_the_code_of_a_community(client, cast, places):
    city = builders.person("市局", "district", places.tianjin)
    client.force_login(city)
    page = plan(client, places.street.code, "transfer", parent="120101", code="120101001001")
    assert page.status_code == 422


@pytest.mark.parametrize("seat", ["000000000000", "12", "120103", "120103001", "120103001001", "120199"])
def test_streets_are_administered_by_a_zone_and_by_nothing_else(client, cast, places, seat):
    actions.nation()
    city = builders.person("市局", "district", places.tianjin)
    client.force_login(city)
    page = plan(client, places.hexi.code, "zone", children=[places.street.pk], seat=seat)
    assert page.status_code == 422
    assert not PlaceAct.objects.exists()


@pytest.mark.parametrize("parent", ["000000000000", "12", "120103001", "120103001001", "120103"])
def test_a_street_goes_to_another_county_and_nowhere_else(client, cast, places, parent):
    actions.nation()
    client.force_login(builders.person("市局", "district", places.tianjin))
    assert plan(client, places.street.code, "transfer", parent=parent).status_code == 422
    assert plan(client, places.hexi.code, "transfer", parent=parent).status_code == 422
    assert client.get(reverse("registry:placeact_new", args=["000000000000", "add"])).status_code == 403


def test_a_plan_sent_twice_is_one_act_and_agreed_to_twice_is_done_once(desk, cast, places):
    for _ in range(2):
        plan(desk, places.garden.code, "rename", name="九江里社区")
    act = PlaceAct.objects.get()
    seen = scene.deciding.preview.look(planning.rename(places.garden, name="九江里社区", on=scene.DAY), scene.DAY)
    url = reverse("registry:placeact_agree", args=[act.pk])
    assert [desk.post(url, {"seen": seen.digest}).status_code for _ in range(2)] == [302, 409]
    assert places.garden.changes.count() == 1


def test_numbers_of_pages_and_states_that_are_none_are_answered(desk, places):
    url = reverse("registry:placeacts")
    for query in ({"page": HUGE}, {"page": "-1"}, {"state": "x"}, {"state": "\x00"}, {"page": "\x00"}):
        assert desk.get(url, query).status_code in (200, 404)
