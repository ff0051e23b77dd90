"""Case times against their limits, the cases behind the numbers for who may see them, and the five reductions."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from portal.errors import NotAllowed
from registry.models import Jurisdiction
from registry.paging import key_page
from registry.scope import DESK, SignedIn, roles_over
from supervision import downloads, pages, territory
from supervision.boards import handling as times
from supervision.boards import reductions as five
from supervision.forms.days import DayForm, SpanForm
from supervision.pages import handling as page_of
from supervision.pages import reductions as pages_of
from supervision.pages.places import day_form
from supervision.views.exports import shown
from supervision.views.seen import as_of, offices, place


@login_required
def handling(request: SignedIn, code: str) -> HttpResponseBase:
    """How long cases took by kind and by place, as of any day; never by person."""
    found, form = place(request, code), SpanForm(request.GET)
    if not form.is_valid():
        context = {"place": found, "form": form, "crumbs": pages.crumbs(found, offices(request), "")}
        return render(request, "supervision/handling.html", context, status=400)
    read = times.handling(times.span(found, form.cleaned_data["on"], form.cleaned_data["months"]))
    months, sees = form.cleaned_data["months"], _sees_cases(request, found)
    context = page_of.handling(read, offices(request), sees_cases=sees, months=months)
    context |= {"form": SpanForm(initial=form.cleaned_data), "now": timezone.now()}
    return shown(request, "supervision/handling.html", context, downloads.handling)


def _sees_cases(request: SignedIn, found: Jurisdiction) -> bool:
    return bool(roles_over(request.user, found.code) & DESK)


@login_required
def handled(request: SignedIn, code: str, which: str) -> HttpResponse:
    """The cases behind a number: exactly as many, for the desks of the place alone."""
    found, form = place(request, code), SpanForm(request.GET)
    if not _sees_cases(request, found):
        raise NotAllowed("办件清单只有办理岗位能看，看板上的数字不受影响", code="not_allowed")
    if not form.is_valid():
        raise Http404("没有这份清单")
    span = times.span(found, form.cleaned_data["on"], form.cleaned_data["months"])
    try:
        rows = times.behind(span, which, kind=request.GET.get("kind", ""), own="own" in request.GET)
    except LookupError as fault:
        raise Http404("没有这份清单") from fault
    page = key_page(
        rows.visible_to(request.user), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return render(request, "supervision/handled.html", page_of.handled(span, which, page, offices(request), form))


@as_of
def reductions(request: SignedIn, place: Jurisdiction, form: DayForm) -> HttpResponseBase:
    """五减: what there is to do, bring and wait for, now and before the reform; above the county who has told.

    A street right below a city without counties (东莞) is told what holds there.
    """
    on, way = form.cleaned_data["on"], Jurisdiction.objects.above(place.code)
    if place.level >= Jurisdiction.Level.COUNTY:
        county = way.filter(level__lte=Jurisdiction.Level.COUNTY).order_by("-level").first()
        context = pages_of.reductions(five.reductions(county, on), place, offices(request))
    else:
        children = territory.below(place, on)
        told = five.entered(children, on)
        context = pages_of.above(place, on, [(child, told[child.code]) for child in children], offices(request))
    context |= {"form": day_form(on), "now": timezone.now()}
    return shown(request, "supervision/reductions.html", context, downloads.reductions)
