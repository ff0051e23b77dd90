"""What if, in the browser: who may try, what is asked, what is shown, what is kept, and that nothing is written."""

import hashlib
import re

import pytest
from django.apps import apps
from django.db import connection
from django.http import QueryDict

from portal.models import AuditEvent
from registry.models import Organisation, PolicyPack
from registry.scope import Role
from supervision.forms.trials import ValuesForm
from supervision.models import Trial
from tests.supervision import scene

TRIAL = f"/boards/{scene.COUNTY}/trial/"
ASK = {"document": "jilin-2017", "on": "2019-12-31"}
LOWER = ASK | {"v-JL.u2019": "3"}  # 5 a community become 3: the street of S05 has 4.75
CAPITAL = {"document": "national", "v-CN.04": "2000"}


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


@pytest.fixture
def near(jilin):
    """Three groups with members and premises enough, and capital for the edited rule alone; one registered."""
    made = [scene.organisation("220202001001", since=scene.FOUNDED) for _ in range(2)]
    made.append(scene.organisation("220202002001"))
    rows = Organisation.objects.filter(pk__in=[one.pk for one in made])
    rows.update(capital=2000, individual_members=60, unit_members=0, premises="own")
    return made


def _checksum() -> dict[str, str]:
    """A digest of every row of every table but the sessions."""
    found = {}
    for model in apps.get_models():
        if model._meta.label == "sessions.Session":
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = sorted(map(repr, cursor.fetchall()))
        found[model._meta.label] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return found


def test_a_lower_average_turns_the_verdict_of_the_county_and_its_street(leader):
    page = leader.get(TRIAL, LOWER).content.decode()
    for words in ["未达标（平均不少于 5 个）", "达标（平均不少于 3 个）", "东街街道", "不少于 3 个", "一（三）"]:
        assert words in page, words


def test_nothing_at_all_is_written_by_a_trial(leader, near):
    before = _checksum()
    assert len(before) > 40
    for asked in (ASK, LOWER, CAPITAL, {"document": "national", "v-CN.83": "registered"}):
        assert leader.get(TRIAL, asked).status_code == 200
    assert leader.get(f"{TRIAL}organisations/", CAPITAL).status_code == 200
    assert _checksum() == before


def test_each_number_leads_to_exactly_those_organisations(leader, near):
    page = leader.get(TRIAL, CAPITAL).content.decode()
    links = re.findall(r'href="([^"]+shift=able[^"]*)">(\d+)</a>', page)
    assert [number for _, number in links] == ["2", "1", "3"]
    for address, number in links:
        listed = leader.get(address.replace("&amp;", "&")).content.decode()
        assert f"共 {number} 条" in listed
        assert listed.count('<td data-label="测算条件">登记</td>') == int(number)
    names = leader.get(links[-1][0].replace("&amp;", "&")).content.decode()
    assert all(one.name in names for one in near)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (ASK | {"v-JL.u2019": "许多"}, "“城市社区平均拥有数”应为数字"),
        (ASK | {"v-JL.u2019": ""}, "“城市社区平均拥有数”没有填写"),
        (ASK | {"d-JL.u2019": "明天"}, "“城市社区平均拥有数”的完成期限应为日期"),
        (ASK | {"d-JL.u2019": "2001-01-01"}, "“城市社区平均拥有数”：完成期限 2001-01-01 早于生效日期"),
        (ASK | {"d-JL.u2019": "2020-12-31"}, "“城市社区平均拥有数”的完成期限与本文件另一阶段的目标相同"),
        (ASK | {"v-JL.p08": "120%"}, "是一个比例，不能超过全部"),
        (CAPITAL | {"v-CN.04": "3.5"}, "“注册资金”应为整数"),
        (CAPITAL | {"v-CN.04": "9" * 39}, "“注册资金”应为数字"),
        (CAPITAL | {"v-CN.31": "nonsense"}, "“分类层次”中没有这个选项"),
        ({"document": "nonsense"}, "本地这一天没有这份文件"),
        (ASK | {"on": "2999-01-01"}, "日期不能晚于今天"),
        (LOWER | {"reading": "foundation"}, "组织形式只能选社会团体或社会服务机构"),
    ],
)
def test_what_cannot_be_tried_is_told_by_name(leader, asked, words):
    answer = leader.get(TRIAL, asked)
    assert answer.status_code == 400
    assert words in answer.content.decode()


@pytest.mark.parametrize("typed", ["２０００", "2,000", "0.2万", "2000"])
def test_numbers_are_read_as_people_type_them(leader, near, typed):
    assert ">3</a>" in leader.get(TRIAL, CAPITAL | {"v-CN.04": typed}).content.decode()


def test_a_report_is_kept_once_and_never_changes(leader, near):
    asked = CAPITAL | {"title": "放宽注册资金"}
    for _ in range(2):
        answer = leader.post(TRIAL, asked)
        assert answer.status_code == 302
    kept = Trial.objects.get()
    assert kept.changes[0]["parameter"] == "CN.04"
    assert (kept.changes[0]["before"], kept.changes[0]["after"]) == (30000, 2000)
    assert AuditEvent.objects.filter(verb="trial.keep").count() == 1
    Organisation.objects.update(capital=0)
    page = leader.get(answer["Location"]).content.decode()
    for words in ["放宽注册资金", "新够登记条件", "不低于 2000 元", kept.digest, "赵局"]:
        assert words in page, words
    assert "内容与保存时不一致" not in page
    assert "放宽注册资金" in leader.get(f"/boards/{scene.COUNTY}/trials/").content.decode()
    assert leader.get(answer["Location"], {"format": "csv"}).status_code == 200
    with pytest.raises(TypeError):
        kept.save()


def test_a_report_that_was_tampered_with_says_so(leader, near):
    address = leader.post(TRIAL, CAPITAL | {"title": "试"})["Location"]
    Trial.objects.update(result=Trial.objects.get().result | {"looked": 7})
    assert "内容与保存时不一致" in leader.get(address).content.decode()


def test_a_trial_without_a_change_says_so_and_is_not_kept(leader):
    assert "没有改动" in leader.get(TRIAL, ASK | {"all": "1", "v-JL.u2019": "5"} | _rest()).content.decode()
    assert leader.post(TRIAL, ASK | {"title": "试"}).status_code == 400
    assert not Trial.objects.exists()


def _rest() -> dict[str, str]:
    """Every other field of the form, as the page sends it."""
    pack = next(one.read() for one in PolicyPack.objects.filter(slug="jilin-2017"))
    form = ValuesForm(QueryDict(), pack)
    return {name: form.data[name] for name in form.fields if name != "v-JL.u2019"}


def test_a_report_needs_a_title(leader, near):
    answer = leader.post(TRIAL, CAPITAL)
    assert answer.status_code == 400
    assert "填写报告标题" in answer.content.decode()
    assert not Trial.objects.exists()


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.STREET])
def test_other_staff_of_the_place_read_reports_and_try_nothing(client, leader, near, role):
    address = leader.post(TRIAL, CAPITAL | {"title": "试"})["Location"]
    client.force_login(scene.person(role, scene.COUNTY, "李四"))
    assert client.get(TRIAL, CAPITAL).status_code == 403
    assert client.post(TRIAL, CAPITAL | {"title": "再试"}).status_code == 403
    assert client.get(f"{TRIAL}organisations/", CAPITAL).status_code == 403
    assert client.get(address).status_code == 200
    assert Trial.objects.count() == 1


@pytest.mark.parametrize(("role", "where"), [(Role.LEADER, scene.STREET), (Role.APPLICANT, scene.COUNTY)])
def test_a_stranger_finds_neither_trials_nor_reports(client, leader, near, role, where):
    address = leader.post(TRIAL, CAPITAL | {"title": "试"})["Location"]
    client.force_login(scene.person(role, where, "外人"))
    for one in (TRIAL, f"{TRIAL}organisations/", f"/boards/{scene.COUNTY}/trials/", address):
        assert client.get(one, CAPITAL).status_code == 404


def test_a_list_without_a_trial_is_not_found(leader):
    assert leader.get(f"{TRIAL}organisations/").status_code == 404
    assert leader.get(f"{TRIAL}organisations/", CAPITAL | {"v-CN.04": "x"}).status_code == 404
    assert leader.get(f"{TRIAL}organisations/", CAPITAL | {"within": "\x00"}).status_code == 404


def test_a_page_of_a_trial_asks_as_much_however_many_change(leader, near, django_assert_max_num_queries):
    def asked() -> int:
        with django_assert_max_num_queries(80) as found:
            leader.get(TRIAL, CAPITAL)
        return len(found)

    asked()  # what a process reads once
    few = asked()
    for _ in range(12):
        made = scene.organisation("220202002001")
        Organisation.objects.filter(pk=made.pk).update(
            capital=2000, individual_members=60, unit_members=0, premises="own"
        )
    assert asked() == few
