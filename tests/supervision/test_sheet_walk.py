"""Filling the yearly figures of a county in one sitting: rows to begin with, all faults at once, signs as typed."""

import pytest

from registry.models import Jurisdiction
from registry.scope import Role
from supervision import batches
from supervision.batches import Unreadable
from supervision.models import Entry
from tests.supervision import scene, workbooks

SHEET = f"/boards/{scene.COUNTY}/sheet/"
BATCH = f"{SHEET}batch/"
YEAR = 2020


@pytest.fixture
def zhang(jilin):
    return scene.person(Role.DISTRICT, scene.COUNTY, "张科")


@pytest.fixture
def officer(client, zhang):
    client.force_login(zhang)
    return client


def blank(client, **asked):
    return client.get(BATCH, {"year": YEAR, "format": "xlsx"} | asked)


def rows(answer):
    (found,) = workbooks.sheets(b"".join(answer.streaming_content)).values()
    return [(row + [""] * 5)[:5] for row in found if len(str(row[0] if row else "")) == 12 and row[0].isdigit()]


def test_the_rows_nobody_entered_are_a_spreadsheet_to_fill_and_paste_back(officer):
    listed = rows(blank(officer))
    assert [scene.NEXT_STREET, "年度预算中的扶持资金", "", "", "西街街道"] in listed
    assert all(isinstance(row[0], str) and len(row[0]) == 12 for row in listed)
    text = "\n".join("\t".join([row[0], row[1], "1", "台账", row[4]]) for row in listed if "预算" in row[1])
    officer.post(BATCH, {"year": YEAR, "rows": text})
    left = rows(blank(officer))
    assert [row for row in listed if "预算" not in row[1]] == left
    assert Entry.objects.filter(item="budget_lines", year=YEAR).count() == len(listed) - len(left) > 1


@pytest.mark.parametrize(("asked", "status"), [({"format": "doc"}, 422), ({"year": "旧"}, 404)])
def test_an_odd_form_or_year_is_refused(officer, asked, status):
    assert blank(officer, **asked).status_code == status


def test_a_leader_takes_no_rows_to_fill(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    assert blank(client).status_code == 403


def test_rows_typed_with_chinese_commas_are_read(zhang):
    county = Jurisdiction.objects.get(code=scene.COUNTY)
    line = f"{scene.STREET}，社区社会组织品牌，2，街道台账"
    assert batches.enter(county, YEAR, f'{line}\n{scene.NEXT_STREET},社区社会组织品牌,3,"街道，台账"', by=zhang) == 2
    assert Entry.objects.get(place_code=scene.NEXT_STREET, item="brands").source == "街道，台账"


def test_a_table_is_told_all_its_faults_at_once(zhang):
    county = Jurisdiction.objects.get(code=scene.COUNTY)
    text = f"{scene.STREET},社区社会组织品牌,多,台账\n{scene.NEXT_STREET},社区社会组织品牌,3,\n2.20202E+11,品牌,1,台账"
    with pytest.raises(Unreadable) as refusal:
        batches.enter(county, YEAR, text, by=zhang)
    assert [line[:6] for line in refusal.value.lines] == ["第 1 行：", "第 2 行：", "第 3 行："]
    assert "填写来源" in refusal.value.lines[1] and "设为文本" in refusal.value.lines[2]
    assert not Entry.objects.filter(year=YEAR).exists()


def test_a_sheet_without_a_source_says_so_beside_its_other_faults(officer):
    said = {"value-budget_lines": "-3", "value-filing_rulesets": "1"}
    answer = officer.post(f"{SHEET}?year={YEAR}", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "年度预算中的扶持资金不能是负数" in page and "填写来源：这次填的数据出自哪里" in page
    assert "有 2 处需要修改" in page
