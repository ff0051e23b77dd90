"""Acts that change divisions, carried out: what becomes of places, organisations, cases and people."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.models import Jurisdiction, Office, PlaceAct, Standing, Succession, Touch
from registry.places import find
from registry.places.acts import deciding, planning
from tests import builders
from tests.registry import placeacts_scene as scene
from tests.registry.placeacts_scene import DAY, TODAY

BEFORE = DAY - dt.timedelta(days=1)


@pytest.fixture
def other(places):
    """下瓦房街道 with two communities; one bears the same last digits as one of 大营门街道."""
    street = scene.street(places)
    builders.place("120103002001", "福建路社区", "community", parent=street)
    builders.place("120103002005", "台北路社区", "community", parent=street)
    return street


def at(code, day):
    rows = Standing.objects.on(day).counted().filter(place_code=code)
    return sorted(rows.values_list("organisation__name", flat=True))


def test_a_street_that_goes_up_in_another_ends_and_its_communities_get_free_codes(cast, places, other):
    scene.merged(cast, places, other)
    other.refresh_from_db()
    assert other.ends == DAY
    rows = Jurisdiction.objects.standing_on(DAY).filter(parent=places.street).order_by("code")
    assert list(rows.values_list("code", "name")) == [
        ("120103001001", "九江路社区"),
        ("120103001002", "福建路社区"),
        ("120103001005", "台北路社区"),
        ("120103001200", "西村"),
    ]
    pairs = Succession.objects.values_list("before__code", "after__code")
    assert set(pairs) == {
        ("120103002000", "120103001000"),
        ("120103002001", "120103001002"),
        ("120103002005", "120103001005"),
    }


def test_organisations_go_along_and_every_day_before_is_counted_as_it_was(cast, places, other):
    found = builders.organisation(find("120103002001"), name="福建路舞蹈队")
    scene.merged(cast, places, other)
    found.refresh_from_db()
    assert (found.place_code, found.place.name) == ("120103001002", "福建路社区")
    assert at("120103002001", BEFORE) == ["福建路舞蹈队"]
    assert at("120103002001", DAY) == []
    assert at("120103001002", BEFORE) == []
    assert at("120103001002", DAY) == ["福建路舞蹈队"]
    assert found.standings.filter(ends=None).count() == 1


def test_people_keep_their_desks_over_the_place_in_its_place(cast, places, other):
    zhou = builders.person("周姐", "street", other)
    scene.merged(cast, places, other)
    held = list(Office.objects.filter(user=zhou).order_by("id").values_list("place__code", "starts", "ends"))
    assert held == [(other.code, builders.SINCE, TODAY), (places.street.code, TODAY, None)]


def test_every_place_concerned_tells_the_counts(cast, places, other):
    Touch.objects.all().delete()
    scene.merged(cast, places, other)
    told = set(Touch.objects.filter(on=DAY, whole=True).values_list("place_code", flat=True))
    assert {places.street.code, other.code, "120103002001", "120103001002"} <= told


def test_two_streets_become_a_new_one(cast, places, other):
    plan = planning.merge([places.street, other], into=None, code="", name="新大营门街道", on=DAY)
    scene.do(cast, "merge", plan)
    made = find("120103003000")
    assert (made.name, made.starts, made.children.count()) == ("新大营门街道", DAY, 4)
    assert Jurisdiction.objects.filter(ends=DAY).count() == 6
    assert Office.objects.in_force(TODAY).get(user=cast.li).place == made


def test_a_split_takes_the_communities_and_the_organisations_that_were_chosen(cast, places):
    stays, goes = (builders.organisation(places.street, name=name) for name in ("留下的联合会", "分出的联合会"))
    below = builders.organisation(places.village, name="西村互助会")
    plan = planning.split(
        places.street, code="", name="小营门街道", children=[places.village], organisations=[goes.pk], on=DAY
    )
    scene.do(cast, "split", plan)
    for one in (stays, goes, below):
        one.refresh_from_db()
    assert (stays.place_code, goes.place_code, below.place_code) == (
        "120103001000",
        "120103002000",
        "120103002200",
    )
    places.street.refresh_from_db()
    assert places.street.ends is None
    assert {office.place.code for office in cast.li.offices.in_force(TODAY)} == {"120103001000", "120103002000"}


def test_a_community_transferred_to_another_street_gets_a_code_there(cast, places, other):
    plan = planning.transfer(places.village, parent=other, code="", on=DAY)
    scene.do(cast, "transfer", plan)
    moved = find("120103002200")
    assert (moved.name, moved.parent, moved.kind, moved.area_class) == ("西村", other, "village", "rural")
    assert places.village.successors.get().after == moved


@pytest.mark.parametrize("keep_code", [True, False])
def test_a_village_becomes_a_residents_committee(cast, places, keep_code):
    plan = planning.convert(places.village, name="西苑社区", keep_code=keep_code, on=DAY)
    scene.do(cast, "convert", plan)
    now = Jurisdiction.objects.standing_on(DAY).get(name="西苑社区")
    assert (now.code == places.village.code) is keep_code
    assert (now.kind, now.area_class, now.parent) == ("community", "urban", places.street)
    then = Jurisdiction.objects.classed(BEFORE).standing_on(BEFORE).get(code=places.village.code)
    assert then.class_then == "rural"


def test_a_functional_zone_takes_streets_of_a_county(cast, places):
    province = builders.person("市局", "district", places.tianjin)
    plan = planning.zone(places.hexi, seat=None, code="", name="河西开发区", children=[places.street], on=DAY)
    act = scene.propose(cast, "zone", plan, by=province)
    deciding.agree(act, by=province, seen=None, today=TODAY)
    zone = find("120171000000")
    assert (zone.kind, zone.parent) == ("functional_zone", places.tianjin)
    assert list(zone.children.values_list("code", flat=True)) == ["120171001000"]
    assert find("120171001001").name == "九江路社区"


def test_a_renamed_place_keeps_its_code_and_its_former_name(cast, places):
    scene.do(cast, "rename", planning.rename(places.garden, name="九江里社区", on=DAY))
    places.garden.refresh_from_db()
    assert places.garden.name == "九江里社区"
    assert places.garden.changes.get().before == "九江路社区"


def test_a_place_is_set_up_and_an_empty_one_ended(cast, places):
    scene.do(cast, "add", planning.add(places.street, code="120103001150", name="新建社区", on=DAY))
    assert find("120103001150").starts == DAY
    scene.do(cast, "abolish", planning.abolish(find("120103001150"), on=TODAY), on=TODAY)
    assert find("120103001150").ends == TODAY


def test_an_act_to_come_is_done_on_its_day_and_once(cast, places, other):
    later = TODAY + dt.timedelta(days=9)
    act = scene.merged(cast, places, other, on=later)
    other.refresh_from_db()
    assert (act.state, other.ends) == (PlaceAct.State.AGREED, None)
    assert deciding.come(later - dt.timedelta(days=1)) == 0
    assert (deciding.come(later), deciding.come(later)) == (1, 0)
    act.refresh_from_db()
    other.refresh_from_db()
    assert (act.state, other.ends) == (PlaceAct.State.DONE, later)
    assert act.done_at.date() <= timezone.now().date()


def test_what_came_to_a_place_in_the_moment_it_ended_is_gathered_up(cast, places, other, packs):
    scene.merged(cast, places, other)
    late = builders.organisation(other, on=TODAY)
    case = builders.draft(builders.person("李姐", "street", other), other)
    deciding.come(timezone.localdate())
    for one in (late, case):
        one.refresh_from_db()
        assert one.place_code == places.street.code
    assert at(places.street.code, TODAY) == [late.name]
