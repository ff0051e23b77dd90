"""Personal data at rest: AES-256-GCM with a key id in front, and a keyed hash for exact search.

A database dump must not give away an identity number or a telephone number (个人信息保护法 51). The
blind index lets the same number be found again without being readable.
"""

import base64
import hashlib
import hmac
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

KEY_ID = "a1"


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{settings.FIELD_KEY}".encode()).digest()


def seal(text: str) -> str:
    """Ciphertext of a text, `a1:` + base64; empty stays empty."""
    if not text:
        return ""
    nonce = secrets.token_bytes(12)
    body = AESGCM(_key("seal")).encrypt(nonce, text.encode(), KEY_ID.encode())
    return f"{KEY_ID}:{base64.b64encode(nonce + body).decode()}"


def unseal(token: str) -> str:
    """The text of a ciphertext; `ValueError` when it was sealed with another key or altered."""
    if not token:
        return ""
    key_id, _, body = token.partition(":")
    raw = base64.b64decode(body)
    try:
        return AESGCM(_key("seal")).decrypt(raw[:12], raw[12:], key_id.encode()).decode()
    except InvalidTag as fault:
        raise ValueError("密文无法解开：密钥不符或内容被改动") from fault


def blind(text: str) -> str:
    """A keyed hash of a normalised number, for equality search; empty for nothing."""
    return hmac.new(_key("blind"), text.encode(), hashlib.sha256).hexdigest() if text else ""


class SealedTextField(models.TextField):
    """Text that is stored as ciphertext and read as plain text."""

    def get_prep_value(self, value: str | None) -> str:
        return seal(value or "")

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str:
        return unseal(value or "")


class SealedJSONField(models.TextField):
    """A small JSON object stored as ciphertext and read as a dict."""

    def get_prep_value(self, value: dict | None) -> str:
        return seal(json.dumps(value or {}, ensure_ascii=False, sort_keys=True))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> dict:
        return json.loads(unseal(value) or "{}") if value else {}

    def to_python(self, value: object) -> object:
        return json.loads(value) if isinstance(value, str) and value else value or {}
