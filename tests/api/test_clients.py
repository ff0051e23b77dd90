"""Clients on the command line: what is told once, what is kept, and how quickly a change tells."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client as Browser

from portal.models import AuditEvent, Client
from registry import clients
from registry.scope import Role


def said(*words: str) -> str:
    out = StringIO()
    call_command("client", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def made(places) -> dict[str, str]:
    told = said("make", "市政务平台", "applicant@120103", "leader@120103000000", "--mail", "ops@example.com")
    return dict(re.findall(r"^(client_\w+)：(\S+)$", told, re.MULTILINE)) | {"told": told}


def token(key: dict[str, str], **more: str):
    asked = {"grant_type": "client_credentials", "client_id": key["client_id"], "client_secret": key["client_secret"]}
    return Browser().post("/api/v1/oauth/token", asked | more)


def test_a_new_client_is_told_its_secret_once_and_what_it_may(made):
    assert "只显示这一次" in made["told"] and "scope cases.write@120103000000" in made["told"]
    assert token(made).status_code == 200
    shown = said("show", "市政务平台")
    assert made["client_id"] in shown and made["client_secret"] not in shown
    assert "市政务平台" in said("list") and "启用" in said("list")


def test_the_secret_is_kept_as_a_hash_that_costs_little(made):
    kept = Client.objects.get().application.client_secret
    assert made["client_secret"] not in kept and kept.startswith("pbkdf2_quick$1000$")


def test_a_rotated_secret_replaces_the_old_one(made):
    told = said("rotate", "市政务平台")
    assert token(made).status_code == 401
    fresh = re.search(r"client_secret：(\S+)", told)[1]
    assert token(made | {"client_secret": fresh}).status_code == 200


def test_suspended_gets_no_token_and_resumed_does(made):
    said("suspend", "市政务平台")
    assert token(made).status_code == 401 and token(made).json()["error"] == "invalid_client"
    assert "停用" in said("show", "市政务平台")
    said("resume", "市政务平台")
    assert token(made).status_code == 200


def test_what_is_granted_and_revoked_shows_in_the_next_token(made, places):
    said("grant", "市政务平台", "street@120103001")
    assert "cases.act:street@120103001000" in token(made).json()["scope"]
    said("revoke", "市政务平台", "street@120103001")
    assert "cases.act" not in token(made).json()["scope"]
    assert "street@" not in said("show", "市政务平台")


def test_every_change_of_a_client_is_in_the_trail(made, places):
    said("grant", "市政务平台", "street@120103001")
    said("revoke", "市政务平台", "street@120103001")
    for act in ("rotate", "suspend", "resume"):
        said(act, "市政务平台")
    verbs = {f"client.{act}" for act in ("make", "grant", "revoke", "rotate", "suspend", "resume")}
    assert verbs <= set(AuditEvent.objects.values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("make", "市政务平台"), "已经有"),
        (("make", "甲", "king@120103"), "没有这个角色"),
        (("make", "甲", "applicant@999999"), "没有区划代码"),
        (("make", "甲", "applicant@12x"), "区划代码应为"),
        (("make", "甲", "120103"), "角色@区划"),
        (("make", "甲", "--per-minute", "0"), "至少是 1"),
        (("show", "乙"), "没有名为"),
        (("revoke", "市政务平台", "street@120103"), "没有这个任职"),
        (("grant", "市政务平台", "applicant@120103"), "已有这个任职"),
    ],
)
def test_mistakes_are_told_in_words_and_change_nothing(made, words, why):
    with pytest.raises(CommandError, match=why):
        said(*words)
    assert Client.objects.count() == 1


def test_nobody_signs_in_with_the_account_of_a_client(made, client):
    user = Client.objects.get().user
    assert not user.has_usable_password()
    for secret in (made["client_secret"], "", user.password):
        told = client.post("/login/", {"username": user.username, "password": secret})
        assert told.status_code == 200 and "_auth_user_id" not in client.session


def test_a_client_of_a_unit_that_is_asked_has_its_name_for_a_unit(places):
    key = clients.make("卫生健康委员会", [(Role.ADVISER, "120103")])
    assert key.client.user.offices.get().title == "卫生健康委员会"
