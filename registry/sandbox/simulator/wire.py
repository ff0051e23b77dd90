"""The line to the portal, as a careful client keeps it: the same request again until it is answered."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import urllib3

TRIES = 8
LATER = {409: ("in_flight", "conflict"), 429: (), 503: ()}  # to be asked again: any, or with these codes


@dataclass(frozen=True)
class Reply:
    """An answer; `told` is its JSON (empty for none)."""

    status: int
    told: dict[str, Any]
    etag: str
    headers: Any

    @property
    def code(self) -> str:
        return str(self.told.get("code", ""))


@dataclass
class Wire:
    """One client's line; safe to use from many threads. `statuses` counts every answer."""

    url: str
    client_id: str
    client_secret: str
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pool = urllib3.PoolManager(maxsize=32, retries=False, timeout=60)
        self.lock, self.token = threading.Lock(), ""

    def ask(
        self, method: str, path: str, body: Any = None, *, key: str = "", match: str = "", files: dict | None = None
    ) -> Reply:
        """Ask until there is an answer that is not “later”. The key makes asking again harmless."""
        found = None
        for attempt in range(TRIES):
            try:
                found = self._once(method, path, body, key=key, match=match, files=files)
            except urllib3.exceptions.HTTPError:
                time.sleep(0.2 * 2**attempt)
                continue
            codes = LATER.get(found.status)
            if found.status == 401:
                self.token = ""
            elif codes is None or (codes and found.code not in codes):
                break
            time.sleep(min(5, int(found.headers.get("Retry-After", "1"))))
        if found is None:
            raise ConnectionError(f"没有应答：{method} {path}")
        return found

    def cut(self, method: str, path: str, body: Any, *, key: str = "", match: str = "") -> None:
        """Send a request to its end and hang up before reading the answer."""
        where = urlsplit(self.url)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = kind(where.netloc, timeout=30)
        try:
            content, media = _content(body, None)
            line.request(method, f"/api/v1{path}", body=content, headers=self._headers(key, match, media))
        finally:
            line.close()

    def raw(self, method: str, path: str, content: bytes, **headers: str) -> int:
        """Send these very bytes; the status of the answer."""
        given = self._headers("", "", "application/json") | {
            name.replace("_", "-"): one for name, one in headers.items()
        }
        found = self.pool.request(method, f"{self.url}/api/v1{path}", body=content, headers=given, redirect=False)
        self._count(method, path, found.status)
        return found.status

    def _once(self, method: str, path: str, body: Any, *, key: str, match: str, files: dict | None) -> Reply:
        content, media = _content(body, files)
        found = self.pool.request(
            method,
            f"{self.url}/api/v1{path}",
            body=content,
            headers=self._headers(key, match, media),
            redirect=False,
        )
        self._count(method, path, found.status)
        told = json.loads(found.data) if found.data and "json" in found.headers.get("Content-Type", "") else {}
        return Reply(found.status, told, found.headers.get("ETag", ""), found.headers)

    def _headers(self, key: str, match: str, media: str) -> dict[str, str]:
        found = {"Authorization": f"Bearer {self._token()}", "X-Acting-Person": "%E6%A8%A1%E6%8B%9F"}
        named = {"Idempotency-Key": key, "If-Match": match, "Content-Type": media}
        return found | {name: value for name, value in named.items() if value}

    def _token(self) -> str:
        with self.lock:
            if not self.token:
                asked = {"grant_type": "client_credentials"}
                asked |= {"client_id": self.client_id, "client_secret": self.client_secret}
                url = f"{self.url}/api/v1/oauth/token"
                told = self.pool.request("POST", url, fields=asked, encode_multipart=False)
                if told.status != 200:
                    raise ConnectionError(f"换不到令牌（{told.status}）：{told.data.decode(errors='replace')[:200]}")
                self.token = json.loads(told.data)["access_token"]
            return self.token

    def _count(self, method: str, path: str, status: int) -> None:
        with self.lock:
            self.statuses[status] += 1
            if status >= 500 and status != 503:
                self.faults.append(f"{method} {path} → {status}")


def _content(body: Any, files: dict | None) -> tuple[bytes | None, str]:
    if files is not None:
        return urllib3.encode_multipart_formdata(files)
    return (None, "") if body is None else (json.dumps(body).encode(), "application/json")
