"""The clock: holding and releasing the limits of a case, and the calendar they are counted by."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.middleware import sentence
from registry import calendars, clock, codes
from registry.casework import clockwork
from registry.forms.clocks import CalendarDayForm, ResumeForm, SuspendForm
from registry.models import CalendarDay, Jurisdiction
from registry.scope import Role, SignedIn, reach
from registry.views.cases import visible

FIRST_YEAR = 2016


@login_required
def suspend(request: SignedIn, pk: int) -> HttpResponse:
    """Hold the clocks of a case for a cause of law."""
    found = visible(request, pk)
    clockwork.require_desk(found, request.user)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if _done(form, lambda: clockwork.suspend(found, by=request.user, **form.cleaned_data)):
            messages.success(request, "已暂停计时")
            return redirect(found)
    return render(request, "registry/suspend.html", {"case": found, "form": form})


@login_required
def resume(request: SignedIn, pk: int) -> HttpResponse:
    """Let the clocks of a case run again."""
    found = visible(request, pk)
    clockwork.require_desk(found, request.user)
    held = found.intervals.standing().last()
    if held is None:
        raise OutOfTurn("这份办件没有暂停计时", code="not_suspended")
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if _done(form, lambda: clockwork.resume(found, by=request.user, **form.cleaned_data)):
            messages.success(request, "已恢复计时")
            return redirect(found)
    return render(request, "registry/resume.html", {"case": found, "form": form, "held": held})


def _done(form: Form, act) -> bool:
    """Do it; what the rules refuse becomes an error of the form, anything else goes up."""
    try:
        act()
    except Refusal as no:
        if no.status != Refusal.status:
            raise
        form.add_error(no.field if no.field in form.fields else None, sentence(no))
        return False
    return True


def calendar(request: HttpRequest) -> HttpResponse:
    """The days of a year that are not what their weekday says, of the nation or of a place; an officer sets one."""
    county = _own_county(request)
    form = CalendarDayForm(request.POST if request.method == "POST" else None) if county else None
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if _set(request, county, form):
            return redirect("registry:calendar")
    shown = _year(request, _place(request) or county)
    return render(request, "registry/calendar.html", shown | {"county": county, "form": form})


def _set(request: HttpRequest, county: Jurisdiction | None, form: CalendarDayForm | None) -> bool:
    if county is None or form is None:
        raise NotAllowed("由区县民政部门的经办人员调整本地工作日", code="not_allowed")
    if not form.is_valid():
        return False
    if not _done(form, lambda: calendars.override(county, by=request.user, **form.cleaned_data)):
        return False
    messages.success(request, "已调整，有关办件的期限已经重新计算")
    return True


def _year(request: HttpRequest, place: Jurisdiction | None) -> dict:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else timezone.localdate().year
    if not FIRST_YEAR <= year <= clock.ANNOUNCED_UNTIL + 2:
        raise Http404
    found = CalendarDay.objects.calendar(place.code) if place else clock.OFFICIAL
    return {
        "place": place,
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < clock.ANNOUNCED_UNTIL + 2 else None,
        "announced": year <= clock.ANNOUNCED_UNTIL,
        "version": found.version(year),
        "days": clock.specials(found, year),
    }


def _place(request: HttpRequest) -> Jurisdiction | None:
    given = request.GET.get("place", "")
    if not given:
        return None
    try:
        return get_object_or_404(Jurisdiction, code=codes.normalise(given))
    except ValueError as fault:
        raise Http404 from fault


def _own_county(request: HttpRequest) -> Jurisdiction | None:
    held = [code for role, code in reach(request.user) if role == Role.DISTRICT]
    return Jurisdiction.objects.filter(code=held[0]).first() if held else None
