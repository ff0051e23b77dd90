"""Under /api/ every answer is JSON: what never reached a door (no such address, a broken body) is a problem, too."""

import logging
import uuid
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from portal.api import problems
from portal.api.rendering import dump

ROOT = "/api/v1/"
JSON = ("application/json", problems.MEDIA)
log = logging.getLogger(__name__)


class ApiMiddleware:
    """Turns pages of errors into problems; a fault of ours into a 500 with a number the log knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code < 400 or not request.path.startswith("/api/") or _json(answer):
            return answer
        code = {404: "not_found", 405: "method_not_allowed"}.get(answer.status_code, "malformed")
        words = problems.KNOWN.get(code, ("", "请求不合格式"))[1]
        return _problem(answer.status_code, code, words)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith("/api/"):
            return None
        if isinstance(exception, RequestDataTooBig):
            return _problem(413, problems.DATA_TOO_LARGE, "请求体太大")
        if isinstance(exception, SuspiciousOperation):
            return _problem(400, "malformed", "请求不合格式")
        number = uuid.uuid4().hex[:12]
        log.exception("api fault %s", number)
        return _problem(500, "fault", f"系统出错，错误编号 {number}", instance=f"urn:fault:{number}")


def _json(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").partition(";")[0] in JSON


def _problem(status: int, code: str, words: str, **more: str) -> HttpResponse:
    found = problems.body(status, code, words, **more)
    return HttpResponse(dump(found), status=status, content_type=problems.MEDIA)
