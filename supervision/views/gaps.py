"""Data gaps: which yearly figures nobody entered, and which facts the organisations of a place lack."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.scope import SignedIn
from supervision import downloads, pages, progress
from supervision import gaps as facts
from supervision.forms.sheets import YearForm
from supervision.views import seen
from supervision.views.exports import shown


@login_required
def gaps(request: SignedIn, code: str) -> HttpResponseBase:
    """Everything that is missing in a place, by the places right below; each number leads to its list."""
    place, years = seen.place(request, code), YearForm(request.GET)
    context = {"place": place, "crumbs": _crumbs(request, place), "form": years}
    if not years.is_valid():
        return render(request, "supervision/gaps.html", context, status=400)
    context |= {
        "year": years.cleaned_data["year"],
        "progress": progress.progress(place, years.cleaned_data["year"]),
        "board": facts.board(place, timezone.localdate()),
        "now": timezone.now(),
        "back": reverse("supervision:board", args=[place.code]),
    }
    return shown(request, "supervision/gaps.html", context, downloads.gaps)


@login_required
def gap(request: SignedIn, code: str, what: str) -> HttpResponse:
    """The list behind a number: exactly the organisations or the places that were counted, fifty a page."""
    place, years = seen.place(request, code), YearForm(request.GET)
    if not years.is_valid():
        raise Http404("年份看不懂")
    asked = {"own": "own" in request.GET, **{key: request.GET.get(key, "") for key in ("after", "before")}}
    year = years.cleaned_data["year"]
    try:
        if what == facts.TOTAL or what in facts.BY_KEY:
            found = facts.lacking(place, what, timezone.localdate(), **asked)
        else:
            found = progress.behind(place, year, what, **asked)
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal
    crumbs = [*_crumbs(request, place, last=False), {"label": found.words, "url": ""}]
    context = {"place": place, "found": found, "year": year, "crumbs": crumbs, "now": timezone.now()}
    return render(request, "supervision/gap.html", context)


def _crumbs(request: SignedIn, place: Jurisdiction, *, last: bool = True) -> list[dict[str, str]]:
    crumbs = pages.crumbs(place, seen.offices(request), "", leaf=False)
    return [*crumbs, {"label": "数据缺口", "url": "" if last else _address(place)}]


def _address(place: Jurisdiction) -> str:
    return reverse("supervision:gaps", args=[place.code])
