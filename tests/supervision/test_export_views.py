"""Pages as files: the very rows of the page, for whom the page is, and written down where organisations are named."""

import csv
import datetime as dt
import io
import re
from urllib.parse import unquote

import pytest

from portal.models import AuditEvent
from registry.models import Jurisdiction, Organisation
from registry.scope import Role
from supervision import freezing
from supervision.downloads import lists
from supervision.exports import formats
from supervision.models import Statistic
from tests.supervision import scene, workbooks

BOARD = f"/boards/{scene.STREET}/"
DAY = "2019-12-31"
LIST = f"{BOARD}avg_urban/"


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


@pytest.fixture
def officer(client, jilin):
    client.force_login(scene.person(Role.DISTRICT, scene.COUNTY, "张科"))
    return client


def file(client, address, form="csv", **asked):
    answer = client.get(address, {"on": DAY, "format": form} | asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer, b"".join(answer.streaming_content)


def rows(client, address, **asked):
    return list(csv.reader(io.StringIO(file(client, address, **asked)[1].decode("utf-8-sig"), newline="")))


def test_the_board_says_in_a_file_what_it_says_on_the_screen(leader):
    page = leader.get(BOARD, {"on": DAY})
    found = rows(leader, BOARD)
    flat = [cell for row in found for cell in row]
    for group in page.context["groups"]:
        for target in group["targets"]:
            said = target["label"], target["wanted"] + ("（暂定）" if target["assumed"] else "")
            line = next(row for row in found if {*said} <= {*row})
            assert target["verdict"] in line and target["source"] in line
    for row in page.context["rows"]:
        line = next(one for one in found if one and one[0] == row["name"])
        assert row["cells"][0]["hits"] in line
    for word in ("东街街道", "吉林省吉林市昌邑区东街街道", "2019年12月31日", "4.75", "19", "数据截至", "还差 1 个组织"):
        assert any(word in cell for cell in flat), word


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
@pytest.mark.parametrize("address", [BOARD, LIST, f"{BOARD}mix/", f"{BOARD}targets/JL.u2019/"])
def test_each_page_gives_each_form_under_a_chinese_name(leader, address, form):
    answer, body = file(leader, address, form)
    named = re.search(r"filename\*=utf-8''(\S+)", answer["Content-Disposition"], re.I)[1]
    assert unquote(named).startswith("东街街道") and unquote(named).endswith(f".{form}") and named.isascii()
    assert answer["Content-Type"] == formats.FORMATS[form].mime
    assert body.startswith({"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF"}[form])
    assert "no-store" in answer["Cache-Control"]


def test_a_list_is_exported_whole_in_code_order_and_the_trail_says_who_took_it(leader, monkeypatch):
    monkeypatch.setattr(lists, "CHUNK", 7)
    wanted = list(
        Organisation.objects.filter(place_code__lt="220202001200", scope="community").order_by("place_code", "id")
    )
    found = rows(leader, LIST, side="hits")
    at = found.index(["名称", "所在地", "类型"])
    assert [row[0] for row in found[at + 1 : at + 1 + len(wanted)]] == [one.name for one in wanted] and len(
        wanted
    ) == 19
    line = AuditEvent.objects.get(verb="list.export")
    assert line.place_code == scene.STREET and "导出 19 条" in line.summary


def test_a_list_asked_for_past_its_end_is_whole_and_leaves_its_line(leader):
    found = rows(leader, LIST, side="hits", after="999999999999-1")
    assert len(found) > 19
    assert "导出 19 条" in AuditEvent.objects.get(verb="list.export").summary


def test_a_list_of_places_and_a_page_leave_no_line(leader):
    rows(leader, LIST, side="base")
    leader.get(LIST, {"on": DAY})
    assert not AuditEvent.objects.filter(verb="list.export").exists()


def test_names_that_look_like_formulas_stay_names(leader):
    Organisation.objects.filter(place_code="220202001001").update(name='=HYPERLINK("http://x")')
    sheet = workbooks.sheets(file(leader, LIST, "xlsx")[1])
    assert ['=HYPERLINK("http://x")'] in [row[:1] for row in next(iter(sheet.values()))]
    assert '\'=HYPERLINK("http://x")' in [row[0] for row in rows(leader, LIST) if row]


@pytest.mark.parametrize("address", [BOARD, LIST, f"{BOARD}statistics/", f"{BOARD}scorecard/"])
def test_a_stranger_takes_nothing(client, jilin, address):
    client.force_login(scene.person(Role.LEADER, scene.NEXT_STREET))
    assert client.get(address, {"format": "csv"}).status_code == 404
    client.logout()
    assert client.get(address, {"format": "csv"})["Location"].startswith("/login/")


def test_an_unknown_form_and_too_many_rows_are_told_in_plain_words(leader, monkeypatch):
    answer = leader.get(BOARD, {"on": DAY, "format": "exe"})
    assert answer.status_code == 422 and "导出格式只有" in answer.content.decode()
    monkeypatch.setattr(formats, "FORMATS", {"csv": formats.Format("CSV 表格", "text/csv", None, 3)})
    answer = leader.get(LIST, {"on": DAY, "format": "csv"})
    assert answer.status_code == 422 and "这份清单有 19 行" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="list.export").exists()


def test_the_page_links_to_its_files_with_what_was_asked(leader):
    page = leader.get(LIST, {"on": DAY, "side": "base"}).content.decode()
    assert f'href="?on={DAY}&amp;side=base&amp;format=xlsx"' in page


def test_an_officer_freezes_a_period_reads_it_verifies_it_and_takes_it_away(officer):
    address = f"/boards/{scene.COUNTY}/statistics/"
    assert "还没有定稿的报表" in officer.get(address).content.decode()
    period = officer.get(address).context["form"].fields["period"].choices[0][0]
    assert "定稿 5 份" in officer.post(address, {"period": period}, follow=True).content.decode()
    assert "没有变动" in officer.post(address, {"period": period}, follow=True).content.decode()
    row = Statistic.objects.get(table="basics")
    page = officer.get(f"{address}{row.pk}/").content.decode()
    assert "内容与指纹一致" in page and row.digest in page and "东街街道" in page
    body = rows(officer, f"{address}{row.pk}/")
    assert ["内容指纹", row.digest] in body and any(line[:1] == ["合计"] for line in body)


def test_what_was_frozen_again_shows_its_reason_and_each_cell_that_differs(officer):
    address = f"/boards/{scene.COUNTY}/statistics/"
    period = officer.get(address).context["form"].fields["period"].choices[0][0]
    officer.post(address, {"period": period})
    scene.organisation("220202001001", since=dt.date(2019, 12, 1))
    answer = officer.post(address, {"period": period})
    assert answer.status_code == 422 and "重新定稿要写明原因" in answer.content.decode()
    officer.post(address, {"period": period, "cause": "补录一家组织"})
    row = Statistic.objects.filter(table="basics").latest("pk")
    page = officer.get(f"{address}{row.pk}/").content.decode()
    assert "补录一家组织" in page and "+1" in page and "历次定稿" in page and "与上次定稿的不同" in page


def test_a_content_that_was_tampered_with_is_told_so_and_periods_are_compared(officer):
    address = f"/boards/{scene.COUNTY}/statistics/"
    county, by = Jurisdiction.objects.get(code=scene.COUNTY), scene.User.objects.get(name="张科")
    old, new = (freezing.freeze(county, key, by=by, on=dt.date(2021, 1, 1)).made[0] for key in ("2017", "2019"))
    page = officer.get(f"{address}{new.pk}/", {"against": old.pk}).content.decode()
    assert "2017年度与2019年度对比" in page and "+31" in page
    Statistic.objects.filter(pk=new.pk).update(content=new.content | {"label": "改过"})
    assert "内容与指纹不一致" in officer.get(f"{address}{new.pk}/").content.decode()


def test_a_table_of_another_place_or_a_wrong_period_or_year_is_refused(officer):
    county, by = Jurisdiction.objects.get(code=scene.COUNTY), scene.User.objects.get(name="张科")
    row = freezing.freeze(county, "2019", by=by, on=dt.date(2021, 1, 1)).made[0]
    assert officer.get(f"/boards/{scene.STREET}/statistics/{row.pk}/").status_code == 404
    answer = officer.post(f"/boards/{scene.COUNTY}/statistics/", {"period": "2099"})
    assert answer.status_code == 422 and "从列出的报告期里选" in answer.content.decode()
    answer = officer.get(f"{BOARD}scorecard/", {"year": "去年"})
    assert answer.status_code == 400 and "年份应在" in answer.content.decode()
    assert "没有规定这一年的考核" in officer.get(f"{BOARD}scorecard/").content.decode()
