"""Kept counts: whatever happened and in whatever order, what a board reads is what a full recount finds."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import codes, policies
from registry.codes import NATION
from registry.models import Jurisdiction, Standing, Touch
from registry.touches import touch
from supervision import counts, keeping
from supervision.counts import heads, live, reading, stale
from supervision.indicators import ALL, BY_NAME
from supervision.models import Count, CountDay
from tests.supervision import scene

FIRST = dt.date(2018, 6, 1)
FEW = (
    "avg_urban", "avg_rural", "hub_street", "demonstration", "party", "rural_service_org", "registered", "filed",
    "set_apart", "volunteers", "quota_nation",
)  # fmt: skip
COMMUNITIES = [f"220202001{number:03}" for number in (1, 2, 3, 4, 201, 202, 203)] + ["220202002001"]


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """A few indicators of every sort stand for all; each of them is counted in `test_indicators`."""
    chosen = [BY_NAME[name] for name in FEW] + [one for one in ALL if one.drifts][:2]
    for module in (live, reading, stale, keeping):
        monkeypatch.setattr(module, "ALL", chosen)


def day(number):
    return FIRST + dt.timedelta(days=number)


def recount(code, on):
    """Every head of a place from the register itself."""
    leaves = live.leaves(on, code)
    return {head: heads.trimmed(cells) for head, cells in heads.summed(leaves).items()}


def told(cells):
    return heads.trimmed({name: tuple(cell) for name, cell in cells.items()})


def assert_read_as_recounted(on):
    true = recount(NATION, on)
    for place in Jurisdiction.objects.filter(level__lte=4):
        found = counts.read(place, on)
        head = codes.prefix(place.code)
        assert told(found.own) == true.get(head, {}), (place, on)
        for child, cells in found.rows if place.level < 4 else []:
            assert told(cells) == true.get(codes.prefix(child.code), {}), (child, on)
        parts = {}
        for cells in [found.rest, *(cells for _, cells in found.rows)]:
            heads.add(parts, {name: tuple(cell) for name, cell in cells.items()})
        assert heads.trimmed(parts) == told(found.own)


class Life:
    """What may happen to a register, drawn by lot."""

    def __init__(self, seed):
        self.dice = random.Random(seed)

    def happen(self):
        self.dice.choice([self.found, self.found, self.end, self.cover, self.hub, self.keep, self.keep, self.fold])()

    def found(self):
        kind = self.dice.choice(["registered", "filed", "listed"])
        form = self.dice.choice(["none", "social_service_org"])
        scene.organisation(self.dice.choice(COMMUNITIES), kind, since=day(self.dice.randrange(90)), form=form)

    def end(self):
        standing = Standing.objects.filter(ends=None).order_by("?").first()
        standing.ends = standing.starts + dt.timedelta(days=self.dice.randrange(60))
        standing.save()
        touch(standing.place_code, standing.ends)

    def cover(self):
        standing = self.dice.choice(list(Standing.objects.all()))
        scene.covered(standing.organisation, since=standing.starts)

    def hub(self):
        scene.hub(self.dice.choice([scene.STREET, scene.NEXT_STREET]), since=day(self.dice.randrange(90)))

    def keep(self):
        found = keeping.keep(day(self.dice.randrange(90)))
        assert found.differences == []

    def fold(self):
        keeping.fold(limit=self.dice.choice([1, 3, 500]))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_read_is_what_a_recount_finds(jilin, seed):
    life = Life(seed)
    keeping.keep(day(10))
    for _ in range(14):
        life.happen()
    for number in (9, life.dice.randrange(90)):
        assert_read_as_recounted(day(number))


def test_the_totals_alone_are_those_of_the_board(jilin):
    keeping.keep(day(10))
    scene.organisation(COMMUNITIES[0], since=day(5))
    for place in Jurisdiction.objects.all():
        assert counts.totals(place, day(12)) == counts.read(place, day(12)).own


def test_the_nation_and_every_place_below_read_the_same_before_and_after_folding(jilin):
    Jurisdiction.objects.create(code=NATION, name="全国", level=0, kind="nation")
    keeping.keep(day(50))
    scene.organisation(COMMUNITIES[0], since=day(20))
    assert_read_as_recounted(day(50))
    assert keeping.fold() > 0
    assert_read_as_recounted(day(50))
    assert not Touch.objects.filter(folded_at=None).exists()
    assert keeping.fold() == 0


def test_folding_changes_the_kept_days_from_the_day_of_the_change_on_and_no_earlier_one(jilin):
    for number in (10, 20, 30):
        keeping.keep(day(number))
    keeping.fold()
    scene.organisation(COMMUNITIES[0], since=day(15))
    keeping.fold()
    kept = [Count.objects.as_of(day(number)).get(head="22").counts["avg_urban"] for number in (10, 20, 30)]
    assert kept == [[19, 5], [20, 5], [20, 5]]


def test_a_day_kept_late_leaves_later_days_as_they_were(jilin):
    scene.organisation(COMMUNITIES[0], since=day(5), ends=day(15))
    keeping.keep(day(0))
    keeping.keep(day(20))
    keeping.keep(day(10))
    kept = [Count.objects.as_of(day(number)).get(head="22").counts["avg_urban"] for number in (0, 10, 20)]
    assert kept == [[19, 5], [20, 5], [19, 5]]


def test_a_change_nobody_told_is_found_by_the_proof_named_and_put_right(jilin, caplog):
    keeping.keep(day(10))
    keeping.fold()
    Standing.objects.filter(place_code=COMMUNITIES[0]).update(kind="listed")
    assert counts.read(Jurisdiction.objects.get(code=scene.COUNTY), day(10)).own["avg_urban"].hits == 19
    found = keeping.keep(day(11))
    assert found.differences == [scene.STREET[:9]]
    assert CountDay.objects.get(on=day(11)).found == [scene.STREET[:9]]
    assert "recount" in caplog.text
    assert counts.read(Jurisdiction.objects.get(code=scene.COUNTY), day(11)).own["avg_urban"].hits == 12
    assert_read_as_recounted(day(10))
    keeping.fold()
    assert_read_as_recounted(day(10))


def test_a_touch_of_everything_below_is_read_and_folded(jilin):
    keeping.keep(day(10))
    Standing.objects.filter(place_code__startswith="220202001").update(kind="listed")
    touch("220200000000", day(3), whole=True)
    assert_read_as_recounted(day(10))
    keeping.fold()
    assert_read_as_recounted(day(10))
    assert Count.objects.as_of(day(10)).get(head="22").counts["avg_urban"] == [0, 5]


def test_a_board_costs_the_same_however_many_places_and_organisations(jilin):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            counts.read(Jurisdiction.objects.get(code=scene.COUNTY), day(30))
        return len(caught)

    keeping.keep(day(30))
    keeping.fold()
    few = asked()
    for number in range(10, 40):
        scene.place(f"2202020{number}000", f"街道{number}")
        scene.place(f"2202020{number}001", f"社区{number}", "urban")
        scene.organisation(f"2202020{number}001")
    keeping.fold()
    assert asked() == few <= 10


def test_a_place_is_called_as_on_the_day(jilin):
    street = Jurisdiction.objects.get(code=scene.STREET)
    street.changes.create(field="name", on=day(40), before="旧街街道", after=street.name, source="文件")
    county = Jurisdiction.objects.get(code=scene.COUNTY)
    names = [counts.read(county, day(number)).rows[0][0].name for number in (39, 40)]
    assert names == ["旧街街道", "东街街道"]


def test_several_days_of_a_place_are_read_by_two_statements_where_they_are_kept(jilin, django_assert_num_queries):
    days = [day(number) for number in (10, 20, 30)]
    for one in days:
        keeping.keep(one)
    keeping.fold()
    county = Jurisdiction.objects.get(code=scene.COUNTY)
    with django_assert_num_queries(3):
        found = counts.series(county, days)
    assert [(one, cells["avg_urban"][:2]) for one, cells in found] == [(one, (19, 5)) for one in days]


def test_old_days_are_thinned_to_months_and_quarters_and_read_the_same_afterwards(jilin):
    days = [dt.date(2018, 6, 30), dt.date(2018, 7, 31), dt.date(2018, 8, 3), dt.date(2020, 6, 30), dt.date(2020, 7, 7)]
    for one in days:
        keeping.keep(one)
    scene.organisation(COMMUNITIES[0], since=dt.date(2018, 8, 1))
    keeping.fold()
    keeping.thin(dt.date(2020, 8, 1), [])
    assert list(CountDay.objects.values_list("on", flat=True)) == [days[0], days[3], days[4]]
    for one in (days[1], days[2], dt.date(2019, 1, 1)):
        assert_read_as_recounted(one)
    scene.organisation(COMMUNITIES[1], since=dt.date(2018, 7, 15))
    keeping.fold()
    for one in (days[1], days[2], dt.date(2019, 1, 1)):
        assert_read_as_recounted(one)


def test_what_says_nothing_of_communities_counts_nothing_in_them(jilin):
    ask = counts.question(scene.STREET, day(10), counts.current_packs())
    for indicator in ALL:
        found = {head[9:] for head in indicator.counts(ask, 12)}
        assert indicator.below_streets or found <= {"000"}, indicator.name


def _counting(tiers):
    """The national document in a folder of its own, with other tiers that count."""
    text = (policies.DEMO / "national.yaml").read_text("utf-8")
    return text.replace("value: [registered, filed]", f"value: [{tiers}]")


@pytest.mark.parametrize("many", [1, 3000])
def test_another_edition_that_counts_otherwise_is_counted_so_on_every_kept_day(jilin, tmp_path, monkeypatch, many):
    monkeypatch.setattr(keeping, "MANY", many)
    keeping.keep(day(0))
    while keeping.fold():
        pass
    (tmp_path / "national.yaml").write_text(_counting("registered"), "utf-8")
    policies.load(tmp_path)
    assert_read_as_recounted(day(0))
    assert keeping.fold() and not keeping.fold()
    assert_read_as_recounted(day(0))
    assert keeping.keep(day(1)).differences == []


def test_many_changes_of_one_street_are_one_street_to_count_again(jilin, monkeypatch):
    monkeypatch.setattr(stale, "FEW", 20)
    keeping.keep(day(10))
    keeping.fold()
    for _ in range(50):
        touch(COMMUNITIES[0], day(10))
    assert stale.find(scene.COUNTY, day(10)).leaves == {scene.STREET[:9], "220202000"}
    assert not stale.find(scene.COUNTY, day(10)).many


def test_a_change_of_all_of_a_county_is_some_leaves_to_the_province(jilin):
    keeping.keep(day(10))
    keeping.fold()
    touch(scene.COUNTY, day(3), whole=True)
    assert stale.find(scene.COUNTY, day(10)).many
    found = stale.find("220000000000", day(10))
    assert found.leaves == {"220202000", "220202001", "220202002", "220200000", "220000000"}
