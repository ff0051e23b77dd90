"""Figures of many places in one table: read as spreadsheets write it, all or nothing, every fault with its row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.errors import NotAllowed
from registry.models import Jurisdiction
from registry.scope import Role
from supervision import batches
from supervision.batches import Unreadable
from supervision.models import Entry
from tests.supervision import scene

YEAR = 2020
PAGE = f"/boards/{scene.COUNTY}/sheet/batch/"
LINE = f"{scene.STREET},社区社会组织品牌,2,街道台账"
NEXT = f"{scene.NEXT_STREET},社区社会组织品牌,3,街道台账"


@pytest.fixture
def county(jilin):
    return Jurisdiction.objects.get(code=scene.COUNTY)


@pytest.fixture
def zhang(county):
    return scene.person(Role.DISTRICT, scene.COUNTY, "张科")


def kept():
    rows = Entry.objects.filter(year=YEAR, current=True)
    return {(row.place_code, row.item): row.value for row in rows}


BOTH = {(scene.STREET, "brands"): 2, (scene.NEXT_STREET, "brands"): 3}


@pytest.mark.parametrize(
    "text",
    [
        f"{LINE}\n{NEXT}",
        f"区划代码,项目,数值,来源\r\n{LINE}\r\n{NEXT}\r\n\r\n",
        f"{LINE}\n{NEXT}".replace(",", "\t"),
        '220202001,社区社会组织 品牌,２,街道台账\n 220202002 ,社区社会组织品牌,"3",街道台账',
        f"{LINE}\n{NEXT}\n{scene.STREET},骨干人才培训,,",  # nothing given
    ],
)
def test_a_table_is_read_as_people_make_it(county, zhang, text):
    assert batches.enter(county, YEAR, text, by=zhang) == 2
    assert kept() == BOTH


def test_yes_and_no_are_written_as_words(county, zhang):
    batches.enter(county, YEAR, f"{scene.STREET},“三会一课”,否,台账", by=zhang)
    assert kept() == {(scene.STREET, "three_meetings"): 0}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("120103001000,社区社会组织品牌,2,台账", "第 2 行：本地没有区划代码为“120103001000”的地方"),
        ("220202009000,社区社会组织品牌,2,台账", "第 2 行：本地没有区划代码为“220202009000”的地方"),
        ("东街,社区社会组织品牌,2,台账", "第 2 行：本地没有区划代码为“东街”的地方"),
        (f"{scene.NEXT_STREET},注册志愿者,2,台账", "第 2 行：西街街道没有“注册志愿者”这个项目"),
        (f"{scene.NEXT_STREET},社区社会组织品牌,2.5,台账", "第 2 行：社区社会组织品牌应是整数，不能有小数"),
        (f"{scene.NEXT_STREET},社区社会组织品牌,-1,台账", "第 2 行：社区社会组织品牌不能是负数"),
        (f"{scene.NEXT_STREET},“三会一课”,也许,台账", "第 2 行：“三会一课”：填“是”或“否”"),
        (f"{scene.NEXT_STREET},社区社会组织品牌,3,", "第 2 行：社区社会组织品牌：填写来源"),
        (f"{scene.NEXT_STREET},社会工作服务机构服务的城市社区,2,台账", "不能大于本地城市社区数（1）"),
        (LINE, "第 2 行：东街街道的“社区社会组织品牌”在第 1 行已经有了"),
        (scene.NEXT_STREET, "第 2 行：西街街道没有“”这个项目"),
    ],
)
def test_one_wrong_row_keeps_everything_back_and_is_named(county, zhang, line, words):
    with pytest.raises(Unreadable) as refused:
        batches.enter(county, YEAR, f"{LINE}\n{line}", by=zhang)
    assert words in refused.value.lines[0] and len(refused.value.lines) == 1
    assert kept() == {}


def test_every_wrong_row_is_named_in_one_go(county, zhang):
    with pytest.raises(Unreadable) as refused:
        batches.enter(county, YEAR, f"{LINE}\nx,y,z,w\n{NEXT}\n,,1,", by=zhang)
    assert [line[:5] for line in refused.value.lines] == ["第 2 行", "第 4 行"]


@pytest.mark.parametrize("text", ["", "\n\n", "区划代码,项目,数值,来源"])
def test_an_empty_table_says_what_belongs_in_it(county, zhang, text):
    with pytest.raises(Unreadable, match="没有读到内容"):
        batches.enter(county, YEAR, text, by=zhang)


def test_a_quotation_nobody_closed_is_told(county, zhang):
    with pytest.raises(Unreadable, match="没有配对的引号"):
        batches.enter(county, YEAR, f'{LINE}\n"{"长" * 200_000}', by=zhang)


def test_a_table_too_long_is_refused_at_once(county, zhang, monkeypatch):
    monkeypatch.setattr(batches, "MOST", 1)
    with pytest.raises(Unreadable, match="一次最多 1 行"):
        batches.enter(county, YEAR, f"{LINE}\n{NEXT}", by=zhang)


def test_a_street_enters_for_its_communities_and_not_for_the_county(county):
    li = scene.person(Role.STREET, scene.STREET, "老李")
    batches.enter(county, YEAR, "220202001001,特色项目,1,台账", by=li)
    with pytest.raises(NotAllowed):
        batches.enter(county, YEAR, f"{LINE}\n{NEXT}", by=li)
    assert kept() == {("220202001001", "features"): 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_as_a_spreadsheet_saves_it(client, zhang, encoding):
    client.force_login(zhang)
    file = SimpleUploadedFile("填报.csv", f"区划代码,项目,数值,来源\n{LINE}\n{NEXT}\n".encode(encoding))
    answer = client.post(PAGE, {"year": YEAR, "file": file})
    assert (answer.status_code, answer["Location"]) == (302, f"/boards/{scene.COUNTY}/sheet/?year={YEAR}")
    assert kept() == BOTH


def test_faults_come_back_with_what_was_pasted(client, zhang):
    client.force_login(zhang)
    answer = client.post(PAGE, {"year": YEAR, "rows": f"{LINE}\nx,y,z,w"})
    page = answer.content.decode()
    assert (answer.status_code, "第 2 行：本地没有区划代码为“x”的地方" in page, LINE in page) == (422, True, True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"year": "2020"}, "选择一个文件，或者粘贴内容"),
        ({"year": "1800", "rows": LINE}, "年份应在 2010 年到今年之间"),
        ({"year": "2020", "file": SimpleUploadedFile("x.csv", b"\x00\xff\xfe" * 9)}, "没有区划代码"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(client, zhang, sent, words):
    client.force_login(zhang)
    answer = client.post(PAGE, sent)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_page_shows_rows_of_this_very_place(client, zhang):
    client.force_login(zhang)
    assert f"{scene.STREET},年度预算中的扶持资金,2," in client.get(PAGE).content.decode()


def test_who_may_not_enter_does_not_get_the_page(client, zhang):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY, "赵局"))
    assert client.get(PAGE).status_code == client.post(PAGE, {"rows": LINE}).status_code == 403
