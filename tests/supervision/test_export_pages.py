"""Case times, the five reductions and data gaps as files: the very numbers of the page."""

import csv
import datetime as dt
import io

import pytest

from registry.scope import Role
from tests.supervision import cases_scene, scene

COUNTY = f"/boards/{scene.COUNTY}/"


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


def rows(client, address, **asked):
    answer = client.get(address, {"format": "csv"} | asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


def texts(table):
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_file_of_case_times_says_what_the_page_says(leader):
    cases_scene.cases("220202001001", 3, since=dt.date(2026, 3, 2), ends=dt.date(2026, 3, 9))
    asked = {"on": "2026-03-31", "months": "3"}
    page, found = leader.get(f"{COUNTY}handling/", asked), rows(leader, f"{COUNTY}handling/", **asked)
    assert ["收件", "3"] in found and ["办结", "3"] in found
    assert ["时间范围", "2026年1月1日至2026年3月31日"] in found
    for table in ("kinds", "clocks", "places"):
        assert texts(page.context[table]) and all(row in found for row in texts(page.context[table])), table


def test_the_file_of_reductions_says_what_the_page_says(leader):
    page, found = leader.get(f"{COUNTY}reductions/"), rows(leader, f"{COUNTY}reductions/")
    for one in page.context["five"]:
        assert [one["label"], "未录入", "", one["now"], one["word"], one["less"]] in found
    assert all(row in found for row in texts(page.context["kinds"]))


def test_above_the_county_the_file_tells_who_has_entered(client, jilin):
    client.force_login(scene.person(Role.LEADER, "220200000000"))
    page = client.get("/boards/220200000000/reductions/")
    found = rows(client, "/boards/220200000000/reductions/")
    assert texts(page.context["places"])[0] in found


def test_the_file_of_gaps_says_what_the_page_says(leader):
    page, found = leader.get(f"{COUNTY}gaps/", {"year": 2020}), rows(leader, f"{COUNTY}gaps/", year=2020)
    for line in page.context["progress"].lines:
        assert [line.item.label, line.levels, *map(str, (line.owes.asked, line.owes.given, line.owes.missing))] in found
    assert ["合计", *(str(number) for _, number, _ in page.context["board"].foot)] in found
    assert ["年份", "2020年"] in found


@pytest.mark.parametrize("page", ["handling/", "reductions/", "gaps/"])
@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_each_page_is_a_workbook_and_a_brief_too(leader, page, form):
    answer = leader.get(COUNTY + page, {"format": form})
    assert answer.status_code == 200 and len(b"".join(answer.streaming_content)) > 2000
    assert f"format={form}" in leader.get(COUNTY + page).content.decode()


@pytest.mark.parametrize("page", ["handling/", "reductions/", "gaps/"])
def test_an_unknown_form_is_refused(leader, page):
    assert leader.get(COUNTY + page, {"format": "doc"}).status_code == 422
