"""`manage.py assess`: facts in, receipt out; 2 and a reason in Chinese for what cannot be used."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import policies
from registry.eligibility import Facts, FactsError
from registry.models import Jurisdiction
from tests.registry.eligibility_cases import FULL
from tests.registry.test_eligibility import S01

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def assess(monkeypatch, db):
    """Runs the command on an object or on raw text or bytes; gives the receipt."""

    def run(facts, place="450103", on="2021-03-01", **options):
        raw = facts if isinstance(facts, bytes | str) else json.dumps(facts)
        buffer = io.BytesIO(raw if isinstance(raw, bytes) else raw.encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(buffer))
        out = io.StringIO()
        call_command("assess", place=place, on=on, stdout=out, **options)
        return json.loads(out.getvalue())

    return run


def test_the_receipt_has_the_keys_that_were_promised(assess):
    receipt = assess(S01)
    assert (receipt["tier"], receipt["desk"], receipt["regime"]) == ("street_managed", "street", "dual")
    rule = next(rule for rule in receipt["rules"] if rule["key"] == "registration.min_capital")
    promised = {"key", "document", "clause", "modality", "required", "actual", "verdict", "assumed"}
    assert promised <= set(rule)
    assert (rule["required"], rule["actual"], rule["verdict"], rule["modality"]) == (2000, 1500, "fail", "MUST")
    assert {"key": "registration.min_capital", "label": "注册资金还差 500 元", "lacking": 500} in receipt["missing"]
    assert [pack["slug"] for pack in receipt["pack"]] == ["guangxi-2020", "national"]


@pytest.mark.parametrize("code", ["45", "4501", "450103", "450103001", "450103001001", "450103000000", " 450103 "])
def test_a_place_is_given_with_any_of_its_lengths(assess, code):
    assert assess(S01, place=code)["tier"] == "street_managed"


def test_the_form_on_the_command_line_wins(assess):
    assert assess(S01, form="none")["rules"][0]["actual"] == "none"
    assert assess(FULL, place="220202")["tier"] == "registered"
    assert assess(FULL, place="220202", form="none")["tier"] == "filed"


def test_a_full_name_is_read(assess):
    name = "重庆市渝北区花卉园社区养老服务中心"
    receipt = assess(FULL | {"name": name}, place="500112", on="2021-09-01", form="social_service_org")
    failed = {rule["key"] for rule in receipt["rules"] if rule["verdict"] == "fail"}
    assert failed == {"name.zihao.required", "name.zihao.min_han_chars"}


def test_a_directory_of_packs_can_be_named(assess, tmp_path):
    source = ROOT / "fixtures" / "policy"
    (tmp_path / "national.yaml").write_bytes((source / "national.yaml").read_bytes())
    receipt = assess(FULL, packs=str(tmp_path))
    assert [pack["slug"] for pack in receipt["pack"]] == ["national"]


def test_loaded_editions_are_used_and_agree_with_the_files(assess):
    from_files = assess(S01)
    policies.load()
    assert assess(S01) == from_files


UNUSABLE = [
    ("", "没有输入"),
    ("   \n", "没有输入"),
    ("{", "不是有效的 JSON：第 1 行"),
    ("[1, 2]", "应为一个 JSON 对象"),
    ('"text"', "应为一个 JSON 对象"),
    ("null", "应为一个 JSON 对象"),
    ('{"colour": 1}', "不认识的项目：colour"),
    ('{"leader": {"age": 1}}', "不认识的项目：leader.age"),
    ('{"leader": []}', "leader 应为一个 JSON 对象"),
    ('{"name": {"full": "x"}}', "不认识的项目：name.full"),
    ('{"name": 5}', "name 应为一个 JSON 对象"),
    ('{"name": {"zihao": 5}}', "name.zihao 应为文字"),
    ('{"name": "' + "阳" * 201 + '"}', "name 过长"),
    ('{"capital": -1}', "capital 不能是负数"),
    ('{"capital": 2000.5}', "capital 应为不带小数的数字"),
    ('{"capital": "两千"}', "capital 应为不带小数的数字"),
    ('{"capital": "-5"}', "capital 应为不带小数的数字"),
    ('{"capital": ' + "9" * 14 + "}", "capital 数值过大"),
    ('{"capital": ' + "9" * 5000 + "}", "过大的数字"),
    ('{"individual_members": 2.0}', "individual_members 应为不带小数的数字"),
    ('{"individual_members": true}', "individual_members 应为不带小数的数字"),
    ('{"individual_members": [50]}', "individual_members 应为不带小数的数字，现在是 一个列表"),
    ('{"capital": NaN}', "不能使用的数值 NaN"),
    ('{"capital": -Infinity}', "不能使用的数值 -Infinity"),
    ('{"capital": 1e999}', "capital 应为不带小数的数字"),
    ('{"capital": 1, "capital": 2}', "重复出现"),
    ('{"legal_form": "company"}', "legal_form 只能是"),
    ('{"legal_form": ["association"]}', "legal_form 只能是"),
    ('{"category": "cooking"}', "category 只能是"),
    ('{"premises": "rented"}', "premises 只能是"),
    ('{"post_reachable": "yes"}', "post_reachable 应为 true 或 false"),
    ('{"post_reachable": 1}', "post_reachable 应为 true 或 false"),
    ('{"leader": {"banned_until": "2021-02-30"}}', "leader.banned_until 应为日期"),
    ('{"leader": {"banned_until": 20210228}}', "leader.banned_until 应为日期"),
    ('{"leader": {"leads_others": "association"}}', "leader.leads_others 应为列表"),
    ('{"leader": {"leads_others": ["none"]}}', "leader.leads_others 应为列表"),
    ('{"charter_clauses": "party_building"}', "charter_clauses 应为列表"),
    ("[" * 100_000, "嵌套过深"),
    ('{"name": ' + '{"a":' * 900 + "1" + "}" * 901, "不认识的项目"),
    (b"\xff\xfe{}", "不是 UTF-8"),
    (b" " * 1_000_001, "输入过长"),
]


@pytest.mark.parametrize(("raw", "reason"), UNUSABLE, ids=range(len(UNUSABLE)))
def test_input_that_cannot_be_used_is_refused_with_its_reason(assess, raw, reason):
    with pytest.raises(CommandError, match=reason) as refused:
        assess(raw)
    assert refused.value.returncode == 2


PLACES = [
    (None, "--place 应为"),
    ("", "--place 应为"),
    ("45010", "--place 应为"),
    ("4501030000001", "--place 应为"),
    ("广西", "--place 应为"),
    ("99", "没有这个地方"),
    ("000000", "没有这个地方"),
]
DAYS = [None, "", "2021-2-3", "2021-02-30", "昨天", "20210301", "2021-W01-1"]


@pytest.mark.parametrize(("code", "reason"), PLACES)
def test_a_place_that_cannot_be_is_refused(assess, code, reason):
    with pytest.raises(CommandError, match=reason) as refused:
        assess(S01, place=code)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_cannot_be_is_refused(assess, day):
    with pytest.raises(CommandError, match="--on 应为日期") as refused:
        assess(S01, on=day)
    assert refused.value.returncode == 2


def test_a_day_before_every_document_is_refused(assess):
    with pytest.raises(CommandError, match="没有生效的政策文件") as refused:
        assess(S01, on="1980-01-01")
    assert refused.value.returncode == 2


def test_a_place_missing_from_a_loaded_county_is_refused_and_one_beyond_the_register_is_not(assess):
    province = Jurisdiction.objects.create(code="450000000000", name="广西壮族自治区", level=1, kind="province")
    Jurisdiction.objects.create(code="450103000000", name="青秀区", level=3, kind="county", parent=province)
    assert assess(S01, place="450103")["place"] == "450103000000"
    assert assess(S01, place="450203")["tier"] == "street_managed"  # only demo counties are loaded
    with pytest.raises(CommandError, match="没有这个地方：450103999"):
        assess(S01, place="450103999")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(FULL)), VALUES, max_size=6))
def test_whatever_is_given_is_read_or_refused(data):
    try:
        Facts.from_json(data)
    except FactsError as refused:
        assert str(refused)


def test_the_command_leaves_with_two_and_speaks_on_standard_error(tmp_path):
    command = [sys.executable, "manage.py", "assess", "--place", "450103", "--on", "2021-03-01"]
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none/db.sqlite3"}
    runs = [
        subprocess.run(command, input=text.encode(), capture_output=True, cwd=ROOT, env=environment, check=False)
        for text in (json.dumps(S01), '{"capital": -1}')
    ]
    assert [run.returncode for run in runs] == [0, 2]
    assert json.loads(runs[0].stdout)["tier"] == "street_managed"
    assert runs[1].stdout == b"" and "capital 不能是负数" in runs[1].stderr.decode()
