"""A requirement in words a community worker can read."""

import datetime as dt
from pathlib import Path

import pytest

from registry.policy.files import read_dir
from registry.policy.keys import KEYS, level_words, words
from registry.policy.reading import chapters
from registry.policy.vocabulary import LEVELS, OPS, THEMES, UNITS

PACKS = {pack.slug: pack for pack in read_dir(Path(__file__).parents[2] / "fixtures" / "policy")}
BY_ID = {p.id: p for pack in PACKS.values() for p in pack.parameters}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("GX.p01", "不低于 2000 元"),
        ("CN.04", "不低于 3 万元"),
        ("CN.05", "不低于 200 万元"),
        ("GX.p02", "不少于 30 个会员"),
        ("JL.u2020", "到 2020 年 12 月 31 日，不少于 10 个"),
        ("JL.p07", "到 2019 年 12 月 31 日，基本做到不少于 1 家"),
        ("JL.p08", "到 2019 年 12 月 31 日，1/3 以上"),
        ("WZ.p05", "到 2020 年 12 月 31 日，基本全部"),
        ("WZ.p07", "到 2020 年 12 月 31 日，万分之 5 以上"),
        ("WZ.p08", "到 2020 年 12 月 31 日，13% 以上"),
        ("WZ.p09", "到 2020 年 12 月 31 日，50% 以上"),
        ("WZ.p10", "到 2020 年 12 月 31 日，全部"),
        ("WZ.p20", "不超过 40 周岁"),
        ("TJ.p02", "不少于 1 家"),
        ("TJ.p03", "2 至 3 人"),
        ("TJ.p06", "居（村）民委员会"),
        ("TJ.p09", "须同时具备：规模较大、影响力强、作用明显"),
        ("TJ.p10", "全部"),
        ("TJ.p14", "逐项减少：事项、环节、材料、证照、时限"),
        ("TJ.p15a", "原文未给数字"),
        ("GX.p04", "允许多家共用"),
        ("GX.p10", "逐步提高"),
        ("GX.p12", "间隔不超过 90 天"),
        ("YB.p01", "2021 年 1 月 1 日 至 2023 年 12 月 31 日"),
        ("YB.p03", "社会团体可以没有字号；社会服务机构必须有字号；基金会必须有字号"),
        ("JL.p12", "直接登记"),
        ("WZ.p13", "行业协会商会类、科技类、公益慈善类、城乡社区服务类直接登记；其他类别双重管理"),
        ("WZ.p19", "依次为：党员负责人担任、从管理层党员中选拔、由上级党组织选派"),
        ("CN.22", "不超过 5 个工作日"),
        ("CN.60", "每年 5 月 31 日前"),
        ("CN.64", "满 12 个月"),
        ("CN.66", "3% 以上"),
        ("CN.120", "不得兼任：其他社会团体的法定代表人"),
        ("CN.122", "不超过 45 个工作日"),
    ],
)
def test_a_requirement_in_words(name, said):
    assert words(BY_ID[name]) == said


def test_who_it_is_measured_at():
    assert level_words(BY_ID["GX.p01"]) == "每个组织（社会团体、社会服务机构）"
    assert level_words(BY_ID["JL.p08"]) == "农村社区"


def test_every_key_is_explained_in_one_chinese_sentence():
    for key in KEYS.values():
        assert key.label and key.meaning.endswith("。") and key.meaning.count("。") == 1, key.name
        assert key.theme in THEMES and set(key.units) <= set(UNITS) and set(key.ops) <= set(OPS), key.name
        assert key.kind in ("rule", "target", "option"), key.name


def test_every_target_key_is_judged_unless_it_has_no_number():
    assert {key.name for key in KEYS.values() if key.name.startswith("target.") and key.kind != "target"} == {
        "target.avg_per_community"
    }


def test_no_english_stands_in_the_vocabulary():
    said = [*LEVELS.values(), *UNITS.values(), *OPS.values(), *(k.label + k.meaning for k in KEYS.values())]
    assert not [text for text in said if any("a" <= letter <= "z" for letter in text.lower())]


def test_a_document_is_read_by_theme_and_loses_nothing():
    pack = PACKS["guangxi-2020"]
    read = chapters(pack, [PACKS["national"]], dt.date(2022, 3, 1))
    assert [chapter.label for chapter in read][:2] == ["发展目标", "分类与路径"]
    assert sorted(line.parameter.id for chapter in read for line in chapter.lines) == sorted(
        p.id for p in pack.parameters
    )
    capital = next(line for chapter in read for line in chapter.lines if line.parameter.id == "GX.p01")
    assert (capital.statutory, capital.statutory_source) == ("不低于 3 万元", "《社会团体登记管理条例》 第十条（五）")


@pytest.mark.parametrize(
    ("on", "lapsed"), [(dt.date(2023, 12, 31), set()), (dt.date(2024, 1, 1), {"YB.p13", "YB.p14", "YB.p17"})]
)
def test_only_targets_of_a_finished_programme_are_marked(on, lapsed):
    read = chapters(PACKS["yubei-2021"], [PACKS["national"]], on)
    marked = {line.parameter.id for chapter in read for line in chapter.lines if line.lapsed}
    assert marked == lapsed


def test_a_document_is_readable_without_the_national_one():
    pack = PACKS["guangxi-2020"]
    assert not any(line.statutory for chapter in chapters(pack, [], pack.starts) for line in chapter.lines)
