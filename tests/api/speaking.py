"""A client as a test speaks it: every request with its token, a fresh Idempotency-Key unless one is given."""

import json
from itertools import count
from typing import Any

from django.test import Client as Browser

ROOT = "/api/v1"
_serial = count(1)


class Speaker:
    """`get`, `post`, `put`, `delete` return Django's response; `.json()` reads it."""

    def __init__(self, key) -> None:
        self.key, self.client, self.user = key, key.client, key.client.user
        self.browser = Browser(raise_request_exception=True)
        self.token = self.fresh_token()

    def fresh_token(self, scope: str = "") -> str:
        told = self.browser.post(
            f"{ROOT}/oauth/token",
            {
                "grant_type": "client_credentials",
                "client_id": self.key.client_id,
                "client_secret": self.key.client_secret,
                **({"scope": scope} if scope else {}),
            },
        )
        assert told.status_code == 200, told.content.decode()
        return told.json()["access_token"]

    def ask(self, method: str, path: str, body: Any = None, **headers: str):
        headers = {"Authorization": f"Bearer {self.token}"} | {
            name.replace("_", "-"): one for name, one in headers.items()
        }
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        if method == "POST":
            headers.setdefault("Idempotency-Key", f"key-{next(_serial)}")
            more.setdefault("content_type", "application/json")
        return self.browser.generic(
            method, path if path.startswith("/api/") else ROOT + path, headers=headers, **_generic(more)
        )

    def get(self, path: str, **headers: str):
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str):
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str):
        return self.ask("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str):
        return self.ask("DELETE", path, **headers)

    def upload(self, path: str, files: dict[str, Any], **headers: str):
        """POST multipart/form-data."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"key-{next(_serial)}"} | {
            name.replace("_", "-"): one for name, one in headers.items()
        }
        return self.browser.post(ROOT + path, files, headers=headers)


def _generic(more: dict[str, Any]) -> dict[str, Any]:
    return {"data": more.get("data", ""), "content_type": more.get("content_type", "application/octet-stream")}
