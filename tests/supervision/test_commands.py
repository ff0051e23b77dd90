"""`manage.py targets` and `manage.py night`: the same numbers as the pages, and a reason for what cannot be used."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from registry.models import Jurisdiction
from supervision import boards
from tests.supervision import scene


def test_targets_prints_the_board_itself(jilin, capsys):
    call_command("targets", place="220202001", on="2019-12-31", format="json")
    printed = json.loads(capsys.readouterr().out)
    street = Jurisdiction.objects.get(code=scene.STREET)
    assert printed == json.loads(json.dumps(boards.coverage(street, dt.date(2019, 12, 31)).to_json()))


def test_targets_as_a_table_is_in_words(jilin, capsys):
    call_command("targets", place=scene.STREET, on="2019-12-31")
    printed = capsys.readouterr().out
    assert "还差 1 个组织" in printed and "一（三）" in printed


@pytest.mark.parametrize(
    ("place", "on", "words"),
    [
        ("999999", "2019-12-31", "没有区划代码"),
        ("22020", "2019-12-31", "2、4、6、9 或 12 位"),
        (scene.STREET, "2999-01-01", "日期不能晚于今天"),
        (scene.STREET, "去年", "日期的写法不对"),
    ],
)
def test_unusable_input_ends_with_two_and_the_reason(jilin, capsys, place, on, words):
    with pytest.raises(SystemExit) as ended:
        call_command("targets", place=place, on=on)
    assert (ended.value.code, words in capsys.readouterr().err) == (2, True)


def test_night_tells_what_it_did(jilin, capsys):
    call_command("night", on="2020-01-01")
    assert "检查了 5 个地方" in capsys.readouterr().out
    call_command("night", on="2020-01-01")
    assert "已经检查过" in capsys.readouterr().out
    call_command("night", "--catch-up", on="2020-01-03")
    assert capsys.readouterr().out.count("检查了") == 2


def test_night_refuses_a_day_to_come(db, capsys):
    with pytest.raises(SystemExit):
        call_command("night", on="2999-01-01")
    assert "日期不能晚于今天" in capsys.readouterr().err
