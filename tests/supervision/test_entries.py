"""Yearly figures: who enters what, what is refused, what a correction leaves, what two people do to one sheet."""

import datetime as dt

import pytest

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.models import Jurisdiction, Touch
from registry.scope import Role
from supervision import entries
from supervision.entries import Faulty, Figure, Overtaken
from supervision.models import Entry
from tests.supervision import scene

YEAR = 2020
BRANDS = Figure("brands", 2, "街道统计台账")


def at(code):
    return Jurisdiction.objects.get(code=code)


@pytest.fixture
def street(jilin):
    return at(scene.STREET)


@pytest.fixture
def county(jilin):
    return at(scene.COUNTY)


@pytest.fixture
def li(street):
    return scene.person(Role.STREET, scene.STREET, "老李")


@pytest.fixture
def zhang(county):
    return scene.person(Role.DISTRICT, scene.COUNTY, "张科")


def current(code=scene.STREET):
    rows = Entry.objects.filter(place_code=code, current=True)
    return {row.item: row.value for row in rows}


def test_a_figure_is_kept_with_its_source_and_who_entered_it(street, li):
    entries.enter(street, YEAR, [BRANDS], by=li)
    row = Entry.objects.get()
    assert (row.place_code, row.item, row.year, row.value) == (scene.STREET, "brands", YEAR, 2)
    assert (row.source, row.by, row.current) == ("街道统计台账", li, True)


def test_entering_tells_the_counts_and_the_trail_in_one_transaction(street, li):
    Touch.objects.all().delete()
    entries.enter(street, YEAR, [BRANDS], by=li)
    assert list(Touch.objects.values_list("place_code", "on")) == [(scene.STREET, dt.date(YEAR, 1, 1))]
    note = AuditEvent.objects.get(verb="entry.save")
    assert (note.by, note.place_code, note.changes) == (li, scene.STREET, {"brands": [None, 2]})


def test_a_correction_is_a_newer_row_and_the_former_one_stays(street, li):
    entries.enter(street, YEAR, [BRANDS], by=li)
    entries.enter(street, YEAR, [Figure("brands", 3, "更正")], by=li)
    assert list(Entry.objects.order_by("id").values_list("value", "current")) == [(2, False), (3, True)]
    assert AuditEvent.objects.filter(verb="entry.save").first().changes == {"brands": [2, 3]}


def test_another_source_for_the_same_number_is_a_correction_too(street, li):
    entries.enter(street, YEAR, [BRANDS], by=li)
    entries.enter(street, YEAR, [Figure("brands", 2, "年报")], by=li)
    assert Entry.objects.get(current=True).source == "年报"


def test_the_same_figure_again_writes_nothing(street, li):
    entries.enter(street, YEAR, [BRANDS], by=li)
    Touch.objects.all().delete()
    assert entries.enter(street, YEAR, [BRANDS], by=li) == []
    assert (Entry.objects.count(), Touch.objects.count()) == (1, 0)


def test_a_figure_may_be_taken_back_and_is_then_not_given(street, li):
    entries.enter(street, YEAR, [BRANDS], by=li)
    entries.enter(street, YEAR, [Figure("brands", None, "")], by=li)
    assert current() == {} and Entry.objects.count() == 1
    assert AuditEvent.objects.filter(verb="entry.save").first().changes == {"brands": [2, None]}


def test_zero_is_given_and_is_not_the_same_as_nothing(street, li):
    entries.enter(street, YEAR, [Figure("brands", 0, "台账")], by=li)
    assert current() == {"brands": 0}


@pytest.mark.parametrize(
    ("role", "held", "place", "item", "may"),
    [
        (Role.STREET, scene.STREET, scene.STREET, "brands", True),
        (Role.DISTRICT, scene.COUNTY, scene.STREET, "brands", True),
        (Role.STREET, scene.NEXT_STREET, scene.STREET, "brands", False),
        (Role.COMMUNITY, scene.STREET, scene.STREET, "brands", False),
        (Role.LEADER, scene.COUNTY, scene.STREET, "brands", False),
        (Role.COMMUNITY, "220202001001", "220202001001", "features", True),
        (Role.DISTRICT, scene.COUNTY, scene.COUNTY, "volunteers", True),
        (Role.APPROVER, scene.COUNTY, scene.COUNTY, "volunteers", False),
        (Role.STREET, scene.COUNTY, scene.COUNTY, "volunteers", False),
        (Role.DISTRICT, "220200000000", "220200000000", "approval_items", True),
        (Role.DISTRICT, scene.COUNTY, "220200000000", "approval_items", False),
        (Role.DISTRICT, "220000000000", "220000000000", "bureau_trainings", True),
    ],
)
def test_each_level_enters_its_own_and_a_desk_above_may(jilin, role, held, place, item, may):
    by = scene.person(role, held)
    if may:
        assert entries.enter(at(place), YEAR, [Figure(item, 1, "台账")], by=by)
    else:
        with pytest.raises(NotAllowed):
            entries.enter(at(place), YEAR, [Figure(item, 1, "台账")], by=by)
        assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("volunteers", 5, "台账"), "东街街道不填这个项目"),
        (Figure("nothing", 5, "台账"), "东街街道不填这个项目"),
        (Figure("three_meetings", 2, "台账"), "“三会一课”：选择“是”或“否”"),
        (Figure("brands", -1, "台账"), "社区社会组织品牌应在 0 到"),
        (Figure("brands", 2_000_000_001, "台账"), "社区社会组织品牌应在 0 到"),
        (Figure("brands", 5, ""), "社区社会组织品牌：填写来源"),
        (Figure("brands", 5, "长" * 201), "社区社会组织品牌：来源不能超过 200 个字"),
        (Figure("social_work_urban", 5, "台账"), "社会工作服务机构服务的城市社区不能大于本地城市社区数（4）"),
        (Figure("social_work_rural", 4, "台账"), "社会工作服务机构服务的农村社区不能大于本地农村社区数（3）"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_name(street, li, figure, words):
    with pytest.raises(Faulty) as refused:
        entries.enter(street, YEAR, [figure], by=li)
    assert words in refused.value.faults[figure.item]
    assert not Entry.objects.exists()


def test_as_many_as_there_are_is_not_too_many(street, li):
    entries.enter(street, YEAR, [Figure("social_work_urban", 4, "台账")], by=li)
    assert current() == {"social_work_urban": 4}


@pytest.mark.parametrize(
    ("before", "now", "refused"),
    [
        ({}, {"talents": 10, "trained_talents": 11}, True),
        ({}, {"talents": 10, "trained_talents": 10}, False),
        ({"talents": 10}, {"trained_talents": 11}, True),
        ({"talents": 10, "trained_talents": 9}, {"talents": 8}, True),
        ({}, {"trained_talents": 11}, False),  # the whole was not given: nothing to compare with
    ],
)
def test_a_part_is_never_more_than_the_whole_of_the_same_year(county, zhang, before, now, refused):
    entries.enter(county, YEAR, [Figure(item, value, "台账") for item, value in before.items()], by=zhang)
    figures = [Figure(item, value, "年报") for item, value in now.items()]
    if refused:
        with pytest.raises(Faulty) as found:
            entries.enter(county, YEAR, figures, by=zhang)
        assert list(found.value.faults) == ["trained_talents"]
        assert current(scene.COUNTY) == before
    else:
        entries.enter(county, YEAR, figures, by=zhang)
        assert current(scene.COUNTY) == before | now


def test_an_excess_of_long_ago_does_not_stop_other_figures(street, li):
    Entry.objects.create(place_code=scene.STREET, item="social_work_urban", year=YEAR, value=9, source="旧", by=li)
    entries.enter(street, YEAR, [BRANDS], by=li)
    assert current()["brands"] == 2


@pytest.mark.parametrize("year", [2009, 2999])
def test_a_year_is_this_one_or_one_that_is_over(street, li, year):
    with pytest.raises(Refusal, match="年份应在 2010 年到今年之间"):
        entries.enter(street, year, [BRANDS], by=li)


def test_a_place_that_is_gone_gives_no_figures_of_later_years(street, li):
    street.ends = dt.date(2020, 1, 1)
    with pytest.raises(OutOfTurn, match="已经撤销"):
        entries.enter(street, 2020, [BRANDS], by=li)
    assert entries.enter(street, 2019, [BRANDS], by=li)


def test_who_saves_over_what_he_did_not_see_is_told_and_nothing_is_written(street, li, zhang):
    entries.enter(street, YEAR, [BRANDS], by=li)
    mine = [Figure("brands", 5, "我的", seen=0), Figure("trainings", 1, "我的", seen=0)]
    with pytest.raises(Overtaken) as overtaken:
        entries.enter(street, YEAR, mine, by=zhang)
    assert [(row.value, row.by) for row in overtaken.value.rows.values()] == [(2, li)]
    assert current() == {"brands": 2}


def test_who_saw_it_may_save_over_it(street, li, zhang):
    entries.enter(street, YEAR, [BRANDS], by=li)
    entries.enter(street, YEAR, [Figure("brands", 5, "核对", seen=Entry.objects.get().pk)], by=zhang)
    assert current() == {"brands": 5}


def test_two_who_enter_the_same_do_not_quarrel(street, li, zhang):
    entries.enter(street, YEAR, [BRANDS], by=li)
    assert entries.enter(street, YEAR, [Figure("brands", 2, "街道统计台账", seen=0)], by=zhang) == []


def test_one_fault_keeps_the_whole_sheet_back(street, li):
    with pytest.raises(Faulty):
        entries.enter(street, YEAR, [BRANDS, Figure("trainings", 1, "")], by=li)
    assert current() == {}
