"""The edge that turns a `Refusal` into an answer a person, a page script or a machine can use."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.errors import NotAllowed, Refusal

MACHINE = ["application/problem+json", "application/json"]
TITLES = {403: "没有权限", 409: "办理情况已经变化", 429: "查询太频繁"}
UNMET = "条件不符合"


class RefusalMiddleware:
    """Translates every `Refusal` that leaves a view; other exceptions pass through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

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
