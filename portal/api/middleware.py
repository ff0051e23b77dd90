"""Under /api/ every answer is JSON: what never reached a door (no such address, a broken body) is a problem, too."""

import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest as HttpBadRequest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone

from portal.api import limits, problems
from portal.api.callers import caller
from portal.api.limits import Quota
from portal.api.rendering import dump
from portal.errors import Refusal
from portal.limits import address

ROOT = "/api/v1/"
JSON = ("application/json", problems.MEDIA)
log = logging.getLogger(__name__)


class ApiMiddleware:
    """Turns pages of errors into problems; a fault of ours into a 500 with a number the log knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        request.encoding = "utf-8"  # whatever charset a client names, among them codecs that are no charset
        answer = self.get_response(request)
        if answer.status_code >= 400 and not _json(answer):
            answer = _page(answer)
        return _limited(request, answer)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith("/api/") or isinstance(exception, Http404 | Refusal):
            return None
        if isinstance(exception, RequestDataTooBig):
            return _problem(413, problems.DATA_TOO_LARGE, "请求体太大")
        if isinstance(exception, SuspiciousOperation | HttpBadRequest | MultiPartParserError):
            return _problem(400, "malformed", "请求不合格式")
        number = uuid.uuid4().hex[:12]
        log.exception("api fault %s", number)
        return _problem(500, "fault", f"系统出错，错误编号 {number}", instance=f"urn:fault:{number}")


def _json(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").partition(";")[0] in JSON


def _page(answer: HttpResponse) -> HttpResponse:
    """A page of an error, as a problem; what it said beside its text stays."""
    code = {404: "not_found", 405: "method_not_allowed"}.get(answer.status_code, "malformed")
    found = _problem(answer.status_code, code, problems.KNOWN.get(code, ("", "请求不合格式"))[1])
    if answer.has_header("Allow"):
        found["Allow"] = answer["Allow"]
    return found


def _limited(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What reached no door counts, too: for the client that asked, else for the address."""
    quota = getattr(request, "quota", None)
    if answer.has_header("RateLimit-Limit") or (quota is None and answer.status_code < 400):
        return answer
    quota = quota or _quota(request, answer.status_code)
    if quota.remaining < 0 and answer.status_code != limits.TooMany.status:
        words = limits.TooMany(quota.reset).reason
        answer = _problem(limits.TooMany.status, "too_many", words)
    for name, value in quota.headers().items():
        answer[name] = value
    if answer.status_code == limits.TooMany.status:
        answer["Retry-After"] = str(quota.reset)
    return answer


def _quota(request: HttpRequest, status: int) -> Quota:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    found = None
    if kind.lower() == "bearer" and status in (404, 405):  # a door would have known: no such address
        found = caller(token.strip(), timezone.now())
    if found:
        return limits.count(f"client:{found.client.pk}", found.client.per_minute)
    return limits.count(f"address:{address(request)}", settings.API_PUBLIC_PER_MINUTE)


def _problem(status: int, code: str, words: str, **more: str) -> HttpResponse:
    found = problems.body(status, code, words, **more)
    return HttpResponse(dump(found), status=status, content_type=problems.MEDIA)
