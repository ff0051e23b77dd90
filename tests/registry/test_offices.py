"""How people get accounts and offices: `manage.py appoint`."""

import io

import pytest
from django.core.management import CommandError, call_command

from portal.models import AuditEvent, User
from registry.models import Office
from registry.scope import roles_over

STREET = "120103001"


def appoint(*words):
    out = io.StringIO()
    call_command("appoint", *words, stdout=out)
    return out.getvalue()


def test_a_new_person_gets_an_account_an_office_and_a_password_once(places):
    said = appoint("zhang", "--name", "张三", "--role", "street", "--place", STREET)
    user = User.objects.get(username="zhang")
    assert user.check_password(said.split("初始密码：")[1].strip())
    assert roles_over(user, places.garden.code) == {"street"}
    assert AuditEvent.objects.filter(verb="office.appoint").count() == 1
    assert "初始密码" not in appoint("zhang", "--role", "leader", "--place", STREET)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--role", "street", "--place", STREET], "姓名"),
        (["--name", "张三", "--role", "street", "--place", "999999"], "没有"),
        (["--name", "张三", "--role", "street", "--place", STREET, "--from", "明天"], "日期"),
        (
            ["--name", "张三", "--role", "street", "--place", STREET, "--from", "2026-02-01", "--to", "2026-01-01"],
            "晚于",
        ),
        (["--role", "street", "--place", STREET, "--end"], "没有这个任职"),
        (["--name", "吴姐", "--role", "adviser", "--place", STREET], "单位全称"),
    ],
)
def test_what_cannot_be_done_says_why_and_leaves_nothing(words, reason, places):
    with pytest.raises(CommandError, match=reason):
        appoint("zhang", *words)
    assert not User.objects.exists() and not Office.objects.exists()


def test_an_office_is_ended_at_once(cast, places):
    appoint(cast.li.username, "--role", "street", "--place", STREET, "--end")
    assert roles_over(cast.li, places.street.code) == set()


def test_an_adviser_answers_for_the_unit_he_is_appointed_for_and_may_answer_for_two(places):
    said = ["wu", "--name", "吴姐", "--role", "adviser", "--place", "120103", "--title"]
    appoint(*said, "区教育局")
    appoint(*said, "区体育局")
    with pytest.raises(CommandError, match="已有"):
        appoint(*said, "区教育局")
    held = Office.objects.filter(user__username="wu", role="adviser", place=places.hexi)
    assert sorted(held.values_list("title", flat=True)) == ["区体育局", "区教育局"]
