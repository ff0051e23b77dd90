"""A platform is data: what a mapping file may say, how a fault is told, and that the same facts give the same bytes."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from registry.casework import kinds
from registry.exchange import loading, rendering, sources
from registry.exchange.fields import MappingError
from registry.models import Clock, Interval, Rating, State
from registry.models.cases import RoadKey
from registry.models.clocks import Unit
from registry.ratings import REASONS
from tests.conftest import ROOT

FOLDER = ROOT / "fixtures" / "platforms"
NOON = dt.datetime(2026, 7, 3, 12, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
FACTS = {
    "happening": "step",
    "verb": "submit",
    "state_before": "draft",
    "state_after": "submitted",
    "kind": "registration",
    "road": "registration",
    "case_number": "收120103〔2026〕00001号",
    "sequence": 1,
    "matter": "登记",
    "applicant_type": "organisation",
    "organisation_name": "暖阳老年协会",
    "credit_code": "",
    "office_code": "120103000000",
    "place_code": "120103001001",
    "occurred_at": NOON,
}


def verbs():
    return {move.verb for kind in kinds.every().values() for flow in kind.flows.values() for move in flow}


def load(path):
    return loading.read(path, kinds.every(), verbs())


@pytest.fixture
def given():
    return yaml.safe_load((FOLDER / "sample.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def write(tmp_path):
    """The words with which a changed file is refused."""

    def one(given):
        path = tmp_path / "sample.yaml"
        path.write_text(given if isinstance(given, str) else yaml.safe_dump(given, allow_unicode=True), "utf-8")
        with pytest.raises(MappingError) as told:
            load(path)
        return str(told.value)

    return one


def test_our_words_are_those_of_the_tables():
    assert set(sources.STATES) == set(State.values) and set(sources.ROADS) == set(RoadKey.values)
    assert set(sources.UNITS) == set(Unit.values) and set(sources.REASONS) == set(REASONS)
    assert set(sources.LEVELS) == {str(level) for level, _ in Rating.LEVELS}
    assert set(sources.CAUSES) == set(Interval.Cause.values) - {"", "correction"}
    assert Clock.Scope.STATUTORY and Clock.Scope.PROMISED


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_field_of_a_committed_file_says_that_it_is_assumed(path):
    platform = load(path)
    fields = [one for record in platform.records for one in record.fields] + list(platform.certificate)
    assert len(platform.assumed()) == len(fields) and all(one.note for one in fields)


def test_the_same_case_reads_differently_on_two_platforms():
    one, other = (load(FOLDER / f"{name}.yaml") for name in ("example", "sample"))
    first = [rendering.render(platform, platform.wanted(FACTS)[0], FACTS) for platform in (one, other)]
    assert first[0] == {
        "SBLSH": "收120103〔2026〕00001号",
        "XH": 1,
        "JLLX": "SQ",
        "SJ": {
            "SXBM": "110000000020000001",
            "SXBB": "1",
            "XZQHDM": "120103000000",
            "FSSJ": "2026-07-03 12:00:05",
            "SQRMC": "暖阳老年协会",
            "SQRLX": "3",
            "SXMC": "登记",
        },
    }
    assert first[1]["payload"] == {
        "itemCode": "MZ-DJ-01",
        "time": "2026-07-03T12:00:05+0800",
        "applicant": "暖阳老年协会",
        "region": "120103001001",
    }


def test_a_platform_gets_only_the_records_and_kinds_it_wants():
    one, other = (load(FOLDER / f"{name}.yaml") for name in ("example", "sample"))
    examined = FACTS | {"verb": "examine", "state_before": "accepted", "state_after": "examined"}
    assert [record.record for record in one.wanted(examined)] == ["stage"] and other.wanted(examined) == []
    filed = FACTS | {"kind": "filing", "road": "filing"}
    assert [record.record for record in one.wanted(filed)] == ["application"] and other.wanted(filed) == []
    accepted = FACTS | {"verb": "accept", "state_before": "submitted", "state_after": "accepted"}
    assert [record.record for record in one.wanted(accepted)] == ["acceptance", "stage"]


def test_the_same_facts_give_the_same_bytes():
    platform = load(FOLDER / "example.yaml")
    made = [rendering.dump(rendering.render(platform, platform.wanted(FACTS)[0], FACTS)) for _ in range(2)]
    assert made[0] == made[1] and "暖阳".encode() in made[0]


def test_what_cannot_be_filled_is_named():
    platform = load(FOLDER / "example.yaml")
    facts = FACTS | {"organisation_name": "", "applicant_type": "church"}
    with pytest.raises(rendering.Unfit) as told:
        rendering.render(platform, platform.wanted(facts)[0], facts)
    assert "SQRMC（organisation_name）没有值" in str(told.value) and "SQRLX（applicant_type）没有“church”" in str(
        told.value
    )


def _field(given, **more):
    given["records"][0]["fields"][0].update(more)
    return given


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda g: _field(g, source="mood"), "application·applicant：没有“mood”这个来源"),
        (lambda g: _field(g, source="rating_level"), "在“办理步骤”时没有"),
        (lambda g: _field(g, note=""), "note 要写明"),
        (lambda g: _field(g, constant="x"), "只能写一个"),
        (lambda g: _field(g, codes={"a": "b"}), "不是代码"),
        (lambda g: _field(g, format="plain"), "只有时间和日期才写 format"),
        (lambda g: _field(g, name="region"), "application·region：字段出现两次"),
        (lambda g: _field(g, name="time"), "application·time：字段出现两次"),
        (lambda g: _field(g, colour="red"), "不认识“colour”"),
        (lambda g: _field(g, assumed="yes"), "assumed 只能是 true 或 false"),
        (lambda g: g["every"][1].pop("format") and g, "every·time：format 要是其中之一"),
        (lambda g: g["items"].pop("registration") and g, "“registration”没有事项编码"),
        (lambda g: g["items"].update(party={"code": "1"}) or g, "没有“party”这种办件"),
        (lambda g: g["items"].update(filing={"code": "1"}) or g, "“filing”既有编码又在 left_out 里"),
        (lambda g: g["items"]["registration"].update(code="MZ-DJ-02") or g, "事项编码“MZ-DJ-02”用了两次"),
        (lambda g: g["records"].append(g["records"][0]) or g, "记录“application”出现两次"),
        (lambda g: g["records"][0].update(record="song") or g, "没有“song”这种记录"),
        (lambda g: g["records"][0]["when"][0].update(verb="dance") or g, "verb 没有“dance”"),
        (lambda g: g["records"][0].update(when=[{"happening": "rating", "verb": "submit"}]) or g, "只有 step"),
        (lambda g: g["records"][2]["fields"][0]["codes"].pop("rejected") and g, "outcome：codes 里没有“rejected”"),
        (lambda g: g["records"][2]["fields"][0]["codes"].update(x="1") or g, "没有“x”这个值"),
        (lambda g: g["envelope"].update(number="stepNo") or g, "四个名称不能重复"),
        (lambda g: g.update(since="soon") or g, "since 要是一个日期"),
        (lambda g: g.update(platform="other") or g, "应与文件名“sample”一致"),
        (lambda g: g.pop("note") and g, "缺少“note”"),
        (lambda g: g.update(records=[]) or g, "records 里至少要有一种记录"),
    ],
)  # fmt: skip
def test_a_fault_names_file_record_and_field(change, words, given, write):
    told = write(change(given))
    assert told.startswith("sample.yaml：")
    assert words in told, told


def test_a_key_said_twice_is_no_quiet_loss(write):
    text = (
        Path(FOLDER / "sample.yaml").read_text("utf-8").replace("approved: granted,", "approved: granted, approved: x,")
    )
    assert "“approved”出现两次" in write(text)
    assert "第 1 行" in write("platform: [")
    with pytest.raises(MappingError, match="文件读不到"):
        load(FOLDER / "nowhere.yaml")
