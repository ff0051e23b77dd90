"""Unified identity: a signed word about who applies is checked in every way, used once, and kept without the number."""

import time

import pytest
from jwcrypto import jwk, jwt

from portal.crypto import blind
from portal.models import AuditEvent
from registry.exchange import identity
from tests import builders

ISSUER, AUDIENCE, NUMBER = "https://identity.example", "shzz", builders.identity_number(3)


@pytest.fixture(scope="module")
def key():
    return jwk.JWK.generate(kty="EC", crv="P-256")


@pytest.fixture
def platform(speak, settings, key):
    settings.IDENTITY_KEY, settings.IDENTITY_ISSUER, settings.IDENTITY_AUDIENCE = key.export_public(), ISSUER, AUDIENCE
    return speak("platform")


@pytest.fixture
def case(platform, cast, places):
    return builders.draft(platform.user, places.garden)


@pytest.fixture
def sign(platform, key):
    """An assertion as the identity platform gives it; what is named is said otherwise."""

    def one(by=None, alg="ES256", **more):
        claims = {"iss": ISSUER, "aud": AUDIENCE, "azp": platform.key.client_id, "exp": int(time.time()) + 300}
        claims |= {"jti": "j1", "name": "刘桂兰", "id_number": NUMBER, "level": "3", "phone": "13912345678"} | more
        told = jwt.JWT(header={"alg": alg}, claims={name: one for name, one in claims.items() if one is not None})
        told.make_signed_token(by or key)
        return told.serialize()

    return one


def ask(speaker, case, assertion):
    return speaker.post("/identities/verify", {"case": case.pk, "assertion": assertion})


def test_who_applies_is_kept_with_the_case_and_masked(platform, case, sign):
    told = ask(platform, case, sign())
    assert told.status_code == 201, told.content.decode()
    assert told.json() == {"case": case.pk, "name": "刘*", "phone": "139****5678", "level": "3"}
    note = identity.applicant(case)
    assert (note.for_whom, note.by, note.changes["identity"][1]) == ("刘桂兰", platform.user, blind(NUMBER))
    assert NUMBER not in str(note.changes) and NUMBER not in note.summary


def test_a_key_of_rsa_is_believed_too(platform, case, sign, settings):
    other = jwk.JWK.generate(kty="RSA", size=2048)
    settings.IDENTITY_KEY = other.export_public()
    assert ask(platform, case, sign(by=other, alg="RS256")).status_code == 201


def test_it_is_used_once(platform, case, sign):
    assert ask(platform, case, sign()).status_code == 201
    again = ask(platform, case, sign())
    assert again.status_code == 409 and again.json()["code"] == "assertion_used"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://somebody.example"},
        {"aud": "another"},
        {"azp": "another-client"},
        {"azp": None},
        {"exp": 1},
        {"exp": None},
        {"exp": 4_000_000_000},
        {"jti": None},
        {"jti": ""},
        {"name": " "},
        {"level": "9"},
        {"id_number": "120103195803150010"},
        {"id_number": None},
    ],
    ids=str,
)
def test_what_does_not_prove_it_is_refused_and_leaves_nothing(wrong, platform, case, sign):
    told = ask(platform, case, sign(**wrong))
    assert told.status_code == 422 and told.json()["code"].startswith("assertion_")
    assert not AuditEvent.objects.filter(verb="case.identify").exists()
    assert ask(platform, case, sign()).status_code == 201  # nothing was used up


def test_a_word_of_somebody_else_and_no_word_at_all_are_refused(platform, case, sign):
    stranger = jwk.JWK.generate(kty="EC", crv="P-256")
    header, body, mac = sign().split(".")
    none = "eyJhbGciOiJub25lIn0"
    for told in (sign(by=stranger), f"{header}.{body}.{mac[::-1]}", f"{none}.{body}.", "x", "a.b.c"):
        assert ask(platform, case, told).status_code == 422, told


def test_a_public_key_is_no_shared_secret(platform, case, sign, key):
    forged = jwk.JWK(kty="oct", k=key.thumbprint())
    assert ask(platform, case, sign(by=forged, alg="HS256")).status_code == 422


def test_only_for_ones_own_case(platform, case, sign, speak, cast, places):
    other = builders.draft(cast.auntie, places.garden)
    assert ask(platform, other, sign()).status_code == 404
    assert ask(speak("neighbour"), case, sign()).status_code == 404


def test_where_nobody_is_believed_it_says_so(platform, case, sign, settings):
    settings.IDENTITY_KEY = ""
    told = ask(platform, case, sign())
    assert told.status_code == 409 and told.json()["code"] == "identity_not_connected"
