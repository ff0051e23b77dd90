"""The edge that turns a `Refusal` into an answer a person, a page script or a machine can use."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.errors import NotAllowed, Refusal, SignedOut

MACHINE = ["application/problem+json", "application/json"]
TITLES = {403: "没有权限", 409: "办理情况已经变化", 429: "查询太频繁"}
UNMET = "条件不符合"
NOT_BY_ADDRESS = 405  # a button's address, opened like a page: after signing in again, or from a bookmark
BEGAN, LAST = "began", "last"  # seconds since the epoch: when the session began, when it was last used
OVER = "很久没有操作，已自动退出。保存过的内容都在，重新登录就能接着办"


class RefusalMiddleware:
    """Translates every `Refusal` that leaves a view; other exceptions pass through. No answer is an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == NOT_BY_ADDRESS and request.method == "GET" and not wants_json(request):
            return render(request, "405.html", status=NOT_BY_ADDRESS)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            return problem(exception)
        back = way_back(request)
        if request.method == "POST" and back and not isinstance(exception, NotAllowed):
            messages.error(request, sentence(exception))
            return HttpResponseRedirect(back, status=303)
        return page(request, exception, back)


class FreshMiddleware:
    """Pages speak of now: no browser and no proxy keeps them; what a signed-in person saw is not stored at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not answer.has_header("Cache-Control"):
            signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
            answer.headers["Cache-Control"] = "private, no-store" if signed_in else "no-cache"
        return answer


class IdleMiddleware:
    """A session ends after `settings.IDLE_MINUTES` without a request; the person signs in again and goes on there.

    The moment of the last request is kept in the session, written at most once a minute; the session's own age
    (`SESSION_COOKIE_AGE`) is the longest it lasts whatever happens (GB/T 22239-2019 8.1.4.1).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, session = int(time.time()), request.session
        began, last = session.get(BEGAN, now), session.get(LAST, now)
        if now - last > settings.IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
            return self._over(request)
        if BEGAN not in session or now - last >= 60:
            session[BEGAN], session[LAST] = began, now
        return self.get_response(request)

    def _over(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        if wants_json(request):
            return problem(SignedOut(OVER, code="signed_out"))
        messages.info(request, OVER)
        back = request.get_full_path() if request.method == "GET" else urlsplit(way_back(request)).path
        return redirect_to_login(back or "/", settings.LOGIN_URL)


def wants_json(request: HttpRequest) -> bool:
    """True for htmx, for the API, and for whoever prefers JSON to a page."""
    if getattr(request, "htmx", False) or request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", *MACHINE]) in MACHINE


def problem(refusal: Refusal) -> JsonResponse:
    """RFC 9457 problem details with `code`, `clause` and `field` added."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(refusal.status, UNMET),
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.reason,
        "clause": refusal.clause,
        "field": refusal.field,
    }
    return JsonResponse(body, status=refusal.status, content_type=MACHINE[0], json_dumps_params={"ensure_ascii": False})


def page(request: HttpRequest, refusal: Refusal, back: str) -> HttpResponse:
    """The refusal as a page of its own, with the way back."""
    context = {"refusal": refusal, "title": TITLES.get(refusal.status, UNMET), "back": back}
    return render(request, "portal/refused.html", context, status=refusal.status)


def sentence(refusal: Refusal) -> str:
    """The reason and, where there is one, the clause behind it."""
    return f"{refusal.reason}（依据：{refusal.clause}）" if refusal.clause else refusal.reason


def way_back(request: HttpRequest) -> str:
    """The page the person came from if it is one of ours, else an empty string."""
    referer = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if ours else ""
