"""What a person may change about a place, with a day and a source."""

import threading

import pytest
from django.db import connection

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.models import PlaceChange, Population
from registry.places import actions, edits, find, history
from registry.places.survey import BY_HAND
from registry.scope import Role
from tests import builders
from tests.registry.places_scene import HEXI, STREET, community, dated, officer

# --- changes by hand ---


def test_a_change_leaves_its_day_its_source_and_a_line_in_the_audit_trail(zhang):
    place = edits.rename(community(), name="九江里社区居委会", by=zhang, seen=0, **dated("2024-03-01"))
    change = PlaceChange.objects.get(place=place)
    assert (change.before, change.after, change.source) == (
        "九江路社区居委会",
        "九江里社区居委会",
        BY_HAND + "津民函〔2024〕1号",
    )
    event = AuditEvent.objects.get(subject="place:120103001001")
    assert (event.verb, event.by, event.changes["name"]) == ("place.rename", zhang, [change.before, change.after])


def test_a_township_that_becomes_a_town_keeps_both_facts(demo):
    officer_of_jilin = officer("刘科", "220202")
    zone = find("220202401")
    edits.rename(zone, name="幸福镇", by=officer_of_jilin, seen=0, **dated("2024-03-01"))
    assert set(zone.changes.values_list("field", "before", "after")) == {
        ("name", "幸福开发区", "幸福镇"),
        ("kind", "functional_zone", "town"),
    }


def test_the_second_of_two_who_opened_the_same_form_reads_who_was_first_and_when(zhang):
    wang = officer("王科", HEXI)
    place = community()
    edits.rename(place, name="甲社区居委会", by=zhang, seen=0, **dated("2024-03-01"))
    with pytest.raises(OutOfTurn, match=r"张科已于\d\d月\d\d日 \d\d:\d\d改过这个地点"):
        edits.rename(place, name="乙社区居委会", by=wang, seen=0, **dated("2024-03-01"))
    place.refresh_from_db()
    assert place.name == "甲社区居委会"


@pytest.mark.parametrize(
    ("who", "where"), [(Role.DISTRICT, "330302"), (Role.STREET, "120103001"), (Role.LEADER, "120103")]
)
def test_only_the_district_desk_over_the_place_may_change_it(demo, who, where):
    stranger = officer("外人", where, who)
    with pytest.raises(NotAllowed):
        edits.rename(community(), name="甲社区居委会", by=stranger, seen=0, **dated("2024-03-01"))
    with pytest.raises(NotAllowed):
        edits.add(find(STREET), code="120103001150", name="新建社区居委会", by=stranger, **dated("2024-03-01"))
    with pytest.raises(NotAllowed):
        people = {"year": 2020, "kind": "resident", "people": 1, "source": "公报"}
        edits.count_people(find(HEXI), by=stranger, **people)
    assert not PlaceChange.objects.exists()


def test_days_that_cannot_be_are_refused(zhang):
    place = community()
    edits.rename(place, name="甲社区居委会", by=zhang, seen=0, **dated("2024-03-01"))
    seen = history.last_change(place)
    for day, code in {"2999-01-01": "future_day", "2024-02-29": "before_last_change"}.items():
        with pytest.raises(Refusal) as refusal:
            edits.rename(place, name="乙社区居委会", by=zhang, seen=seen, **dated(day))
        assert (refusal.value.code, refusal.value.field) == (code, "on")


def test_a_street_with_standing_communities_cannot_be_abolished(zhang):
    with pytest.raises(Refusal, match="其下还有"):
        edits.abolish(find(STREET), by=zhang, seen=0, **dated("2024-03-01"))


def test_a_place_with_organisations_is_not_ended_by_hand(zhang):
    builders.organisation(community())
    with pytest.raises(Refusal, match="区划变更"):
        edits.abolish(community(), by=zhang, seen=0, **dated("2024-03-01"))


def test_an_abolished_place_can_stand_again(zhang):
    place = edits.abolish(community(), by=zhang, seen=0, **dated("2024-03-01"))
    with pytest.raises(Refusal, match="撤销"):
        late = dated("2024-04-01", name="甲社区居委会")
        edits.rename(place, by=zhang, seen=history.last_change(place), **late)
    place = edits.reopen(place, by=zhang, seen=history.last_change(place), **dated("2024-05-01"))
    assert place.ends is None
    assert [change["label"] for change in history.changes(place)] == ["撤销", "撤销"]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [("120103002150", "wrong_parent"), ("120103002000", "wrong_parent"), ("120103001001", "code_taken")],
)
def test_a_new_place_needs_a_free_code_right_below_its_parent(zhang, code, wrong):
    with pytest.raises(Refusal) as refusal:
        edits.add(find(STREET), code=code, name="新建社区居委会", by=zhang, **dated("2024-03-01"))
    assert (refusal.value.code, refusal.value.field) == (wrong, "code")


def test_the_population_of_a_year_is_corrected_not_doubled(zhang):
    for people in (800000, 822174):
        figure = {"year": 2020, "kind": "resident", "people": people, "source": "人口普查公报"}
        edits.count_people(find(HEXI), by=zhang, **figure)
    assert Population.objects.filter(place__code=HEXI, year=2020).get().people == 822174
    event = AuditEvent.objects.filter(verb="place.population").first()
    assert event.changes == {"people": [800000, 822174]}


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_ten_officers_renaming_at_once_one_wins():
    actions.load_demo()
    zhang, place, answers = officer("张科", HEXI), community(), []

    def rename(number):
        try:
            edits.rename(place, name=f"甲{number}社区居委会", by=zhang, seen=0, **dated("2024-03-01"))
            answers.append("won")
        except OutOfTurn:
            answers.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=rename, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["late"] * 9 + ["won"]
    assert PlaceChange.objects.count() == 1
