"""What stands there before a story of `docs/api/examples/` begins; each gives the things its steps name."""

import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from jwcrypto import jwk, jwt

from registry.exports import making
from registry.webhooks import feed
from tests import builders


def empty(world: SimpleNamespace) -> dict[str, Any]:
    """The places of the cast and nothing else."""
    return {"street": world.places.street.code, "county": world.places.hexi.code, "community": world.places.garden.code}


def keys(world: SimpleNamespace) -> dict[str, Any]:
    """A client and its key."""
    key = world.speak("platform").key
    return {"client_id": key.client_id, "client_secret": key.client_secret}


def people(world: SimpleNamespace) -> dict[str, Any]:
    """The places, and an identity number that is nobody's."""
    return {**empty(world), "id_number": builders.identity_number()}


def register(world: SimpleNamespace) -> dict[str, Any]:
    """A few organisations on the register, one of them a hub, one with its certificate."""
    make = builders.organisation
    found = make(world.places.garden, name="阳光舞蹈队", category="culture_sports", activities="排练和演出")
    make(world.places.garden, name="邻里互助社", category="mutual_aid", activities="帮助独居老人")
    union = {"kind": "registered", "scope": "street", "hub_type": "federation"}
    hub = make(world.places.street, name="大营门街道社区社会组织联合会", **union)
    said = builders.answers("晨光合唱团")
    done = builders.walk(builders.draft(world.cast.wang, world.places.garden, said=said), world.cast)
    paper = done.organisation.certificates.get().number
    more = {"certificate": paper, "certificate_path": quote(paper)}
    return {**empty(world), "organisation": found.pk, "hub": hub.hub.pk, "public": done.organisation.pk, **more}


def handed(world: SimpleNamespace) -> dict[str, Any]:
    """An application of the platform's with the committee."""
    case = builders.draft(world.speak("platform").user, world.places.garden, key="HX-2026-0009")
    return {**people(world), "case": builders.walk(case, world.cast, moves=1).pk}


def closed(world: SimpleNamespace) -> dict[str, Any]:
    """An application of the platform's with its end."""
    case = builders.draft(world.speak("platform").user, world.places.garden, key="HX-2026-0005")
    return {"case": builders.walk(case, world.cast).pk}


def proven(world: SimpleNamespace) -> dict[str, Any]:
    """An application, and the word of an identity platform about who applies."""
    key, speaker = jwk.JWK.generate(kty="EC", crv="P-256"), world.speak("platform")
    world.settings.IDENTITY_KEY = key.export_public()
    world.settings.IDENTITY_ISSUER, world.settings.IDENTITY_AUDIENCE = "https://identity.example.org", "shzz"
    claims = {
        "iss": "https://identity.example.org",
        "aud": "shzz",
        "azp": speaker.key.client_id,
        "jti": "1",
        "level": "3",
    }
    claims |= {"exp": int(time.time()) + 300, "name": "刘桂兰", "id_number": builders.identity_number()}
    word = jwt.JWT(header={"alg": "ES256"}, claims=claims)
    word.make_signed_token(key)
    return {**handed(world), "assertion": word.serialize()}


def sandbox(world: SimpleNamespace) -> dict[str, Any]:
    """The sandbox, with an application that ends in -BZ."""
    world.settings.SANDBOX = True
    case = builders.draft(world.speak("platform").user, world.places.garden, key="TRY-1-BZ")
    return {"case": builders.walk(case, world.cast, moves=1).pk}


def hooks(world: SimpleNamespace) -> dict[str, Any]:
    """Events of one case."""
    world.settings.OUTBOUND_ALLOWED = ["platform.example.org"]
    return handed(world)


EVERY = {one.__name__: one for one in (empty, keys, people, register, handed, closed, proven, sandbox, hooks)}
MEANWHILE = {"export": lambda known: making.make(timezone.now()), "feed": lambda known: feed.number()}
