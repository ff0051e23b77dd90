"""Requests nobody sends by mistake: each is told no with a problem, none breaks anything."""

import base64
import json

import pytest

from tests.api import applying


def cursor(*key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "path", ["/organisations?", "/public/organisations?", "/judgements?", "/directories?place={}&"]
)
def test_a_cursor_with_half_a_character_is_none_of_ours(speak, places, path):
    told = speak("platform").get(f"{path.format(places.hexi.code)}cursor={cursor(chr(0xD800), 1, 0)}")
    assert (told.status_code, told.json()["code"]) == (400, "bad_cursor")


def raw(speaker, path, body, kind, **headers):
    """A POST as it stands on the wire."""
    known = {"Authorization": f"Bearer {speaker.token}", "Idempotency-Key": "odd", **headers}
    return speaker.browser.generic("POST", f"/api/v1{path}", body, content_type=kind, headers=known)


def test_a_number_beyond_all_numbers_is_not_json(speak):
    body = '{"what": "organisations", "format": "csv", "query": {"q": 1e999}}'
    told = raw(speak("platform"), "/exports", body, "application/json")
    assert (told.status_code, told.json()["code"]) == (400, "malformed")


def form(**fields):
    """multipart/form-data, byte by byte; `B` is the boundary."""
    parts = [f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() for name in fields]
    return b"".join(part + value + b"\r\n" for part, value in zip(parts, fields.values(), strict=True)) + b"--B--\r\n"


@pytest.mark.parametrize("charset", ["idna", "punycode", "zlib", "rot13", "utf-16"])
def test_a_charset_that_a_client_makes_up_changes_nothing(speak, places, charset):
    one, kind = speak("platform"), f"multipart/form-data; boundary=B; charset={charset}"
    at = applying.opened(one, places.garden)["Location"].removeprefix("/api/v1")
    told = raw(one, f"{at}/materials", form(kind=b"\xe4charter", promise=b"true"), kind)
    assert 400 <= told.status_code < 500 and told["Content-Type"] == "application/problem+json"
    told = one.browser.generic("POST", "/api/v1/oauth/token", form(grant_type=b"client_credentials"), content_type=kind)
    assert (told.status_code, told.json()["error"]) == (401, "invalid_client")
    told = raw(one, "/name-checks", '{"name": "阳光", "place": "120103000000"}', f"application/json; charset={charset}")
    assert told.status_code == 200


@pytest.mark.parametrize("path", ["/me", "/public/organisations"])
def test_options_tells_nothing(speak, path):
    told = speak("platform").ask("OPTIONS", path)
    assert (told.status_code, told.json()["code"]) == (405, "method_not_allowed")
