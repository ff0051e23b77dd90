"""What boards counted of a day before a change of divisions is counted of it afterwards; nothing is lost on the way."""

import datetime as dt

import pytest

from registry import codes, hubs
from registry.models import Candidate, Hub, LeaderTerm, Population
from registry.places.acts import planning
from supervision import counts, keeping
from supervision.counts import heads, live
from supervision.models import Entry
from tests import builders
from tests.registry import placeacts_scene as scene
from tests.registry.placeacts_scene import DAY, TODAY

BEFORE = DAY - dt.timedelta(days=1)
DAYS = (dt.date(2025, 12, 31), dt.date(2026, 5, 1), BEFORE)
SAME = ("registered", "filed", "candidates", "converted", "party", "set_apart")


@pytest.fixture
def other(cast, places):
    """下瓦房街道 with everything that is counted: a hub, candidates, conversions, people, figures, a desk."""
    street = scene.street(places)
    home = builders.place("120103002001", "福建路社区", "community", parent=street)
    builders.person("周姐", "street", street)
    found = builders.organisation(home, name="福建路舞蹈队", party_organisation="own", leader_name="刘桂兰")
    LeaderTerm.objects.filter(organisation=found).update(is_party_member=True)
    listed = dt.date(2026, 3, 1)
    Candidate.objects.create(organisation=found, place_code=home.code, stage="listed", listed_on=listed)
    turned = builders.organisation(home, name="福建路书画协会")
    turned.standings.update(ends=listed)
    turned.standings.create(
        kind="registered", starts=listed, place_code=home.code, scope="community", legal_form="association"
    )
    federation = builders.organisation(street, name="下瓦房联合会", hub_type="federation", scope="street")
    for name in ("甲", "乙"):
        hubs.HubStaff.objects.create(hub=federation.hub, name=name, starts=listed)
    Hub.objects.update(demonstration_since=listed)
    Population.objects.create(place=places.hexi, year=2020, people=870_000, source="普查")
    Entry.objects.create(place_code=home.code, item="simplified_charters", year=2025, value=1, source="年报")
    Entry.objects.create(place_code=street.code, item="trainings", year=2025, value=2, source="年报")
    return street


def change(cast, places, other, kind):
    """Carry a change out that the street (or its community) takes part in."""
    home = other.children.get()
    city = builders.person("市局", "district", places.tianjin)
    plan = {
        "merge": lambda: planning.merge([places.street, other], into=places.street, code="", name="", on=DAY),
        "new": lambda: planning.merge([places.street, other], into=None, code="", name="新营门街道", on=DAY),
        "split": lambda: planning.split(
            other,
            code="",
            name="小营街道",
            children=[home],
            organisations=other.organisations.values_list("pk", flat=True),
            on=DAY,
        ),
        "transfer": lambda: planning.transfer(other, parent=places.heping, code="", on=DAY),
        "convert": lambda: planning.convert(places.village, name="西苑社区", keep_code=True, on=DAY),
        "zone": lambda: planning.zone(places.hexi, seat=None, code="", name="开发区", children=[other], on=DAY),
        "rename": lambda: planning.rename(other, name="瓦房镇", on=DAY),
    }[kind]()
    act = scene.propose(cast, "merge" if kind == "new" else kind, plan, by=city)
    scene.deciding.agree(act, by=city, seen=None, today=TODAY)


KINDS = ("merge", "new", "split", "transfer", "convert", "zone", "rename")


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_before_an_act_counts_after_it_what_it_counted(cast, places, other, kind):
    then = {day: live.leaves(day) for day in DAYS}
    change(cast, places, other, kind)
    assert {day: live.leaves(day) for day in DAYS} == then


@pytest.mark.parametrize("kind", ["merge", "transfer", "split"])
def test_what_is_kept_and_corrected_is_what_a_recount_says_before_and_after_it_is_folded(cast, places, other, kind):
    for day in (*DAYS[1:], TODAY):
        keeping.keep(day)
    change(cast, places, other, kind)
    for folded in (False, True):
        for day in (BEFORE, DAY, TODAY):
            sums = heads.summed(live.leaves(day))
            for place in (places.tianjin, places.hexi, places.heping, places.street, other):
                own = {name: cell[:3] for name, cell in counts.read(place, day).own.items() if any(cell)}
                told = sums.get(codes.prefix(place.code), {})
                said = {name: (*cell, 0)[:3] for name, cell in told.items() if any(cell)}
                assert (folded, day, place.name, own) == (folded, day, place.name, said)
        while keeping.fold():
            pass


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_makes_no_organisation_of_the_nation_more_or_less(cast, places, other, kind):
    then = heads.summed(live.leaves(DAY))[""]
    change(cast, places, other, kind)
    now = heads.summed(live.leaves(DAY))[""]
    assert {name: now.get(name) for name in SAME} == {name: then.get(name) for name in SAME}
    assert then["candidates"] and then["converted"] and then["set_apart"]
