"""Scorecards: the facts of one street or community and year, with clauses; no points, no ranks."""

import datetime as dt
import json
import re

import pytest

from portal.errors import Refusal
from registry import policies
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.scope import Role
from supervision import appraisals, boards, counts, freezing, scorecards
from supervision.models import Statistic
from supervision.statistics.forms import FORMS
from tests.supervision import scene

TODAY = dt.date(2023, 5, 1)
CHAINS = {
    "tianjin": (("12", "天津市"), ("120103", "河西区"), ("120103001", "大营门街道"), ("120103001001", "九江路社区")),
    "wenzhou": (("33", "浙江"), ("3303", "温州"), ("330302", "鹿城"), ("330302001", "五马"), ("330302001001", "墨池")),
    "yubei": (("50", "重庆市"), ("500112", "渝北区"), ("500112001", "双龙湖街道"), ("500112001001", "双湖路社区")),
    "guangxi": (("45", "广西"), ("4501", "南宁市"), ("450103", "青秀区"), ("450103001", "新竹街道")),
}  # fmt: skip


@pytest.fixture
def where(db):
    """Make the way down to one place; answers (its street, its community)."""
    policies.load()

    def made(name):
        chain = [(code.ljust(12, "0"), called) for code, called in CHAINS[name]]
        for code, called in chain:
            scene.place(code, called, "urban" if code.endswith("001001") else "")
        return [Jurisdiction.objects.get(code=code) for code, _ in chain if len(code.rstrip("0")) > 6]

    return made


def card(place, year=2022):
    period = scorecards.year(year, TODAY)
    return scorecards.content(place, period, scorecards.named(place, period))


def lines(content, title=""):
    return {
        row["name"]: dict(zip([column["key"] for column in table["columns"]], row["cells"], strict=True))
        for table in content["tables"]
        for row in table["rows"]
        if title in table["title"]
    }


def test_a_street_of_tianjin_is_told_by_facts_and_its_clause(where):
    street, community = where("tianjin")
    scene.organisation(community.code, since=dt.date(2022, 3, 1))
    found = card(street)
    assert found["sources"] == ["津民发〔2018〕61号 五（一）"] and found["table"] == "scorecard_street"
    told = lines(found)
    assert told["已备案的组织"]["value"] == 1 and told["本年新备案"]["value"] == 1
    assert told["已备案的组织"]["source"] == "津民发〔2018〕61号 一"
    assert told["参与平安社区建设的组织"]["value"] == told["参与平安社区建设的组织"]["verdict"] == "暂无数据"
    assert told["承诺期限内办结"]["value"] == "不适用"
    assert "未达标" in [line["verdict"] for line in told.values()]


def test_a_street_of_wenzhou_is_told_in_four_dimensions(where):
    street, _ = where("wenzhou")
    titles = [table["title"] for table in card(street)["tables"]]
    assert [re.match("..化", title)[0] for title in titles[:4]] == ["社会化", "法治化", "智能化", "专业化"]
    assert lines(card(street), "智能化")["网上一站受理、部门联办"]["source"] == "温民社组〔2018〕127号 四（十四）"


def test_streets_and_communities_of_yubei_are_asked_for_their_mechanisms(where):
    for place, table in zip(where("yubei"), ("scorecard_street", "scorecard_community"), strict=True):
        found = card(place)
        assert found["table"] == table
        asked = list(lines(found, "工作机制"))
        assert asked == ["管理工作规程", "重大活动报告制度", "向“两委”定期报告", "评估评议制度", "信息公开制度"]
        assert lines(found)["评估评议制度"]["verdict"] == "暂无数据"


@pytest.mark.parametrize(("name", "year"), [("guangxi", 2022), ("tianjin", 2017), ("yubei", 2020)])
def test_where_no_document_names_an_appraisal_there_is_no_card(where, name, year):
    place = where(name)[0]
    assert scorecards.named(place, scorecards.year(year, TODAY)) is None


def test_after_the_programme_has_ended_the_card_says_so(where):
    street, _ = where("yubei")
    assert (
        "文件的实施期到2023年底为止。"
        in scorecards.content(street, scorecards.year(2024, dt.date(2025, 5, 1)), appraisals.of(street.code, 4, 2024))[
            "notes"
        ]
    )


def test_a_year_that_runs_is_told_up_to_today(where):
    found = card(where("tianjin")[0], 2023)
    assert (found["on"], found["label"]) == ("2023-05-01", "2023年度（截至2023年5月1日）")


@pytest.mark.parametrize("name", ["tianjin", "wenzhou", "yubei"])
def test_no_card_speaks_of_points_or_ranks(where, name):
    for place in where(name):
        if scorecards.named(place, scorecards.year(2022, TODAY)):
            found = card(place)
            said = json.dumps(found["tables"], ensure_ascii=False)
            assert not re.search("得分|分值|总分|排名|名次|评分", said)
            for line in lines(found).values():
                assert line["value"] not in ("", None) and line["verdict"] and line["source"]


def test_every_fact_asks_for_a_number_that_is_counted_or_a_target_of_its_document(documents):
    counted = {key for form in FORMS for column in form.columns for key in (column.key, column.over)}
    counted |= {"ended", "promised", "report.annual", "report.periodic", "report.duty", "late.annual"}
    for one in appraisals.APPRAISALS:
        path = resolve.in_force(list(documents), one.area, dt.date(one.first, 12, 31))
        keys = {
            asked.key for asked in resolve.targets(path, dt.date(one.first, 12, 31)) if asked.document == one.document
        }
        assert keys, one.document
        for fact in (fact for section in one.sections for fact in section.facts):
            assert {fact.column, fact.over} - {""} <= counted, fact
            assert not fact.asks or fact.asks in keys, fact
            assert fact.clause, fact


def test_a_card_holds_every_target_of_its_document(where):
    street, _ = where("wenzhou")
    held = boards.coverage(street, dt.date(2022, 12, 31)).held
    wanted = [one.parameter.document for one in held].count("温民社组〔2018〕127号")
    sources = [line for table in card(street)["tables"] for line in table["rows"] if line["cells"][1]]
    assert len(sources) == wanted > 5
    assert counts.read(street, dt.date(2022, 12, 31)).own is not None


def test_a_year_freezes_the_card_by_hand_a_quarter_does_not_and_the_night_freezes_every_card(where):
    street, community = where("yubei")
    scene.organisation(community.code, since=dt.date(2022, 3, 1))
    officer = scene.person(Role.DISTRICT, "500112000000", "张科")
    tables = lambda place, key: [row.table for row in freezing.freeze(place, key, by=officer, on=TODAY).made]  # noqa: E731
    assert "scorecard_street" in tables(street, "2022") and "scorecard_street" not in tables(street, "2023Q1")
    assert tables(community, "2022") == ["scorecard_community"]
    with pytest.raises(Refusal, match="只有年度考核单"):
        tables(community, "2023Q1")
    assert freezing.freeze_due(TODAY)["2022"] > 0 and freezing.freeze_due(TODAY)["2022"] == 0


def test_the_night_freezes_the_cards_of_all_appraised_places(where):
    places = where("yubei")
    freezing.freeze_due(TODAY)
    kept = Statistic.objects.filter(table__startswith="scorecard").values_list("place_code", flat=True)
    assert sorted(kept) == sorted(place.code for place in places)
