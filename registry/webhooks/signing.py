"""Signatures of deliveries: Standard Webhooks, and the same with SM3 for endpoints that ask for it.

What is signed is `id.timestamp.body`. `v1` is HMAC-SHA256 as the standard has it; `v1sm3` is our own extension, the
same with HMAC-SM3 (GB/T 32905). While a former secret still holds there are two signatures, the new one first.
"""

import base64
import datetime as dt
import hmac
import secrets

from standardwebhooks import Webhook

from registry.models import Endpoint

MARK = "whsec_"
SIZE = 32  # bytes of a secret


def fresh() -> str:
    """A secret nobody had before, as text."""
    return MARK + base64.b64encode(secrets.token_bytes(SIZE)).decode()


def headers(endpoint: Endpoint, uid: str, body: bytes, now: dt.datetime) -> dict[str, str]:
    """The three headers of a delivery; `uid` is the same on every try of one event."""
    valid = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > now:
        valid.append(endpoint.former_secret)
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(_sign(endpoint.algorithm, one, uid, body, now) for one in valid),
    }


def _sign(algorithm: str, secret: str, uid: str, body: bytes, now: dt.datetime) -> str:
    if algorithm == Endpoint.Algorithm.SM3:
        return f"v1sm3,{base64.b64encode(sm3(secret, uid, int(now.timestamp()), body)).decode()}"
    return Webhook(secret).sign(uid, now.astimezone(dt.UTC), body.decode())


def sm3(secret: str, uid: str, timestamp: int, body: bytes) -> bytes:
    """HMAC-SM3 over `id.timestamp.body`."""
    key = base64.b64decode(secret.removeprefix(MARK))
    return hmac.digest(key, f"{uid}.{timestamp}.".encode() + body, "sm3")
