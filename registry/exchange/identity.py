"""Unified identity as a port: who stands behind an application, by the signed word of somebody we believe.

One implementation works: a JWT (RS256 or ES256) of an identity platform, checked with its public key, for us (`aud`),
from it (`iss`), for this client (`azp`), not old (`exp`), used once (`jti`). Of the identity number only the keyed
hash is kept.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from jwcrypto import jwk, jwt
from jwcrypto.common import JWException

from portal import actions as audit
from portal.acting import Acting, acting, on_behalf
from portal.crypto import blind
from portal.errors import OutOfTurn, Refusal
from portal.models import AuditEvent, Client, KeptAnswer
from registry import identity
from registry.models import Case

LONGEST = 600  # seconds an assertion may be good for
ALGORITHMS = ["RS256", "ES256"]
LEVELS = ("1", "2", "3", "4")  # how sure the identity platform is; what each means is its own


class Unproven(Refusal):
    """The assertion does not prove who somebody is."""


@dataclass(frozen=True)
class Identity:
    """A person as somebody we believe knows him: `id_index` is the keyed hash of the identity number."""

    name: str
    id_index: str
    level: str
    phone: str = ""


class Verifier(Protocol):
    """Who can say who somebody is."""

    def verify(self, assertion: str, *, client: Client) -> Identity:
        """The person an assertion names. `Unproven` where it proves nothing, `OutOfTurn` when it was used before."""


class SignedAssertion:
    """The word of an identity platform as a signed JWT."""

    def __init__(self, key: str, issuer: str, audience: str) -> None:
        self.key, self.issuer, self.audience = _key(key), issuer, audience

    def verify(self, assertion: str, *, client: Client) -> Identity:
        """As `Verifier`; call it in the transaction that keeps what it proves."""
        claims = self._claims(assertion, client)
        _use(client, f"{self.issuer} {claims['jti']}")
        number = identity.normalise(str(claims.get("id_number", "")))
        try:
            identity.check_identity_number(number, on=timezone.localdate())
        except ValueError as fault:
            raise Unproven("身份凭证里的证件号码不对", code="assertion_incomplete", field="assertion") from fault
        level = str(claims.get("level", ""))
        name = str(claims.get("name", "")).strip()[:40]
        if not name or level not in LEVELS:
            raise Unproven("身份凭证里没有姓名或认证等级", code="assertion_incomplete", field="assertion")
        return Identity(name, blind(number), level, str(claims.get("phone", "")))

    def _claims(self, assertion: str, client: Client) -> dict[str, Any]:
        asked = {"iss": self.issuer, "aud": self.audience, "azp": client.application.client_id}
        try:
            read = jwt.JWT(
                jwt=assertion, key=self.key, algs=ALGORITHMS, check_claims={**asked, "exp": None, "jti": None}
            )
            claims = json.loads(read.claims)
        except (JWException, ValueError, TypeError) as fault:
            raise Unproven(
                "身份凭证无效：签名、签发方、接收方、接入方或有效期不对", code="assertion_invalid", field="assertion"
            ) from fault
        if claims["exp"] > timezone.now().timestamp() + LONGEST or not str(claims["jti"]):
            raise Unproven("身份凭证有效期太长，最多 10 分钟", code="assertion_too_long", field="assertion")
        return claims


def _key(told: str) -> jwk.JWK:
    """A public key given as a file (PEM or JWK) or as the JWK itself."""
    text = told if told.lstrip().startswith("{") else Path(told).read_text()
    return jwk.JWK.from_json(text) if text.lstrip().startswith("{") else jwk.JWK.from_pem(text.encode())


def _use(client: Client, one: str) -> None:
    """Mark an assertion as used. It is kept with the client's answers, and for longer than an assertion is good for."""
    digest = hashlib.sha256(one.encode()).hexdigest()
    try:
        with transaction.atomic():
            KeptAnswer.objects.create(
                owner=client.user, key=f"assertion:{digest}", fingerprint=digest, status=204, body=""
            )
    except IntegrityError as fault:
        raise OutOfTurn("这份身份凭证已经用过，重新取一份", code="assertion_used") from fault


def port() -> Verifier:
    """Who is believed here; `OutOfTurn` where nobody is."""
    if not (settings.IDENTITY_KEY and settings.IDENTITY_ISSUER and settings.IDENTITY_AUDIENCE):
        raise OutOfTurn("这里没有接入统一身份认证", code="identity_not_connected")
    return SignedAssertion(settings.IDENTITY_KEY, settings.IDENTITY_ISSUER, settings.IDENTITY_AUDIENCE)


@transaction.atomic
def keep(case: Case, assertion: str, *, client: Client) -> Identity:
    """Check who applies in a case and keep it on record: the name for whom, how sure, and the hash of the number."""
    found = port().verify(assertion, client=client)
    with on_behalf(Acting(found.name, acting().request)):
        audit.note(
            "case.identify",
            f"case:{case.pk}",
            by=client.user,
            place_code=case.place_code,
            summary=f"{case}：统一身份认证，等级 {found.level}",
            identity=["", found.id_index],
            level=["", found.level],
        )
    return found


def applicant(case: Case) -> AuditEvent | None:
    """Who was last proven to apply in a case."""
    return AuditEvent.objects.filter(subject=f"case:{case.pk}", verb="case.identify").first()
