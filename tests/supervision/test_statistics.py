"""Fixed tables of statistics: what they count, and how two of them differ."""

import datetime as dt

import pytest
from django.utils import timezone

from registry import periods
from registry.models import CLOSED, Case, Jurisdiction, LegalForm, Organisation, Report, Standing, State, Step
from registry.models.organisations import Category, PartyCoverage
from supervision import boards
from supervision.indicators import BY_NAME
from supervision.models import Statistic
from supervision.statistics import tables
from supervision.statistics.content import OWN, TOTAL, Difference, canonical, differences, digest
from supervision.statistics.forms import BASICS, CASES, CATEGORIES, FORMS, HUBS, TARGETS, TITLES
from tests.supervision import scene

YEAR = periods.read("2019")
HOME = "220202001001"


def content(code=scene.COUNTY, period=YEAR):
    return tables.contents(Jurisdiction.objects.get(code=code), period)


def row(found, key):
    table = found["tables"][0]
    cells = next(one["cells"] for one in table["rows"] if one["key"] == key)
    return {column["label"]: cell for column, cell in zip(table["columns"], cells, strict=True)}


def late_on(day):
    return day and timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))


def case(name, kind="filing", state=State.APPROVED, *, handed_in, closed=None, promised=None, place=HOME):
    person = scene.User.objects.get_or_create(username="李阿姨")[0]
    return Case.objects.create(
        road="filing",
        kind=kind,
        variant="v",
        place=Jurisdiction.objects.get(code=place),
        place_code=place,
        name=name,
        state=state,
        opened_by=person,
        submitted_at=late_on(handed_in),
        closed_at=late_on(closed),
        promised_on=promised,
    )


def test_the_table_of_a_county_says_what_its_board_says_and_adds_up(jilin):
    found = content()[BASICS.key]
    assert row(found, scene.STREET)["城市社区平均"] == ["4.75", 19, 4]
    assert row(found, scene.STREET)["登记和备案的组织"] == 31
    board = boards.coverage(Jurisdiction.objects.get(code=scene.COUNTY), YEAR.last)
    own = {one.indicator.name: one for one in board.own}
    total = row(found, TOTAL)
    assert total["城市社区平均"] == [own["avg_urban"].text, own["avg_urban"].hits, own["avg_urban"].base]
    assert (total["已备案"], total["已登记"]) == (own["filed"].hits, own["registered"].hits)
    for form in FORMS:
        lines = content()[form.key]["tables"][0]["rows"]
        *parts, whole = [line["cells"] for line in lines]
        for at, cell in enumerate(whole):
            if isinstance(cell, int):
                assert cell == sum(part[at] for part in parts), (form.title, form.columns[at].label)


def test_a_street_is_told_by_community_and_what_is_its_own(jilin):
    found = content(scene.STREET)[BASICS.key]
    assert row(found, HOME)["登记和备案的组织"] == 7
    assert row(found, OWN)["登记和备案的组织"] == 3 and row(found, TOTAL)["登记和备案的组织"] == 31
    assert row(found, HOME)["农村社区平均"] == "不适用"
    assert [line["key"] for line in found["tables"][0]["rows"]][-2:] == [OWN, TOTAL]


def test_forms_and_categories_are_counted_as_of_the_last_day(jilin):
    first = Standing.objects.filter(place_code=HOME).first()
    Organisation.objects.filter(pk=first.organisation_id).update(category=Category.MUTUAL_AID)
    scene.organisation(HOME, "registered", since=YEAR.last, form=LegalForm.ASSOCIATION)
    scene.organisation(HOME, "registered", since=YEAR.last + dt.timedelta(days=1), form=LegalForm.ASSOCIATION)
    found = content()
    assert row(found[BASICS.key], TOTAL)["社会团体"] == 1 and row(found[BASICS.key], TOTAL)["社会服务机构"] == 1
    assert row(found[CATEGORIES.key], TOTAL)["邻里互助"] == 1
    assert row(found[CATEGORIES.key], TOTAL)["没有填写类别"] == 31


def test_what_began_and_ended_in_the_period_is_counted_and_a_move_is_neither(jilin):
    inside, after = dt.date(2019, 5, 1), dt.date(2020, 1, 1)
    for day in (YEAR.first, YEAR.last, after):
        scene.organisation(HOME, since=day)
    scene.organisation(HOME, ends=inside)
    scene.organisation(HOME, ends=after)
    for kind, place in (("filed", "220202001002"), ("registered", HOME)):
        made = scene.organisation(HOME, ends=inside)
        Standing.objects.create(
            organisation=made, kind=kind, starts=inside, place_code=place, scope="community", legal_form="none"
        )
    total = row(content()[CASES.key], TOTAL)
    assert (total["新备案"], total["备案转登记"], total["新登记"]) == (2, 1, 0)
    assert (total["备案终止"], total["登记终止"]) == (1, 0)


def test_cases_are_counted_by_what_happened_to_them_in_the_period(jilin):
    before, inside, after = dt.date(2018, 12, 31), dt.date(2019, 6, 1), dt.date(2020, 1, 1)
    case("早已办结", handed_in=before, closed=before)
    case("年内办结", handed_in=before, closed=YEAR.last, promised=YEAR.last)
    case("晚了", "filing-change", handed_in=inside, closed=YEAR.last, promised=inside)
    case("不予", state=State.REJECTED, handed_in=inside, closed=inside)
    case("撤回", state=State.WITHDRAWN, handed_in=inside, closed=inside)
    case("年后才办结", handed_in=YEAR.last, closed=after)
    case("还在办", state=State.ACCEPTED, handed_in=YEAR.first)
    case("年后收件", state=State.ACCEPTED, handed_in=after)
    case("草稿", state=State.DRAFT, handed_in=None)
    back = case("给回过", state=State.RETURNED, handed_in=inside)
    for at in (before, inside, after):
        moment = timezone.make_aware(dt.datetime.combine(at, dt.time(9)))
        told = {"verb": "send_back", "label": "退回", "source": "submitted", "target": "returned", "role": "street"}
        Step.objects.create(case=back, at=moment, **told)
    total = row(content()[CASES.key], TOTAL)
    assert {label: total[label] for label in ("收件", "办结", "不予通过", "撤回", "期末在办", "变更", "补正次数")} == {
        "收件": 6,
        "办结": 2,
        "不予通过": 1,
        "撤回": 1,
        "期末在办": 3,
        "变更": 1,
        "补正次数": 1,
    }
    assert total["承诺期限内办结"] == ["50%", 1, 2]
    assert set(CLOSED) == {"approved", "rejected", "withdrawn"}  # a fourth way to close needs a column


def test_a_quarter_counts_only_its_own_months(jilin):
    scene.organisation(HOME, since=dt.date(2019, 3, 31))
    scene.organisation(HOME, since=dt.date(2019, 4, 1))
    quarters = [row(content(period=periods.read(f"2019Q{number}"))[CASES.key], TOTAL)["新备案"] for number in (1, 2, 3)]
    assert quarters == [1, 1, 0]


def test_hubs_and_party_coverage_by_kind(jilin):
    made = Organisation.objects.filter(place_code=HOME)[:3]
    for one, kind in zip(made, ("own", "joint", "fallback"), strict=True):
        scene.covered(one, kind)
    scene.covered(made[0], "own", since=dt.date(2017, 1, 1), ends=dt.date(2018, 1, 1))
    total = row(content()[HUBS.key], TOTAL)
    assert (total["单独建立"], total["联合建立"], total["兜底管理"]) == (1, 1, 1)
    assert total["有枢纽或支持型组织的街道（乡镇）"] == ["50%", 1, 2]
    assert {kind for kind, _ in PartyCoverage.KINDS} == {"own", "joint", "fallback"}


def test_targets_are_told_in_the_words_of_the_board_with_their_clause(jilin):
    table = content(scene.STREET)[TARGETS]["tables"][0]
    cells = next(line["cells"] for line in table["rows"] if line["key"] == "JL.u2019")
    told = dict(zip([column["key"] for column in table["columns"]], cells, strict=True))
    assert told["value"] == ["4.75", 19, 4] and told["verdict"] == "未达标" and told["short"] == "还差 1 个组织"
    assert told["source"].endswith("一（三）") and told["when"].startswith("2019年12月31日")


def test_every_number_a_table_asks_for_is_one_that_is_counted():
    counted = {f"{name}.{side}" for name in BY_NAME for side in ("hits", "base")}
    counted |= {f"category.{category}" for category in (*Category.values, "")}
    counted |= {f"form.{form}" for form in LegalForm.values} | {f"cover.{kind}" for kind, _ in PartyCoverage.KINDS}
    counted |= {f"new.{kind}" for kind in ("filed", "registered", "converted")} | {"ended.filed", "ended.registered"}
    counted |= {"standing", "received", "approved", "rejected", "withdrawn", "open", "promised", "in_time", "changed"}
    counted |= {"corrections"}
    asked = {key for form in FORMS for column in form.columns for key in (column.key, column.over) if key}
    assert asked - counted == set()
    assert {f"category.{one}" for one in Category.values} <= {column.key for column in CATEGORIES.columns}
    assert {form.key for form in FORMS} <= set(TITLES) and Report.Kind.values == ["annual", "periodic", "duty"]


@pytest.mark.parametrize("code", [scene.COUNTY, scene.STREET])
def test_the_statements_do_not_grow_with_the_places(jilin, code, django_assert_max_num_queries):
    with django_assert_max_num_queries(400) as few:
        content(code)
    for number in range(10, 40):
        scene.place(f"220202001{number:03d}", f"社区{number}", "urban")
        scene.organisation(f"220202001{number:03d}")
    with django_assert_max_num_queries(len(few)):
        content(code)


def made(*cells, name="东街街道"):
    heads = [{"key": key, "label": key, "parts": False} for key in "ab"[: len(cells)]]
    return {"tables": [{"title": "表", "columns": heads, "rows": [{"key": name, "name": name, "cells": list(cells)}]}]}


def test_the_digest_is_that_of_the_canonical_text_and_survives_the_database(db):
    one = {"b": [1, "二"], "a": {"d": 1, "c": "“x”"}}
    assert canonical(one) == '{"a":{"c":"“x”","d":1},"b":[1,"二"]}'.encode()
    row = Statistic.objects.create(
        table="basics", place_code=scene.COUNTY, period="2019", on=YEAR.last, content=one, digest=digest(one)
    )
    assert digest(Statistic.objects.get(pk=row.pk).content) == row.digest
    assert digest(one | {"a": {"d": 2, "c": "“x”"}}) != row.digest


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (made(1, 2), made(1, 2), []),
        (made(1, 2), made(4, 2), [Difference("表", "东街街道", "a", "1", "4", 3)]),
        (made(1, 2), made(1, "不适用"), [Difference("表", "东街街道", "b", "2", "不适用")]),
        (made(["50%", 1, 2]), made(["33.3%", 1, 3]), [Difference("表", "东街街道", "a", "50%（1/2）", "33.3%（1/3）")]),
        (made(1), made(1, 7), [Difference("表", "东街街道", "b", "", "7")]),
        (made(1, 7), made(1), [Difference("表", "东街街道", "b", "7", "")]),
        (made(0), made(0, name="西街"),
         [Difference("表", "西街", "a", "", "0"), Difference("表", "东街街道", "a", "0", "")]),
    ],
)  # fmt: skip
def test_two_contents_differ_cell_by_cell(before, after, found):
    assert differences(before, after) == found
