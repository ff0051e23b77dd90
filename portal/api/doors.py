"""The view every operation of the API stands in: who calls, what is asked, what is answered, in one way for all.

A handler declares its contract with `@operation`; the same declaration checks the request and writes the OpenAPI
document (`portal.api.schema`), so that the two cannot differ.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from portal.acting import Acting, on_behalf
from portal.api import conditional, keys, limits
from portal.api.callers import BearerToken, Caller
from portal.api.limits import Quota, TooMany
from portal.api.problems import BadRequest, naming_choices
from portal.api.rendering import Json
from portal.limits import address

VERSION = "1.0.0"
ACTING = "X-Acting-Person"
LONGEST = 80
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
JSON = Json()


@dataclass(frozen=True)
class Operation:
    """The contract of one method of one address.

    `query` and `body` are serializers; `answers` gives for each status its serializer (None: no body). `once` asks for
    an Idempotency-Key, `match` for If-Match; `tagged` answers carry an entity tag (what matches one always does);
    `refuses` are the statuses besides those every operation may give; `upload` marks bodies that bring a file
    (multipart/form-data).
    """

    id: str
    summary: str
    ability: str = ""
    description: str = ""
    query: type[Serializer] | None = None
    body: type[Serializer] | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    once: bool = False
    match: bool = False
    tagged: bool = False
    upload: bool = False
    refuses: tuple[int, ...] = ()
    media: str = "application/json"


def operation(id: str, summary: str, **more: Any) -> Callable:
    """Declare and hold the contract of a handler; it finds `self.asked` (query) and `self.said` (body) checked."""
    contract = Operation(id, summary, **more)

    def declare(handler: Callable) -> Callable:
        @wraps(handler)
        def held(self: "Door", request: Request, *args: Any, **kwargs: Any) -> Response:
            return self.hold(contract, request, lambda: handler(self, request, *args, **kwargs))

        held.operation = contract
        return held

    return declare


class Door(APIView):
    """A door for clients with a token."""

    authentication_classes = [BearerToken]
    metadata_class = None  # OPTIONS tells nothing that the document does not: 405
    caller: Caller | None = None
    asked: dict[str, Any]
    said: dict[str, Any]
    quota: Quota | None = None
    matched = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.headers.get("X-Request-ID", "")
        self.request_id = asked if REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex
        with on_behalf(Acting(_person(request), self.request_id)):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What REST framework does here besides has one answer for all of the API: JSON, one version, no throttles."""
        request.accepted_renderer, request.accepted_media_type = JSON, JSON.media_type
        self.perform_authentication(request)
        self.admit(request)

    def admit(self, request: Request) -> None:
        """Only clients come in here, each so many times a minute."""
        if not isinstance(request.auth, Caller):
            self.permission_denied(request)
        self.caller = request.auth
        self._count(f"client:{self.caller.client.pk}", self.caller.client.per_minute)

    def _count(self, who: str, most: int) -> None:
        self.quota = self.request._request.quota = limits.count(who, most)
        if self.quota.remaining < 0:
            raise TooMany(self.quota.reset)

    def hold(self, contract: Operation, request: Request, work: Callable[[], Response]) -> Response:
        """Check a request against its contract, then do the work (once, where it must not be doubled)."""
        if contract.ability and self.caller:
            self.caller.places(contract.ability)
        self.asked = _asked(request, contract.query)
        if contract.match:
            conditional.require(request.headers.get("If-Match"))
        if contract.once:
            keys.read(request)
        self.said = _said(request, contract.body)
        if not contract.once:
            return self._done(contract, work())
        return self._done(contract, keys.once(request, self.caller.user, work, self.require_sight))

    def _done(self, contract: Operation, response: Response) -> Response:
        if contract.match and not self.matched and not response.has_header(keys.REPLAYED):
            raise RuntimeError(f"{contract.id} promises If-Match and never compared it")
        if response.has_header("ETag") and not (contract.tagged or contract.match):
            raise RuntimeError(f"{contract.id} gives an entity tag and does not say so")
        return response

    def require_sight(self) -> None:
        """Refuse who may not know of what the address names, any more or with this token: no answer is repeated then.

        For doors whose answers tell of what others own; what a client made itself it may always hear again.
        """

    def match(self, etag: str) -> None:
        """412 unless If-Match names the state the resource is in; call it with the resource locked."""
        self.matched = True
        conditional.match(self.request.headers.get("If-Match"), etag)

    def told(self, data: Any, *, etag: str = "", status: int = 200, **headers: str) -> Response:
        """An answer with its entity tag; 304 without a body where the client has it already."""
        if etag:
            headers["ETag"] = etag
        if (
            etag
            and self.request.method == "GET"
            and conditional.unchanged(self.request.headers.get("If-None-Match"), etag)
        ):
            return Response(None, status=304, headers=headers)
        return Response(data, status=status, headers=headers)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().finalize_response(request, response, *args, **kwargs)
        found["API-Version"], found["X-Request-ID"] = VERSION, self.request_id
        if not found.has_header("Cache-Control"):
            found["Cache-Control"] = "private, no-store"
        for name, value in (self.quota.headers() if self.quota else {}).items():
            found[name] = value
        if self.quota and found.status_code == TooMany.status:
            found["Retry-After"] = str(self.quota.reset)
        return found


class PublicDoor(Door):
    """A door for everybody: no key, no personal data, answers that may be kept a minute; limited by address."""

    authentication_classes = []
    fresh = 60  # seconds an answer may be kept by whoever stands in between

    def admit(self, request: Request) -> None:
        self._count(f"address:{address(request)}", settings.API_PUBLIC_PER_MINUTE)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if response.status_code in (200, 304) and request.method == "GET":
            response["Cache-Control"] = f"public, max-age={self.fresh}"
        return super().finalize_response(request, response, *args, **kwargs)


def _person(request: HttpRequest) -> str:
    """Whom the client says it acts for: X-Acting-Person, percent-encoded UTF-8."""
    said = unquote(request.headers.get(ACTING, ""))
    return "".join(one for one in said if one.isprintable())[:LONGEST]


@cache
def _reader(query: type[Serializer]) -> Serializer:
    """One reader of parameters for all requests: it keeps nothing of what it reads."""
    return naming_choices(query())


def _asked(request: Request, query: type[Serializer] | None) -> dict[str, Any]:
    """The parameters, checked: what is not declared and what is said twice is refused (400)."""
    said = request.query_params
    known = _reader(query).fields if query else {}
    wrong = [(name, "unknown_parameter", "没有这个参数") for name in said if name not in known]
    wrong += [
        (name, "repeated_parameter", "只能出现一次") for name in said if name in known and len(said.getlist(name)) > 1
    ]
    if wrong:
        told = "、".join(name for name, _, _ in wrong)
        raise BadRequest(f"参数不对：{told}", code=wrong[0][1], wrong=[(f"/{name}", *rest) for name, *rest in wrong])
    return dict(_reader(query).run_validation(said.dict())) if query else {}


def _said(request: Request, body: type[Serializer] | None) -> dict[str, Any]:
    """The body, checked: a field nobody knows is refused rather than dropped (400)."""
    data = request.data if request.method in ("POST", "PUT", "PATCH") else None
    if body is None:
        if data:
            raise BadRequest("这个操作没有请求体", code="unexpected_body")
        return {}
    if not hasattr(data, "keys"):
        raise BadRequest("请求体要是一个 JSON 对象", code="not_an_object")
    read = naming_choices(body(data=data))
    unknown = [name for name in data if name not in read.fields]
    if unknown:
        wrong = [("/" + name, "unknown_field", "没有这个字段") for name in unknown]
        raise BadRequest(f"请求体里有不认识的字段：{'、'.join(unknown)}"[:500], code="unknown_field", wrong=wrong)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)
