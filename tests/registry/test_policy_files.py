"""A pack file that cannot be trusted is refused, with the file, the line and the reason in Chinese."""

import datetime as dt
from fractions import Fraction

import pytest

from registry.policy.files import PackError, read, read_dir

HEADER = """\
slug: {slug}
area: "{area}"
title: 某地指导意见
short: 某民发〔2020〕1号
issuer: 某地民政局
starts: 2020-01-01
parameters:
"""
ROW = """\
  - id: {id}
    key: registration.min_capital
    op: "≥"
    value: 2000
    unit: CNY
    level: organisation
    modality: MUST
    clause: 四（一）
    summary: 注册资金至少两千元。
"""


def write(folder, rows, *, slug="here-2020", area="450000"):
    path = folder / f"{slug}.yaml"
    path.write_text(HEADER.format(slug=slug, area=area) + rows, encoding="utf-8")
    return path


def refusal(folder, rows, **header) -> PackError:
    with pytest.raises(PackError) as caught:
        read(write(folder, rows, **header))
    return caught.value


def test_a_good_file_is_read(tmp_path):
    pack = read(write(tmp_path, ROW.format(id="A.1")))
    (parameter,) = pack.parameters
    assert (pack.slug, pack.area, pack.starts) == ("here-2020", "450000000000", dt.date(2020, 1, 1))
    assert (parameter.exact, parameter.document, parameter.area) == (Fraction(2000), pack.short, pack.area)


# What is changed in the row, the line it stands on in the file (the row begins on line 8), what the refusal says.
BAD_ROWS = [
    (
        "an unknown key",
        ("registration.min_capital", "registration.min_kapital"),
        9,
        "不认识的参数名“registration.min_kapital”",
    ),
    ("a missing clause", ("    clause: 四（一）\n", ""), 8, "缺少条款"),
    ("an empty clause", ("clause: 四（一）", "clause:"), 15, "缺少条款"),
    ("a missing summary", ("    summary: 注册资金至少两千元。\n", ""), 8, "缺少摘要"),
    ("a wrong unit", ("unit: CNY", "unit: day"), 12, "“注册资金”的单位不能是“day”，只能是 CNY"),
    ("an unknown unit", ("unit: CNY", "unit: dollar"), 12, "单位不能是“dollar”"),
    ("an operator the key does not take", ("≥", "≤"), 10, "“注册资金”不能用比较方式“≤”，只能用 ≥"),
    ("a word for a number", ("value: 2000", "value: 两千"), 11, "“注册资金”的值不合要求：两千"),
    ("a flag for a number", ("value: 2000", "value: true"), 11, "“注册资金”的值不合要求"),
    ("a decimal", ("value: 2000", "value: 0.5"), 11, "不能使用小数 0.5"),
    ("a quoted decimal", ("value: 2000", 'value: "0.5"'), 11, "“注册资金”的值不合要求：0.5"),
    ("a division by zero", ("value: 2000", 'value: "1/0"'), 11, "“注册资金”的值不合要求：1/0"),
    ("no value", ("value: 2000", "value:"), 11, "“注册资金”的值不合要求"),
    ("an unknown modality", ("MUST", "SHOULD"), 14, "不认识的语气“SHOULD”"),
    ("an unknown level", ("level: organisation", "level: planet"), 13, "不认识的衡量层级“planet”"),
    ("a day that does not exist", ("    clause", "    due: 2021-02-30\n    clause"), 15, "值无法读取：2021-02-30"),
    ("a day in words", ("    clause", "    starts: 明年\n    clause"), 15, "生效日期不是有效日期：明年"),
    (
        "an end before the start",
        ("    clause", "    ends: 2019-12-31\n    clause"),
        15,
        "失效日期 2019-12-31 早于生效日期",
    ),
    (
        "a deadline before the start",
        ("    clause", "    due: 2019-12-31\n    clause"),
        15,
        "完成期限 2019-12-31 早于生效日期",
    ),
    ("an unknown field", ("    clause", "    wieght: 3\n    clause"), 15, "不认识的栏目“wieght”"),
    ("a field given twice", ("    clause", "    unit: CNY\n    clause"), 15, "“unit”重复出现"),
    ("an unknown legal form", ("    clause", "    forms: [club]\n    clause"), 15, "“forms”中有不认识的代码"),
    ("an unknown hub type", ("    clause", "    hubs: [club]\n    clause"), 15, "“hubs”中有不认识的代码"),
    (
        "a mark that is neither on nor off",
        ("    clause", "    assumed: 是\n    clause"),
        15,
        "“assumed”只能是 true 或 false",
    ),
    ("a number for a clause", ("clause: 四（一）", "clause: 4"), 15, "“clause”应为文字"),
]


@pytest.mark.parametrize(("change", "line", "reason"), [row[1:] for row in BAD_ROWS], ids=[row[0] for row in BAD_ROWS])
def test_a_bad_parameter_is_refused_with_its_line(tmp_path, change, line, reason):
    error = refusal(tmp_path, ROW.format(id="A.1").replace(*change))
    assert str(error).startswith(f"here-2020.yaml 第 {line} 行：")
    assert reason in str(error)


def test_a_code_without_a_chinese_word_is_refused(tmp_path):
    row = ROW.format(id="A.1").replace("registration.min_capital", "tier.model").replace("≥", "==")
    row = row.replace("unit: CNY", "unit: codes").replace("value: 2000", "value: [registered, secret]")
    assert "“分类层次”的值不合要求" in str(refusal(tmp_path, row))


def test_an_id_given_twice_is_refused(tmp_path):
    other = ROW.format(id="A.1").replace("registration.min_capital", "registration.foundation.min_fund")
    error = refusal(tmp_path, ROW.format(id="A.1") + other)
    assert str(error) == "here-2020.yaml 第 17 行：编号 A.1 与here-2020.yaml 第 8 行重复"


def test_two_rows_on_one_matter_at_one_time_are_refused(tmp_path):
    error = refusal(tmp_path, ROW.format(id="A.1") + ROW.format(id="A.2"))
    assert str(error) == "here-2020.yaml 第 18 行：“注册资金”与here-2020.yaml 第 9 行的有效期重叠"


def test_the_last_day_of_one_row_may_not_be_the_first_of_the_next(tmp_path):
    first = ROW.format(id="A.1").replace("    clause", "    ends: 2021-06-30\n    clause")
    second = ROW.format(id="A.2").replace("    clause", "    starts: 2021-06-30\n    clause")
    assert "有效期重叠" in str(refusal(tmp_path, first + second))
    assert len(read(write(tmp_path, first + second.replace("2021-06-30", "2021-07-01"))).parameters) == 2


@pytest.mark.parametrize("apart", ["forms: [association]", "hubs: [federation]", "due: 2021-12-31"])
def test_rows_for_other_forms_hubs_or_deadlines_do_not_overlap(tmp_path, apart):
    second = ROW.format(id="A.2").replace("    clause", f"    {apart}\n    clause")
    assert len(read(write(tmp_path, ROW.format(id="A.1") + second)).parameters) == 2


def test_an_overlap_across_files_is_refused_but_not_across_places(tmp_path):
    write(tmp_path, ROW.format(id="A.1"), slug="a-2020")
    write(tmp_path, ROW.format(id="B.1"), slug="b-2020", area="450100")
    assert [pack.slug for pack in read_dir(tmp_path)] == ["a-2020", "b-2020"]
    write(tmp_path, ROW.format(id="B.1"), slug="b-2020")
    with pytest.raises(PackError, match=r"b-2020\.yaml 第 9 行：“注册资金”与a-2020\.yaml 第 9 行的有效期重叠"):
        read_dir(tmp_path)


@pytest.mark.parametrize("area", ["", "45000", "四五", "4500001", "45000000000000"])
def test_a_code_that_is_no_place_is_refused(tmp_path, area):
    error = refusal(tmp_path, ROW.format(id="A.1"), area=area)
    assert error.line == 2
    assert "区划代码" in error.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [("title", "缺少标题"), ("short", "缺少简称"), ("issuer", "缺少发文机关"), ("starts", "缺少生效日期")],
)
def test_a_header_without_its_facts_is_refused(tmp_path, name, reason):
    path = write(tmp_path, ROW.format(id="A.1"))
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(f"{name}:")]
    path.write_text("\n".join(kept), "utf-8")
    with pytest.raises(PackError, match=reason):
        read(path)


def test_a_slug_that_is_not_the_file_name_is_refused(tmp_path):
    path = write(tmp_path, ROW.format(id="A.1"))
    with pytest.raises(PackError, match=r"other\.yaml 第 1 行：代号“here-2020”应与文件名“other”一致"):
        read(path.rename(tmp_path / "other.yaml"))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "文件是空的"),
        (b"# nothing\n", 1, "文件是空的"),
        (b"slug: [a\nb: c", 2, "不是有效的 YAML 格式"),
        (b"just words", 1, "这里应为“名称: 值”的形式"),
        (b"slug: a\n", 1, "缺少参数列表"),
        (b"slug: a\nparameters: none\n", 2, "缺少参数列表"),
        (b"slug: a\nparameters:\n  - words\n", 3, "这里应为“名称: 值”的形式"),
        (b"slug: a\nslug: b\nparameters: []\n", 2, "“slug”重复出现"),
        (b"slug: !!python/object:os.system a\nparameters: []\n", 1, "值无法读取"),
        ("名称".encode("gbk"), 0, "不是有效的 YAML 文本文件"),
        (b"\x00\x01", 0, "不是有效的 YAML 文本文件"),
    ],
)
def test_what_is_no_pack_file_is_refused(tmp_path, content, line, reason):
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(PackError) as caught:
        read(path)
    assert (caught.value.line, caught.value.path) == (line, path)
    assert reason in str(caught.value)


def test_a_folder_without_packs_is_refused(tmp_path):
    with pytest.raises(PackError, match="目录中没有政策文件"):
        read_dir(tmp_path)
    with pytest.raises(PackError, match="目录中没有政策文件"):
        read_dir(tmp_path / "nowhere")
    with pytest.raises(PackError, match="文件无法读取"):
        read(tmp_path / "nowhere.yaml")
