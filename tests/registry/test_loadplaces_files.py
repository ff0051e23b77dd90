"""`manage.py loadplaces`: files that cannot be used are named with their row, and nothing is written."""

import pytest
from django.core.management import CommandError

from registry.models import Jurisdiction
from registry.places import fixture
from tests.registry.editions_scene import AREAS, VILLAGES, change, everything, load

BAD = {
    "a file is missing": ("streets.csv", None, None, "缺少文件 streets.csv"),
    "wrong header": ("cities.csv", "provinceCode", "province", "cities.csv 第 1 行：表头缺少 provinceCode 列"),
    "empty file": ("areas.csv", AREAS, "", "areas.csv：文件是空的"),
    "short code": ("streets.csv", "120103002,", "12010302,", "streets.csv 第 3 行：代码“12010302”应为 9 位数字"),
    "full-width code": ("cities.csv", "3505,", "３５０５,", "cities.csv 第 3 行"),
    "no name": ("villages.csv", '"荣华里社区居委会"', "", "villages.csv 第 3 行：名称不能为空"),
    "long name": ("villages.csv", "荣华里", "长" * 80, "villages.csv 第 3 行：名称不能为空，也不能超过 80 字"),
    "unknown parent": ("villages.csv", "441900003,44", "441900009,44", "villages.csv 第 5 行：上级代码 441900009000"),
    "same code twice": ("villages.csv", "120103001004", "120103001001", "villages.csv 第 3 行：代码与第 2 行重复"),
    "a column too few": (
        "streets.csv",
        "120103,12,1201\n120103002",
        "120103,12\n120103002",
        "streets.csv 第 2 行：应有",
    ),
    "broken quotes": (
        "villages.csv",
        '"荣华里社区居委会"',
        '"荣华里"社区居委会"',
        "villages.csv 第 3 行：不是正确的 CSV",
    ),
}


@pytest.mark.parametrize("wrong", BAD)
@pytest.mark.parametrize("first", [True, False], ids=["empty register", "loaded register"])
def test_a_file_that_cannot_be_used_is_named_with_its_row_and_nothing_is_written(db, edition, wrong, first):
    if not first:
        load(edition)
    before = everything()
    file, old, new, message = BAD[wrong]
    if old is None:
        (edition / file).unlink()
    else:
        change(edition, file, old, new)
    with pytest.raises(CommandError) as stop:
        load(edition, "--apply", "--yes")
    assert message in str(stop.value)
    assert "没有写入任何内容" in str(stop.value)
    assert stop.value.returncode == 2
    assert everything() == before


def test_a_file_in_another_encoding_is_named_with_its_row(db, edition):
    lines = VILLAGES.encode().splitlines(keepends=True)
    lines[3] = VILLAGES.splitlines(keepends=True)[3].encode("gbk")
    (edition / "villages.csv").write_bytes(b"".join(lines))
    with pytest.raises(CommandError, match=r"villages\.csv 第 4 行：不是 UTF-8 编码") as stop:
        load(edition)
    assert stop.value.returncode == 2
    assert not Jurisdiction.objects.exists()


def test_a_directory_that_is_not_there_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="找不到目录"):
        load(tmp_path / "nowhere")


def test_a_day_that_is_not_a_day_is_refused(db, edition):
    with pytest.raises(CommandError, match="日期应写成"):
        load(edition, "--on", "2024-13-01")


def test_the_demo_file_is_cut_from_the_published_files(edition, tmp_path, monkeypatch):
    target = tmp_path / "demo.csv"
    assert fixture.write(fixture.cut(edition, ("120103",)), target) == 7
    assert [row["name"] for row in fixture.read(target)][:3] == ["天津市", "市辖区", "河西区"]
