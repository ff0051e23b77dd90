"""Files that are taken away: the words and numbers of the screen, and nothing that runs when it is opened."""

import csv
import datetime as dt
import io

import pypdfium2
import pytest

from portal.errors import Refusal
from supervision.exports import formats
from supervision.exports.tables import Column, Export, Part, Table
from tests.supervision import workbooks

DAY = dt.date(2019, 12, 31)
PAYLOADS = [
    '=HYPERLINK("http://x","点我")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    " =1+1",
    "　=1+1",
    "＝1+1",
    "\r=1",
]


ROWS = (("东街街道", Part("4.75", 19, 4), 3), ("西街街道", "不适用", 0))


def table(title="各项目标", rows=ROWS, **more):
    return Table(title, (Column("地方"), Column("城市平均", parts=True), Column("已登记")), rows, **more)


def export(*tables, title="东街街道覆盖看板", **more):
    return Export(title, DAY, (("地方", "东街街道"), ("统计日期", "2019年12月31日")), tables or (table(),), **more)


def body(given, form):
    return formats.write(given, form)[0].read()


def lines(given):
    return list(csv.reader(io.StringIO(body(given, "csv").decode("utf-8-sig"), newline="")))


def words(given):
    pages = pypdfium2.PdfDocument(body(given, "pdf"))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_a_part_keeps_its_words_and_its_two_whole_numbers():
    found = workbooks.sheets(body(export(), "xlsx"))["各项目标"]
    assert found[0] == ["东街街道覆盖看板"] and ["统计日期", "2019年12月31日"] in found
    at = found.index(["地方", "城市平均", "城市平均（分子）", "城市平均（分母）", "已登记"])
    assert found[at + 1 : at + 3] == [["东街街道", "4.75", 19, 4, 3], ["西街街道", "不适用", "", "", 0]]


def test_comma_separated_text_says_the_same_and_opens_as_chinese():
    assert body(export(), "csv").startswith(b"\xef\xbb\xbf")
    found = lines(export())
    assert found[0] == ["东街街道覆盖看板"]
    assert ["东街街道", "4.75", "19", "4", "3"] in found and ["西街街道", "不适用", "", "", "0"] in found


def test_the_brief_shows_numbers_notes_and_sources_on_a4():
    given = export(table(notes=("按统计日计算",)), notes=("依据：吉林省民政厅 2017 一（三）",))
    said = words(given)
    for part in ("东街街道覆盖看板", "4.75（19/4）", "不适用", "按统计日计算", "一（三）"):
        assert part in said, part
    assert [round(side) for side in pypdfium2.PdfDocument(body(given, "pdf"))[0].get_size()] == [595, 842]


def test_a_wide_table_lies_across_the_page_and_an_empty_one_says_so():
    wide = Table("表", [Column(f"列{n}") for n in range(9)], [])
    assert "没有记录" in words(export(wide))
    width, height = pypdfium2.PdfDocument(body(export(wide), "pdf"))[0].get_size()
    assert width > height


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_cell_a_head_a_title_or_a_note_is_run(payload):
    armed = Table(payload, (Column(payload), Column("数")), [(payload, -5)], notes=(payload,))
    given = Export(payload, DAY, ((payload, payload),), (armed,), notes=(payload,))
    found = [cell for row in lines(given) for cell in row]
    assert not [
        cell for cell in found if cell.strip().startswith(tuple("=+@＝")) or cell.startswith(("-2", "\t", "\r"))
    ]
    assert "-5" in found  # a number is no formula
    sheet = next(iter(workbooks.sheets(body(given, "xlsx")).values()))  # which fails on any formula
    assert -5 in [cell for row in sheet for cell in row]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("=1+1", "1+1"),
        ("../../etc/passwd", "etcpasswd"),
        ('看板<img src="x">\n', "看板img src=x"),
        ("东街街道覆盖看板", "东街街道覆盖看板"),
        ("///", "导出"),
        ("长" * 200, "长" * 80),
    ],
)
def test_a_file_is_named_in_chinese_and_by_no_sign_a_system_takes_for_more(title, name):
    assert formats.name(export(title=title)) == name


def test_sheets_carry_names_every_spreadsheet_takes():
    titles = ["[a]:*?/\\", "同名", "同名", "'引号'", "History", "长" * 60, ""]
    names = list(workbooks.sheets(body(export(*[table(title) for title in titles]), "xlsx")))
    assert names == ["a", "同名", "同名2", "引号", "History2", "长" * 28, "表"]


def test_more_rows_than_a_file_takes_are_refused_before_anything_is_read():
    def never():
        raise AssertionError("read")
        yield

    for form, most in (("pdf", formats.MOST_ON_PAPER), ("csv", formats.MOST)):
        with pytest.raises(Refusal, match=f"有 {most + 1} 行"):
            formats.write(export(table(rows=never(), size=most + 1)), form)


def test_an_unknown_form_is_told_the_three_there_are():
    with pytest.raises(Refusal, match="Excel 表格、CSV 表格和 PDF 简报"):
        formats.write(export(), "exe")


def test_a_number_too_large_for_a_spreadsheet_is_kept_as_text():
    given = export(Table("表", (Column("数"),), [(10**17 + 1,)]))
    assert [str(10**17 + 1)] in workbooks.sheets(body(given, "xlsx"))["表"]
