"""What a request asks to see: the place, if this person may see it, and the day."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from portal.errors import Refusal
from registry import codes, places
from registry.models import Jurisdiction
from registry.places.lineage import heirs
from registry.scope import STAFF, SignedIn, reach
from supervision import pages
from supervision.forms.days import DayForm


def offices(request: SignedIn) -> list[str]:
    """The places where this person holds an office as staff, the widest first."""
    held = {code for role, code in reach(request.user) if role in STAFF}
    return sorted(held, key=lambda code: (codes.level(code), code))


def place(request: SignedIn, code: str) -> Jurisdiction:
    """The place, if it lies in the reach of an office of this person; for anybody else it does not exist."""
    try:
        found = places.find(code)
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal
    if not any(codes.contains(held, found.code) for held in offices(request)):
        raise Http404("没有这个地方的看板")
    return found


def as_of(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the place and the day asked for; a day that cannot be used comes back with its reason, 400."""

    @login_required
    @wraps(view)
    def wrapped(request: SignedIn, code: str, **names: str) -> HttpResponse:
        found, form = place(request, code), DayForm({"on": request.GET.get("on", "")})
        if not form.is_valid():
            context = {"place": found, "form": form, "crumbs": pages.crumbs(found, offices(request), "")}
            return render(request, "supervision/board.html", context, status=400)
        if found.ends and form.cleaned_data["on"] >= found.ends:
            return _last_day(request, found, form.cleaned_data["on"])
        return view(request, found, form, **names)

    return wrapped


def _last_day(request: SignedIn, found: Jurisdiction, on: dt.date) -> HttpResponse:
    """The page of a place that has ended, as of its last day, and a word on what is there now, with its links."""
    held = offices(request)
    links = format_html_join("、", '<a href="{}">{}</a>', [(_door(one, held), one) for one in heirs(found, on)])
    told = format_html("{}已于{}年{}月{}日撤销，", found, found.ends.year, found.ends.month, found.ends.day)
    now = format_html("现在是：{}。", links) if links else ""
    messages.info(request, format_html("{}{}下面是撤销前一天的情况", told, now))
    return redirect(f"{request.path}?on={found.ends - dt.timedelta(days=1):%Y-%m-%d}")


def _door(place: Jurisdiction, held: list[str]) -> str:
    seen = any(codes.contains(code, place.code) for code in held)
    return reverse("supervision:board" if seen else "registry:place", args=[place.code])
