"""Boards, the lists behind their numbers, the wall, and the alerts of my places."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.paging import key_page
from registry.scope import SignedIn
from supervision import boards, downloads, pages
from supervision.forms.days import DayForm
from supervision.models import Alert
from supervision.views.exports import shown
from supervision.views.seen import as_of, offices

REFRESH = 300  # seconds after which the wall asks for itself again


@login_required
def home(request: SignedIn) -> HttpResponse:
    """The board of the widest place of this person."""
    held = offices(request)
    if not held:
        raise Http404("您没有可以查看的看板")
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("supervision:board", args=[held[0]]) + asked)


@as_of
def board(request: SignedIn, place: Jurisdiction, form: DayForm) -> HttpResponse:
    """What a place has, what its documents ask, what is missing; as of any day."""
    found = boards.coverage(place, form.cleaned_data["on"])
    context = pages.board(found, offices(request), request.GET.get("theme", ""))
    return shown(request, "supervision/board.html", context, downloads.board)


@as_of
def wall(request: SignedIn, place: Jurisdiction, form: DayForm) -> HttpResponse:
    """The board of today for a big screen; the page asks for itself again every few minutes."""
    context = pages.wall(boards.coverage(place, form.cleaned_data["on"]))
    answer = render(request, "supervision/wall.html", context)
    answer.headers["Refresh"] = str(REFRESH)
    return answer


@as_of
def behind(request: SignedIn, place: Jurisdiction, form: DayForm, indicator: str) -> HttpResponse:
    """The list behind a number: exactly the rows that were counted."""
    side, after, own = request.GET.get("side", "hits"), request.GET.get("after", ""), "own" in request.GET
    try:
        found = boards.behind(place, indicator, side, form.cleaned_data["on"], after, own=own)
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal
    context = pages.behind(found, offices(request)) | {"now": timezone.now()}
    listed = downloads.lists_organisations(context)
    return shown(request, "supervision/behind.html", context, downloads.behind, listed=listed)


@login_required
def alerts(request: SignedIn) -> HttpResponse:
    """What is due and not met in my places, in code order."""
    rows = Alert.objects.open().visible_to(request.user)
    page = key_page(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    names = pages.full_names({alert.place_code for alert in page.rows})
    return render(request, "supervision/alerts.html", {"page": page, "rows": pages.alerts(page.rows, names)})
