"""The yearly sheet in the browser: read by many, entered by few, nothing that was typed is ever lost."""

import re

import pytest
from django.utils import timezone

from registry.models import Jurisdiction, Population
from registry.scope import Role
from supervision import entries, sheets
from supervision.entries import Figure
from supervision.models import Entry
from tests.supervision import scene

YEAR = 2020
SHEET, COUNTY = f"/boards/{scene.STREET}/sheet/", f"/boards/{scene.COUNTY}/sheet/"
THIS = f"{SHEET}?year={YEAR}"


@pytest.fixture
def jilin(jilin):
    """Its two streets are towns here: a town is asked for its brands."""
    Jurisdiction.objects.streets().update(kind="town")


@pytest.fixture
def li(jilin):
    return scene.person(Role.STREET, scene.STREET, "老李")


@pytest.fixture
def desk(client, li):
    client.force_login(li)
    return client


def save(client, url=THIS, **said):
    """Post a sheet as the browser would: what the page shows, then what the person types over it."""
    page = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(seen-\w+)" value="(\d+)"', page))
    shown = dict(re.findall(r'<input type="text" name="(value-\w+)" value="(\d+)"', page))
    return client.post(url, hidden | shown | {"source": "年报"} | typed(said))


def typed(said):
    return {key if key == "source" else key.replace("__", "-"): value for key, value in said.items()}


def current(code=scene.STREET, year=YEAR):
    return dict(Entry.objects.filter(place_code=code, year=year, current=True).values_list("item", "value"))


def test_a_whole_sheet_is_saved_at_once(desk):
    answer = save(desk, value__brands="2", value__budget_lines="1")
    assert (answer.status_code, answer["Location"]) == (302, THIS)
    assert current() == {"brands": 2, "budget_lines": 1}
    page = desk.get(THIS).content.decode()
    assert "已保存，改动 2 项" in page and "来源：年报" in page


def test_sending_the_sheet_twice_changes_nothing(desk):
    said = {"value-brands": "2", "seen-brands": "0", "source": "年报"}
    assert [desk.post(THIS, said).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("text", ["１，２００", "1,200", " 1 200 ", "1200", "1，200"])
def test_numbers_are_read_as_people_write_them(desk, text):
    save(desk, value__brands=text)
    assert current() == {"brands": 1200}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-3", "社区社会组织品牌不能是负数"),
        ("－３", "社区社会组织品牌不能是负数"),
        ("2.5", "社区社会组织品牌应是整数，不能有小数"),
        ("两个", "社区社会组织品牌应是整数，例如 18"),
        ("99999999999999999999", "社区社会组织品牌的数字太大"),
        ("2000000001", "社区社会组织品牌的数字太大"),
        ("٣", "社区社会组织品牌应是整数"),
    ],
)
def test_a_number_that_cannot_be_comes_back_named_with_everything_typed(desk, text, words):
    answer = save(desk, value__brands=text, value__budget_lines="7")
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert 'value="7"' in page and f'value="{text}"' in page and current() == {}


def test_empty_is_not_given_and_never_zero(desk):
    save(desk, value__brands="", value__budget_lines="0")
    assert current() == {"budget_lines": 0}


def test_a_limit_is_named_on_the_page(desk):
    answer = save(desk, value__social_work_urban="5")
    assert answer.status_code == 422
    assert "社会工作服务机构服务的城市社区不能大于本地城市社区数（4）" in answer.content.decode()


def test_a_yes_or_no_is_chosen(desk):
    save(desk, value__three_meetings="0")
    assert current() == {"three_meetings": 0}
    assert '<option value="0" selected>否</option>' in desk.get(THIS).content.decode()
    answer = save(desk, value__three_meetings="9")
    assert (answer.status_code, "“三会一课”：选择“是”或“否”" in answer.content.decode()) == (422, True)


def test_one_source_speaks_for_the_sheet_and_a_line_may_have_its_own(desk):
    save(desk, value__brands="2", value__budget_lines="1", source__brands="品牌名录")
    sources = dict(Entry.objects.values_list("item", "source"))
    assert sources == {"brands": "品牌名录", "budget_lines": "年报"}


def test_a_line_that_was_not_touched_keeps_its_source(desk):
    save(desk, value__brands="2")
    save(desk, value__budget_lines="1", source="预算书")
    assert dict(Entry.objects.values_list("item", "source")) == {"brands": "年报", "budget_lines": "预算书"}


def test_without_a_source_nothing_is_saved_and_it_is_asked_once(desk):
    answer = save(desk, value__brands="2", value__budget_lines="1", source="")
    page = answer.content.decode()
    assert (answer.status_code, page.count('href="#id_source"'), current()) == (422, 1, {})
    assert "填写来源：这次填的数据出自哪里" in page


def test_taking_a_figure_back_needs_no_source(desk):
    save(desk, value__brands="2")
    assert save(desk, value__brands="", source="").status_code == 302
    assert current() == {}


def test_a_correction_shows_the_former_value_with_who_and_when(desk):
    save(desk, value__brands="2")
    save(desk, value__brands="3", source="更正")
    page = desk.get(THIS).content.decode()
    assert "改过 1 次" in page
    assert re.search(r"老李 \d{4}年\d+月\d+日 \d\d:\d\d 填，来源：更正", page)
    assert re.search(r"原为 2 个（老李 \d{4}年\d+月\d+日 \d\d:\d\d 填，来源：年报）", page)


def test_last_year_stands_beside_and_says_whether_it_still_serves(desk, li):
    street = Jurisdiction.objects.get(code=scene.STREET)
    entries.enter(street, 2019, [Figure("brands", 8, "台账"), Figure("budget_lines", 6, "台账")], by=li)
    page = desk.get(THIS).content.decode()
    assert "8 个" in page and "6 项" in page
    assert page.count("没有新数时沿用") == 1
    lines = {line.item.key: line for line in sheets.sheet(street, YEAR).lines}
    assert (lines["brands"].given, lines["budget_lines"].given) == (True, False)


def test_a_page_somebody_overtook_comes_back_with_both_and_then_saves(desk, client, li):
    street = Jurisdiction.objects.get(code=scene.STREET)
    mine = {
        "value-brands": "9",
        "seen-brands": "0",
        "value-budget_lines": "4",
        "seen-budget_lines": "0",
        "source": "我",
    }
    other = scene.person(Role.DISTRICT, scene.COUNTY, "张科")
    entries.enter(street, YEAR, [Figure("brands", 5, "区里")], by=other)
    answer = desk.post(THIS, mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and "社区社会组织品牌刚刚由张科填为 5 个，核对后再保存" in page
    assert 'value="9"' in page and 'value="4"' in page and current() == {"brands": 5}
    seen = dict(re.findall(r'name="(seen-\w+)" value="(\d+)"', page))
    assert desk.post(THIS, mine | seen).status_code == 302
    assert current() == {"brands": 9, "budget_lines": 4}


def test_a_figure_somebody_took_back_meanwhile_is_told_too(desk, li):
    save(desk, value__brands="2")
    street, row = Jurisdiction.objects.get(code=scene.STREET), Entry.objects.get()
    entries.enter(street, YEAR, [Figure("brands", None, "")], by=li)
    answer = desk.post(THIS, {"value-brands": "3", "seen-brands": row.pk, "source": "我"})
    assert (answer.status_code, "刚刚被别人清空" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("junk", ["x", "", "-1", "9" * 30])
def test_a_key_nobody_gave_is_no_accident(desk, junk):
    assert desk.post(THIS, {"value-brands": "3", "seen-brands": junk, "source": "我"}).status_code == 302


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.APPROVER, Role.LEADER])
def test_other_staff_read_and_find_nothing_to_type_in(client, jilin, li, role):
    entries.enter(Jurisdiction.objects.get(code=scene.STREET), YEAR, [Figure("brands", 3, "台账")], by=li)
    client.force_login(scene.person(role, scene.STREET, "看的人"))
    page = client.get(THIS)
    text = page.content.decode()
    assert (page.status_code, "您可以查看，不能填写" in text, "value-brands" in text) == (200, True, False)
    assert "<strong>3 个</strong>" in text
    assert client.post(THIS, {"value-brands": "9", "source": "我"}).status_code == 403
    assert current() == {"brands": 3}


@pytest.mark.parametrize(("role", "place"), [(Role.STREET, scene.NEXT_STREET), (Role.APPLICANT, scene.STREET)])
def test_for_a_stranger_there_is_no_sheet(client, jilin, role, place):
    client.force_login(scene.person(role, place))
    assert client.get(THIS).status_code == 404
    assert client.post(THIS, {"value-brands": "9", "source": "我"}).status_code == 404
    assert not Entry.objects.exists()


@pytest.mark.parametrize("year", ["2009", "2999", "今年", "20", "２９９９"])
def test_a_year_that_cannot_be_comes_back_with_its_reason(desk, year):
    answer = desk.get(SHEET, {"year": year})
    assert (answer.status_code, "年份应在 2010 年到今年之间" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("year", ["２０２０", "2020年", " 2020 "])
def test_a_year_may_be_written_as_people_write_it(desk, year):
    assert "东街街道 2020年基础数据" in desk.get(SHEET, {"year": year}).content.decode()


def test_without_a_year_it_is_this_year(desk):
    assert f"{timezone.localdate().year}年基础数据" in desk.get(SHEET).content.decode()


def test_what_no_document_asks_stands_apart_and_can_be_entered(desk):
    page = desk.get(THIS).content.decode()
    asked, others = page.split("其他项目")
    assert "value-brands" in asked and "value-procedures" in others
    save(desk, value__procedures="1")
    assert current() == {"procedures": 1}


def test_the_county_sees_how_far_its_streets_are_and_its_people(client, jilin, li):
    entries.enter(Jurisdiction.objects.get(code=scene.STREET), YEAR, [Figure("brands", 3, "台账")], by=li)
    county = Jurisdiction.objects.get(code=scene.COUNTY)
    Population.objects.create(place=county, year=2019, kind="resident", people=600_000, source="公报")
    client.force_login(scene.person(Role.DISTRICT, scene.COUNTY, "张科"))
    page = client.get(f"{COUNTY}?year={YEAR}").content.decode()
    assert f'href="/boards/{scene.STREET}/sheet/?year=2020"' in page and "没有填齐的地方" in page
    assert "600000 人（2019年，来源：公报）" in page and f"/places/{scene.COUNTY}/population/" in page


def test_a_province_leads_down_to_its_cities(client, jilin):
    client.force_login(scene.person(Role.DISTRICT, "220000000000"))
    page = client.get(f"/boards/220000000000/sheet/?year={YEAR}").content.decode()
    assert 'href="/boards/220200000000/sheet/?year=2020"' in page


def test_the_page_costs_the_same_for_few_and_many_streets(client, jilin, django_assert_max_num_queries):
    client.force_login(scene.person(Role.DISTRICT, scene.COUNTY))
    client.get(COUNTY)
    for number in range(10, 60):
        scene.place(f"220202{number:03d}000", f"街道{number}")
        Entry.objects.create(place_code=f"220202{number:03d}000", item="brands", year=YEAR, value=1, source="台账")
    with django_assert_max_num_queries(25):
        client.get(f"{COUNTY}?year={YEAR}")
