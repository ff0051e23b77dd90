"""Idempotency-Key: the same request sent twice is done once and answered the same.

The key is kept with the answer in the transaction that did the thing (table `KeptAnswer`), so that neither can be
there without the other. A refusal is not kept: it changed nothing, and the same key may try again once the reason is
gone. Two at the same moment: the second is told so (409) and comes back.
"""

import hashlib
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.problems import BadRequest
from portal.api.rendering import dump
from portal.errors import OutOfTurn, Refusal
from portal.models import KeptAnswer, User

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
LONGEST = 255
KEPT = ("ETag", "Location")


class InFlight(OutOfTurn):
    """The first of two requests with one key is still being answered."""

    retry = 1


def read(request: Request) -> str:
    """The key of a request; 400 without one, or with one that is not 1 to 255 visible ASCII characters."""
    key = request.headers.get(HEADER, "")
    if not key:
        raise BadRequest(
            "这个操作要带 Idempotency-Key：自己生成、每件事不同、重发时不变", code="idempotency_key_missing"
        )
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise BadRequest("Idempotency-Key 要是 1 到 255 个可见的 ASCII 字符", code="idempotency_key_malformed")
    return key


def once(request: Request, owner: User, work: Callable[[], Response], sight: Callable[[], None]) -> Response:
    """Do the work under the key of the request, or answer what was answered then, if `sight` still lets it be seen.

    `Refusal` 422 when the key came with another request before, `InFlight` 409 while that one is under way.
    """
    key, seen = read(request), fingerprint(request)
    with transaction.atomic():
        free = _taken(owner, key)
        found = KeptAnswer.objects.filter(owner=owner, key=key).first()
        if found is not None:  # also while another repetition is being answered
            sight()
            return _again(found, seen)
        if not free:
            raise InFlight("同一个 Idempotency-Key 的请求正在办理，稍后用原样的请求再试", code="in_flight")
        response = work()
        if response.status_code < 300:
            _keep(owner, key, seen, response)
        return response


def fingerprint(request: Request) -> str:
    """SHA-256 over method, path and body; of an upload its fields and the content of its files."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not request.FILES:
        digest.update(dump(request.data))
        return digest.hexdigest()
    for name in sorted(request.data):
        for value in request.data.getlist(name):
            digest.update(f"\n{name}:".encode())
            if isinstance(value, UploadedFile):
                digest.update((value.name or "").encode())
                for chunk in value.chunks():
                    digest.update(chunk)
                value.seek(0)
            else:
                digest.update(str(value).encode())
    return digest.hexdigest()


def _taken(owner: User, key: str) -> bool:
    """Hold the key until the transaction ends; False when somebody does. SQLite, with one writer, needs no more."""
    if connection.vendor != "postgresql":
        return True
    number = int.from_bytes(hashlib.sha256(f"{owner.pk}:{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return cursor.fetchone()[0]


def _again(found: KeptAnswer, seen: str) -> Response:
    if found.fingerprint != seen:
        raise Refusal("这个 Idempotency-Key 已经用于另一个请求，换一个新的", code="idempotency_key_reused")
    return Replay(found)


class Replay(Response):
    """An answer as it was given the first time."""

    def __init__(self, found: KeptAnswer) -> None:
        super().__init__(None, status=found.status, headers={**found.headers, REPLAYED: "true"})
        self.kept = found.body.encode()

    @property
    def rendered_content(self) -> bytes:
        self["Content-Type"] = "application/json"
        return self.kept


def _keep(owner: User, key: str, seen: str, response: Response) -> None:
    body = "" if response.data is None else dump(response.data).decode()
    headers = {name: response[name] for name in KEPT if response.has_header(name)}
    KeptAnswer.objects.create(
        owner=owner, key=key, fingerprint=seen, status=response.status_code, headers=headers, body=body
    )
