"""Acts that come late or in another order: what changed meanwhile stays, what is gone does not come back."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.errors import Refusal
from registry import hubs
from registry.models import HubStaff, Jurisdiction, Office, PlaceAct
from registry.places import edits, find, history
from registry.places.acts import planning
from tests import builders
from tests.registry import placeacts_scene as scene
from tests.registry.placeacts_scene import DAY, TODAY

EARLIER, LATER = DAY - dt.timedelta(days=9), DAY + dt.timedelta(days=9)


@pytest.fixture
def other(places):
    street = scene.street(places)
    builders.place("120103002005", "台北路社区", "community", parent=street)
    return street


def agree(cast, act):
    return scene.deciding.agree(act, by=cast.zhang, seen=None, today=TODAY)


def test_a_place_that_ended_later_is_not_called_back_by_an_act_of_an_earlier_day(cast, places, other):
    late = scene.propose(cast, "rename", planning.rename(other, name="瓦房街道", on=EARLIER), on=EARLIER)
    scene.merged(cast, places, other)
    with pytest.raises(Refusal, match="撤销"):
        agree(cast, late)
    other.refresh_from_db()
    assert (other.ends, other.name) == (DAY, "下瓦房街道")


def test_a_place_goes_to_one_place_only(cast, places, other):
    plan = planning.merge([places.street, other], into=places.street, code="", name="", on=EARLIER)
    again = scene.propose(cast, "merge", plan, on=EARLIER)
    scene.merged(cast, places, other)
    with pytest.raises(Refusal, match="撤销"):
        agree(cast, again)
    assert other.successors.count() == 1


def test_a_name_given_later_is_not_overwritten_by_an_act_of_an_earlier_day(cast, places):
    late = scene.propose(cast, "rename", planning.rename(places.garden, name="九江里社区", on=DAY))
    seen = history.last_change(places.garden)
    edits.rename(places.garden, name="九江苑社区", on=LATER, source="文", by=cast.zhang, seen=seen)
    with pytest.raises(Refusal, match="更晚"):
        agree(cast, late)
    assert find(places.garden.code).name == "九江苑社区"
    assert history.names_then([places.garden], EARLIER)[places.garden.pk] == "九江路社区"


def test_a_rename_leaves_a_class_that_was_put_right_meanwhile(cast, places):
    late = scene.propose(cast, "rename", planning.rename(places.village, name="西苑村", on=DAY))
    edits.reclass(places.village, area_class="urban", on=EARLIER, source="文", by=cast.zhang, seen=0)
    agree(cast, late)
    places.village.refresh_from_db()
    assert (places.village.name, places.village.area_class) == ("西苑村", "urban")


def test_what_was_set_up_after_the_day_is_not_left_below_a_place_that_ended(cast, places, other):
    builders.place("120103002009", "新社区", "community", parent=other, starts=LATER)
    with pytest.raises(Refusal, match="设立"):
        scene.merged(cast, places, other)


def test_a_hub_and_its_people_of_after_the_day_go_along(cast, places, other):
    old = builders.organisation(other, name="联合会", hub_type="federation").hub
    young = builders.organisation(other, name="服务中心", hub_type="service_centre", on=LATER).hub
    hubs.HubStaff.objects.create(hub=old, name="甲", starts=LATER)
    HubStaff.objects.create(hub=young, name="乙", starts=LATER)
    scene.merged(cast, places, other)
    for one in (old, young):
        now = one.organisation.hub
        assert (now.serves_code, now.ends) == (places.street.code, None)
        assert [(post.starts, post.ends) for post in now.staff.all()] == [(LATER, None)]


def test_nothing_is_recorded_of_a_hub_that_ended(client, cast, places, other):
    old = builders.organisation(other, name="联合会", hub_type="federation").hub
    scene.merged(cast, places, other)
    old.refresh_from_db()
    city = builders.person("市局", "district", places.tianjin)
    Office.objects.create(user=city, role="street", place=places.tianjin, starts=builders.SINCE)
    with pytest.raises(Refusal, match="已经结束"):
        hubs.appoint(old, by=city, name="甲", full_time=True, starts=TODAY)
    with pytest.raises(Refusal, match="已经结束"):
        hubs.demonstrate(old, by=city, since=TODAY)
    client.force_login(city)
    page = client.get(reverse("registry:hub", args=[old.pk])).content.decode()
    assert "结束" in page and "记录到岗" not in page


def test_offices_over_a_place_that_ends_for_good_end_with_it(cast, places, other):
    builders.person("周姐", "street", other)
    community = other.children.get()
    for place in (community, other):
        act = scene.propose(cast, "abolish", planning.abolish(place, on=DAY))
        agree(cast, act)
    assert not Office.objects.in_force(TODAY).filter(place=other).exists()
    assert PlaceAct.objects.filter(state="done").count() == 2
    assert Jurisdiction.objects.filter(ends=DAY).count() == 2


def test_an_office_held_there_for_a_time_does_not_cost_the_one_that_lasts(cast, places, other):
    zhou = builders.person("周姐", "street", other)
    soon = TODAY + dt.timedelta(days=30)
    Office.objects.create(user=zhou, role="street", place=places.street, starts=builders.SINCE, ends=soon)
    scene.merged(cast, places, other)
    assert Office.objects.in_force(soon).filter(user=zhou, place=places.street).exists()
