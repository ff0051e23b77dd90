"""The token endpoint and what stands behind it: the standard's errors, narrow scopes, nothing usable in the tables."""

import base64
import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.test import Client as Browser
from django.utils import timezone
from oauth2_provider.models import AccessToken

from portal.api import callers
from portal.models import AuditEvent, KeptAnswer
from registry import clients, offices
from registry.tasks import forget

TOKEN, REVOKE = "/api/v1/oauth/token", "/api/v1/oauth/revoke"


def ask(speaker, url=TOKEN, **more):
    """A token request of a client; a value of None leaves the parameter out."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": speaker.key.client_id,
        "client_secret": speaker.key.client_secret,
    } | more
    return Browser().post(url, {name: value for name, value in asked.items() if value is not None})


def scopes(speaker, token: str) -> set[str]:
    told = speaker.get("/me", Authorization=f"Bearer {token}").json()["scopes"]
    return {f"{one['ability']}@{one['place']}" for one in told}


@pytest.mark.parametrize(
    ("more", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": None}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": "with\0nul"}, 400, "invalid_request"),
        ({"client_id": None}, 401, "invalid_client"),
        ({"grant_type": "password", "username": "a", "password": "b"}, 400, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"scope": "cases.act:approver@120103000000"}, 400, "invalid_scope"),
        ({"scope": "cases.write@120101000000"}, 400, "invalid_scope"),
        ({"scope": "everything"}, 400, "invalid_scope"),
        ({"scope": "cases.write@120103000000 cases.write@120000000000"}, 400, "invalid_scope"),
    ],
)
def test_errors_are_those_of_the_standard(speak, more, status, error):
    told = ask(speak("platform"), **more)
    assert (told.status_code, told.json()["error"]) == (status, error)
    assert told["Content-Type"].startswith("application/json") and told["RateLimit-Limit"]


def test_the_key_may_come_as_basic_authentication(speak):
    key = speak("platform").key
    basic = base64.b64encode(f"{key.client_id}:{key.client_secret}".encode()).decode()
    told = Browser().post(TOKEN, {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {basic}"})
    assert told.status_code == 200 and told.json()["token_type"] == "Bearer"


def test_a_body_that_is_no_form_is_told_so_and_no_cookie_is_asked_for(speak):
    for url in (TOKEN, REVOKE):
        told = Browser(enforce_csrf_checks=True).generic("POST", url, "a=b", "multipart/form-data")
        assert (told.status_code, told.json()["error"]) == (400, "invalid_request")
    key = speak("platform").key
    asked = {"grant_type": "client_credentials", "client_id": key.client_id, "client_secret": key.client_secret}
    assert Browser(enforce_csrf_checks=True).post(TOKEN, asked).status_code == 200


def test_only_post_and_only_so_often(speak, settings):
    one = speak("platform")
    told = Browser().get(TOKEN)
    assert told.status_code == 405 and told["Content-Type"] == "application/problem+json" and "POST" in told["Allow"]
    settings.API_TOKENS_PER_MINUTE = 3
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2), tick=False):
        assert [ask(one).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
        told = ask(one)
        assert told.json()["error"] == "slow_down" and told["Retry-After"] == told["RateLimit-Reset"]


def test_a_token_may_be_narrower_than_the_client(speak, places):
    one = speak("platform")
    for scope in ("cases.write@120103000000", f"cases.write@{places.street.code}"):
        told = ask(one, scope=scope).json()
        assert told["scope"] == scope and scopes(one, told["access_token"]) == {scope}


def test_a_token_lasts_an_hour(speak):
    one = speak("platform")
    assert ask(one).json()["expires_in"] == 3600
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=59)):
        assert one.get("/me").status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert one.get("/me").json()["code"] == "invalid_token"


def test_a_revoked_token_ends_at_once_and_nobody_revokes_that_of_another(speak):
    one, other = speak("platform"), speak("neighbour")
    assert ask(other, REVOKE, token=one.token).status_code == 200
    assert one.get("/me").status_code == 200
    assert ask(one, REVOKE, token=one.token).status_code == 200
    assert one.get("/me").status_code == 401


def test_no_row_holds_a_usable_token_or_secret(speak):
    one = speak("platform")
    one.get("/me")
    usable = (one.token, one.key.client_secret)
    for model in apps.get_models():
        for row in model.objects.all().values():
            assert not any(isinstance(cell, str) and any(text in cell for text in usable) for cell in row.values())
    assert AccessToken.objects.get(application=one.client.application).token == ""


def test_a_checksum_opens_nothing(speak):
    one = speak("platform")
    kept = AccessToken.objects.get(application=one.client.application).token_checksum
    assert one.get("/me", Authorization=f"Bearer {kept}").status_code == 401


def test_an_office_that_ended_takes_its_scopes_from_tokens_already_given(speak, places):
    one = speak("platform")
    assert one.get("/cases").status_code in (200, 404)
    clients.revoke(one.client, "applicant", places.hexi.code)
    left = scopes(one, one.token)
    assert "cases.write@120103000000" not in left and "register.read@120103000000" in left
    street = speak("street")
    narrow = street.fresh_token(f"cases.act:street@{places.garden.code}")
    offices.end(street.user.username, role="street", place=places.street, on=timezone.localdate())
    assert scopes(street, street.token) == scopes(street, narrow) == set()


def test_who_calls_costs_one_query(speak, django_assert_num_queries):
    one = speak("platform")
    with django_assert_num_queries(1):
        found = callers.caller(one.token, timezone.now())
        assert found.user.name == one.client.user.name


def test_what_is_over_is_swept_by_night_and_nothing_else(speak, settings):
    one, now = speak("platform"), timezone.now()
    kept = {"owner": one.user, "fingerprint": "f", "status": 201, "body": "{}"}
    for key, hours in {"old": 73, "young": 71}.items():
        row = KeptAnswer.objects.create(key=key, **kept)
        KeptAnswer.objects.filter(pk=row.pk).update(at=now - dt.timedelta(hours=hours))
    AccessToken.objects.update(expires=now - dt.timedelta(seconds=1))
    one.token = one.fresh_token()
    assert forget() == 2 and forget() == 0
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["young"]
    assert one.get("/me").status_code == 200


def test_whom_a_client_acts_for_stands_in_the_trail_of_all_it_does(speak, places):
    one = speak("platform")
    names = {"X_Acting_Person": "%E7%8E%8B%E7%AA%97%E5%8F%A3", "X_Request_ID": "req-7"}
    told = one.post("/cases", {"item": "filing", "place": places.garden.code, "reference": "A-1"}, **names)
    assert told.status_code == 201, told.content.decode()
    path, said = f"/cases/{told.json()['id']}", {"answers": {"full_party_members": 3}}
    assert one.put(f"{path}/sections/party", said, If_Match="*", **names).status_code == 200
    assert one.post(f"{path}/withdraw", {}, If_Match="*", **names).status_code == 200
    rows = AuditEvent.objects.filter(by=one.user)
    assert {row.verb for row in rows} >= {"case.open", "case.save", "case.withdraw"}
    assert {(row.for_whom, row.request) for row in rows} == {("王窗口", "req-7")}
