"""`manage.py loadplaces`: the published files, and a changed edition of them written straight away."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError

from portal.models import AuditEvent
from registry.management.commands import loadplaces
from registry.models import Jurisdiction, PlaceChange
from registry.places import actions, source
from registry.places.survey import BY_HAND
from tests.registry.editions_scene import FILES, PLACES, VILLAGES, change, everything, load

# --- loading ---


def test_five_levels_are_loaded_and_pseudo_levels_skipped(db, edition):
    told = load(edition)
    assert Jurisdiction.objects.filter(level__gt=0).count() == PLACES
    assert "跳过与上一级重复的占位行 3 行" in told
    assert f"新增 {PLACES} 个" in told
    assert "每秒" in told
    assert "内存峰值" in told
    street = Jurisdiction.objects.get(code="441900003000")
    assert (street.level, street.parent.code, street.parent.level) == (4, "441900000000", 2)
    classes = Jurisdiction.objects.communities().order_by("code").values_list("kind", "area_class", "starts")
    assert list(classes)[-2:] == [("community", "urban", None), ("village", "rural", None)]


def test_a_second_run_has_nothing_to_do_and_says_so(loaded):
    before = everything()
    told = load(loaded, "--apply")
    assert "没有需要写入的变动" in told
    assert everything() == before
    assert AuditEvent.objects.filter(verb="place.load").count() == 1


def test_the_nation_over_the_demo_places_leaves_them_alone(db, edition):
    actions.load_demo()
    demo = Jurisdiction.objects.count()
    told = load(edition, "--apply", "--yes")
    assert Jurisdiction.objects.filter(code="350500000000").get().starts is None
    assert "新增 8 个" in told  # 福建省, 泉州市, 金门县, 广东省, 东莞市, 东城街道 and its two communities
    assert "撤销" in told  # the files of this test hold two streets of 河西区, the demo all of them
    assert Jurisdiction.objects.count() == demo + 8


def test_a_new_place_added_by_django_after_a_load_gets_a_free_id(loaded):
    place = Jurisdiction.objects.create(code="990000000000", name="某省", level=1, kind="province")
    assert place.pk > PLACES


@pytest.mark.parametrize("text", ["shuffled", "code last", "byte-order mark"])
def test_the_order_of_lines_and_columns_and_a_mark_in_front_do_not_matter(db, edition, text):
    path = edition / "villages.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if text == "shuffled":
        lines = lines[::-1]
    elif text == "code last":
        header, lines = (
            "name,streetCode,code",
            [",".join(line.split(",")[i] for i in (1, 2, 0)) for line in lines[::-1]],
        )
    mark = "\ufeff" if text == "byte-order mark" else ""
    path.write_text(mark + "\n".join([header, *lines]) + "\n", encoding="utf-8")
    load(edition)
    assert Jurisdiction.objects.filter(level__gt=0).count() == PLACES


def test_a_large_file_out_of_order_is_sorted_in_runs(edition, monkeypatch):
    monkeypatch.setattr(source, "CHUNK", 2)
    header, *lines = VILLAGES.splitlines()
    (edition / "villages.csv").write_text("\n".join([header, *lines[::-1]]), encoding="utf-8")
    found = [row.code for row in source.rows(edition, source.SHEETS[-1])]
    assert found == sorted(found)
    assert len(found) == 5


# --- a changed edition ---


@pytest.fixture
def changed(loaded):
    """The next edition: one place renamed, one gone, one new, one moved."""
    change(loaded, "villages.csv", "九江路社区居委会", "九江里社区居委会")
    change(loaded, "villages.csv", '120103001004,"荣华里社区居委会",120103001,12,1201,120103\n', "")
    change(
        loaded, "villages.csv", "441900003001", '120103002001,"新设社区居委会",120103002,12,1201,120103\n441900003001'
    )
    change(loaded, "villages.csv", '"岗贝社区居委会",441900003', '"岗贝社区居委会",120103002')
    return loaded


def test_a_changed_edition_is_shown_before_it_is_written(changed):
    before = everything()
    told = load(changed, "--dry-run", "--on", "2024-03-01")
    assert "改名 1 个\n  120103001001 九江路社区居委会 → 九江里社区居委会\n" in told
    assert "撤销 1 个\n  120103001004 荣华里社区居委会\n" in told
    assert "新增 1 个\n  120103002001 新设社区居委会\n" in told
    assert "改隶 1 个\n  441900003001 岗贝社区居委会：441900003000 → 120103002000\n" in told
    assert everything() == before


def test_without_a_terminal_and_without_yes_nothing_is_written(changed, monkeypatch):
    monkeypatch.setattr(loadplaces.sys, "stdin", io.StringIO())
    before = everything()
    with pytest.raises(CommandError, match="加 --yes") as stop:
        load(changed, "--apply")
    assert stop.value.returncode == 3
    assert everything() == before


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("answer", "written"), [("yes", True), ("是", True), ("", False), ("n", False)])
def test_on_a_terminal_it_asks(changed, monkeypatch, answer, written):
    monkeypatch.setattr(loadplaces.sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: answer)
    load(changed, "--apply")
    assert PlaceChange.objects.exists() is written


def test_a_changed_edition_is_written_with_its_day(changed):
    day = dt.date(2024, 3, 1)
    load(changed, "--apply", "--yes", "--on", "2024-03-01", "--source", "2024 年版")
    rows = {row.field: row for row in PlaceChange.objects.all()}
    assert set(rows) == {"name", "ends", "parent"}
    assert {row.on for row in rows.values()} == {day}
    assert {row.source for row in rows.values()} == {"2024 年版"}
    assert (rows["name"].before, rows["name"].after) == ("九江路社区居委会", "九江里社区居委会")
    assert (rows["parent"].before, rows["parent"].after) == ("441900003000", "120103002000")
    assert Jurisdiction.objects.get(code="120103001001").name == "九江里社区居委会"
    assert Jurisdiction.objects.get(code="120103001004").ends == day
    assert Jurisdiction.objects.get(code="120103002001").starts == day
    assert Jurisdiction.objects.get(code="441900003001").parent.code == "120103002000"
    assert "没有需要写入的变动" in load(changed, "--apply", "--yes")


def test_a_place_that_comes_back_stands_again(changed):
    load(changed, "--apply", "--yes", "--on", "2024-03-01")
    (changed / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    told = load(changed, "--apply", "--yes", "--on", "2025-03-01")
    assert "恢复 1 个\n  120103001004 荣华里社区居委会（2024-03-01 撤销）" in told
    assert Jurisdiction.objects.get(code="120103001004").ends is None
    assert Jurisdiction.objects.get(code="120103002001").ends == dt.date(2025, 3, 1)


def test_only_the_first_few_of_each_are_listed(loaded):
    (loaded / "villages.csv").write_text(VILLAGES.splitlines()[0] + "\n", encoding="utf-8")
    told = load(loaded, "--dry-run", "--show", "1")
    assert "撤销 4 个\n  120103001001 九江路社区居委会\n  ……另有 3 个" in told


def test_from_four_files_communities_stay_as_they_are(loaded):
    (loaded / "villages.csv").unlink()
    change(loaded, "streets.csv", "下瓦房街道", "下瓦房新街道")
    told = load(loaded, "--apply", "--yes", "--on", "2026-01-01")
    assert "没有 villages.csv：社区（村）保持不变" in told
    assert "改名 1 个" in told
    assert Jurisdiction.objects.communities().filter(ends=None).count() == 4


def test_a_province_that_the_files_do_not_hold_is_not_gone(loaded):
    for file, sheet in FILES.items():
        kept = [line for line in sheet.splitlines() if line.startswith(("code", "12"))]
        (loaded / file).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert "没有需要写入的变动" in load(loaded, "--dry-run")


def test_facts_entered_by_hand_outlive_an_older_edition(loaded):
    place = Jurisdiction.objects.get(code="120103001001")
    Jurisdiction.objects.filter(pk=place.pk).update(name="人工改的名称")
    street = Jurisdiction.objects.get(code="120103001000")
    added = Jurisdiction.objects.create(code="120103001150", name="新建社区", level=5, kind="community", parent=street)
    for kept, field in ((place, "name"), (added, "starts")):
        PlaceChange.objects.create(place=kept, field=field, on=dt.date(2024, 1, 1), source=f"{BY_HAND}批文")
    told = load(loaded, "--apply", "--yes")
    assert "人工维护过的地点有 2 处与文件不同" in told
    place.refresh_from_db()
    added.refresh_from_db()
    assert (place.name, added.ends) == ("人工改的名称", None)
