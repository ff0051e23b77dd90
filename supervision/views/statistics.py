"""Frozen statistics of a place, and its scorecard."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.scope import Role, SignedIn, require, roles_over
from supervision import appraisals, freezing, scorecards, yearbook
from supervision.forms.sheets import YearForm
from supervision.forms.yearbook import FreezeForm
from supervision.models import Statistic
from supervision.views.exports import shown
from supervision.views.seen import offices, place


@login_required
def statistics(request: SignedIn, code: str) -> HttpResponse:
    """The tables that were frozen for a place, by period; a district officer freezes a period here."""
    found, today = place(request, code), timezone.localdate()
    form = FreezeForm(request.POST or None, on=today)
    if request.method == "POST":
        require(request.user, Role.DISTRICT, found.code)
        if form.is_valid() and _frozen(request, found, form):
            return redirect("supervision:statistics", code=found.code)
    may = Role.DISTRICT in roles_over(request.user, found.code)
    rows = Statistic.objects.filter(place_code=found.code).select_related("by").defer("content")
    context = yearbook.shelf(found, offices(request), rows, request.GET.get("year", ""))
    some = found.level <= Jurisdiction.Level.STREET or appraisals.named(found.code)
    context |= {"form": form if may and some else None}
    return render(request, "supervision/statistics.html", context, status=422 if form.errors else 200)


def _frozen(request: SignedIn, found: Jurisdiction, form: FreezeForm) -> bool:
    key, cause = form.cleaned_data["period"], form.cleaned_data["cause"]
    try:
        done = freezing.freeze(found, key, by=request.user, on=timezone.localdate(), cause=cause)
    except Refusal as no:
        form.add_error(no.field or None, no.reason)
        return False
    told = f"定稿 {len(done.made)} 份" if done.made else "没有变动，不需要再定稿"
    messages.success(request, told + (f"；{len(done.same)} 份与上次定稿相同" if done.made and done.same else ""))
    return True


@login_required
def statistic(request: SignedIn, code: str, pk: int) -> HttpResponseBase:
    """One frozen table: its rows, its digest held against them, its versions, another period beside it."""
    found = place(request, code)
    row = get_object_or_404(Statistic.objects.select_related("by"), place_code=found.code, pk=pk)
    kin = list(Statistic.objects.filter(place_code=found.code, table=row.table).order_by("id"))
    context = yearbook.statistic(found, offices(request), row, kin, request.GET.get("against", ""))
    return shown(
        request, "supervision/statistic.html", context, lambda _: yearbook.export(row.content, yearbook.frozen(row))
    )


@login_required
def scorecard(request: SignedIn, code: str) -> HttpResponseBase:
    """The facts of a street or a community for one year, for the appraisal its document names."""
    found, form = place(request, code), YearForm(request.GET)
    context = yearbook.nameless(found, offices(request)) | {"form": form}
    if not form.is_valid():
        return render(request, "supervision/scorecard.html", context, status=400)
    period = scorecards.year(form.cleaned_data["year"], timezone.localdate())
    appraisal = scorecards.named(found, period)
    if appraisal is None:
        return render(request, "supervision/scorecard.html", context | {"unnamed": period.label})
    kept = freezing.latest(found, period).get(appraisal.table)
    content = kept.content if kept else scorecards.content(found, period, appraisal)
    context |= yearbook.card(content, kept)
    return shown(request, "supervision/scorecard.html", context, lambda _: yearbook.export(content, context["told"]))
