"""Places by code, by class, by day; the demo places; what a person may change about a place."""

import datetime as dt

import pytest

from portal.errors import Refusal
from registry import codes
from registry.models import Jurisdiction, Population, Touch
from registry.places import actions, classes, edits, find, fixture, history
from tests.registry.places_scene import STREET, community, dated, officer

# --- class and kind from the code alone ---


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("001", "urban"),
        ("199", "urban"),
        ("200", "rural"),
        ("399", "rural"),
        ("400", "urban"),
        ("497", "urban"),
        ("498", ""),  # a virtual community has no committee
        ("499", "urban"),
        ("500", "rural"),
        ("597", "rural"),
        ("598", ""),
        ("599", "rural"),
        ("600", ""),
        ("000", ""),  # not a community at all
    ],
)
def test_residents_committee_is_urban_and_village_committee_rural_by_the_last_digits(last, expected):
    assert classes.area_class(f"120103001{last}") == expected


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("120000000000", "天津市", "province"),
        ("330300000000", "温州市", "prefecture"),
        ("330302000000", "鹿城区", "county"),
        ("130171000000", "石家庄高新技术产业开发区", "functional_zone"),
        ("130181000000", "辛集市", "county"),
        ("120103001000", "大营门街道", "street"),
        ("110105013000", "南磨房地区", "street"),
        ("330302102000", "藤桥镇", "town"),
        ("220202200000", "两家子满族乡", "township"),
        ("150205200000", "吉忽伦图苏木", "township"),
        ("450103400000", "仙葫经济开发区", "functional_zone"),
        ("440306400000", "某某街道", "street"),  # a unit like a township that bears the name of a street
        ("120103001001", "九江路社区居委会", "community"),
        ("500112129200", "放牛坪村民委员会", "village"),
        ("371302001205", "潘家社区村村民委员会", "village"),  # called a community, run by a village committee
    ],
)
def test_the_kind_of_a_place_is_read_from_its_code_and_name(code, name, kind):
    assert classes.kind(code, name) == kind


# --- finding ---


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("12", "天津市"),
        ("1201", "市辖区"),
        ("120103", "河西区"),
        ("120103001", "大营门街道"),
        ("120103001001", "九江路社区居委会"),
        ("１２０１０３", "河西区"),
        (" 120 103 ", "河西区"),
    ],
)
def test_a_place_is_found_by_2_4_6_9_or_12_digits(demo, asked, name):
    assert find(asked).name == name


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("", "malformed_place_code"),
        ("120", "malformed_place_code"),
        ("12010300100100", "malformed_place_code"),
        ("河西区", "malformed_place_code"),
        ("12010x", "malformed_place_code"),
        ("999999", "unknown_place"),
    ],
)
def test_a_malformed_or_unknown_code_is_refused_in_words(demo, asked, code):
    with pytest.raises(Refusal) as refusal:
        find(asked)
    assert refusal.value.code == code
    assert not any("a" <= letter <= "z" for letter in refusal.value.reason)


# --- the demo places ---


def test_the_demo_holds_every_street_and_community_of_five_counties(demo):
    assert Jurisdiction.objects.filter(level__gt=0).count() == 1113
    numbers = {county: _below(county) for county in fixture.COUNTIES}
    assert numbers == {
        "120103": (14, 149),
        "450103": (11, 119),
        "500112": (30, 412),
        "220202": (19, 159),
        "330302": (14, 171),
    }


def _below(county):
    inside = Jurisdiction.objects.within(county)
    return inside.streets().count(), inside.communities().count()


def test_the_demo_rows_are_what_the_code_rules_say():
    for row in fixture.read():
        assert (row["kind"], row["class"]) == (classes.kind(row["code"], row["name"]), classes.area_class(row["code"]))


def test_loading_the_demo_again_adds_nothing_and_keeps_what_was_changed(zhang):
    place = edits.rename(community(), name="九江里社区居委会", by=zhang, seen=0, **dated("2024-03-01"))
    assert actions.load_demo() == 0
    place.refresh_from_db()
    assert place.name == "九江里社区居委会"
    assert Population.objects.filter(place__code="500112000000", year=2020).get().people == 2191493


def test_every_demo_place_lies_in_its_parent(demo):
    assert not Jurisdiction.objects.filter(level=1).exclude(parent=None).exists()
    for place in Jurisdiction.objects.filter(level__gt=1).select_related("parent"):
        assert place.parent.code == fixture.parent_code(place.code)


# --- as of a day ---


def test_the_class_of_a_day_is_the_one_in_force_on_it(zhang):
    place = community()
    edits.reclass(place, area_class="rural", by=zhang, seen=0, **dated("2020-06-01"))
    seen = history.last_change(place)
    edits.reclass(place, area_class="urban", by=zhang, seen=seen, **dated("2023-01-01"))
    expected = {"2019-12-31": "urban", "2020-05-31": "urban", "2020-06-01": "rural", "2022-12-31": "rural"}
    for day, area_class in {**expected, "2023-01-01": "urban"}.items():
        then = Jurisdiction.objects.classed(dt.date.fromisoformat(day)).get(pk=place.pk).class_then
        assert (day, then) == (day, area_class)


def test_the_numbers_of_communities_of_a_day_follow_class_and_standing(zhang):
    street = find(STREET)
    before = history.communities(street, dt.date(2024, 1, 1))
    edits.reclass(community(), area_class="rural", by=zhang, seen=0, **dated("2024-03-01"))
    edits.abolish(community("120103001004"), by=zhang, seen=0, **dated("2024-03-01"))
    assert history.communities(street, dt.date(2024, 2, 29)) == before
    after = history.communities(street, dt.date(2024, 3, 1))
    assert after == {"total": before["total"] - 1, "urban": before["urban"] - 2, "rural": before["rural"] + 1}


def test_the_name_of_a_day_is_the_one_borne_on_it(zhang):
    place = community()
    edits.rename(place, name="甲社区居委会", by=zhang, seen=0, **dated("2021-01-01"))
    edits.rename(place, name="乙社区居委会", by=zhang, seen=history.last_change(place), **dated("2022-01-01"))
    place.refresh_from_db()
    days = {"2020-12-31": "九江路社区居委会", "2021-01-01": "甲社区居委会", "2022-01-01": "乙社区居委会"}
    for day, name in days.items():
        assert history.names_then([place], dt.date.fromisoformat(day)) == {place.pk: name}


def test_a_place_stands_from_its_first_day_to_the_day_before_its_end(zhang):
    street = find(STREET)
    place = edits.add(street, code="120103001150", name="新建社区居委会", by=zhang, **dated("2022-05-01"))
    edits.abolish(place, by=zhang, seen=history.last_change(place), **dated("2024-05-01"))
    standing = {
        day: Jurisdiction.objects.standing_on(dt.date.fromisoformat(day)).filter(pk=place.pk).exists()
        for day in ("2022-04-30", "2022-05-01", "2024-04-30", "2024-05-01")
    }
    assert list(standing.values()) == [False, True, True, False]
    assert place.area_class == "urban"


# --- the whole country ---


def test_the_nation_stands_above_the_provinces_and_is_no_home_for_anything(client, demo):
    nation = find(codes.NATION)
    assert (nation.level, nation.name, nation.parent) == (0, "全国", None)
    assert actions.nation() == nation
    page = client.get(f"/places/{codes.NATION}/").content.decode()
    assert "天津市" in page and "社区（村）" not in page
    assert codes.NATION not in client.get("/places/", {"q": "全国"}).content.decode()


def test_the_nation_is_neither_renamed_nor_ended(demo):
    minister = officer("部里", codes.NATION)
    with pytest.raises(Refusal, match="全国"):
        edits.abolish(find(codes.NATION), by=minister, seen=0, **dated("2024-03-01"))


# --- telling the counts ---


def test_every_change_by_hand_tells_the_counts_which_place_and_from_which_day(zhang):
    place, street = community(), find(STREET)
    edits.reclass(place, area_class="rural", by=zhang, seen=0, **dated("2024-03-01"))
    edits.abolish(place, by=zhang, seen=history.last_change(place), **dated("2024-04-01"))
    edits.reopen(place, by=zhang, seen=history.last_change(place), **dated("2024-05-01"))
    edits.add(street, code="120103001150", name="新建社区居委会", by=zhang, **dated("2024-06-01"))
    edits.count_people(street, year=2023, kind="resident", people=5, source="公报", by=zhang)
    told = [(touch.place_code, f"{touch.on}", touch.whole) for touch in Touch.objects.order_by("id")]
    assert told == [
        (place.code, "2024-03-01", False),
        (place.code, "2024-04-01", True),
        (place.code, "2024-04-01", True),
        (place.code, "2024-05-01", True),
        ("120103001150", "2024-06-01", False),
        (STREET, "2023-01-01", False),
    ]
