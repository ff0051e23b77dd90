"""The worklist, and the small note that a page of it was seen."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from registry import bulk
from registry.casework import desk, looks
from registry.paging import capped, page_of
from registry.scope import SignedIn
from registry.views.cases import visible
from registry.views.trail import Trail

SIZES = (50, 20, 100, 200)
OLDEST, LAST_YEAR = 2016, 9999  # years a look may be dated; beyond them a time zone leaves the calendar


@login_required
def cases(request: SignedIn) -> HttpResponse:
    """The worklist: its tabs with their counts, what narrows it, and a page of it."""
    name = request.GET.get("tab") or desk.first_tab(request.user)
    if name not in desk.TABS:
        raise Http404
    shown = Trail(request.user, name, request.GET)
    page = page_of(shown.rows.for_lists(), request.GET.get("page"), _size(request))
    fresh = looks.changed(page.object_list, request.user)
    acts, fit = bulk.offered(request.user, page.object_list)
    context = {
        "page": page,
        "rows": [(case, fresh.get(case.pk, ""), case.pk in fit) for case in page],
        "trail": shown,
        "tabs": [(key, label, capped(shown.desk.rows(key))) for key, label in shown.desk.tabs.items()],
        "empty": desk.EMPTY[name],
        "sizes": sorted(SIZES),
        "acts": acts,
        "fit": fit,
        "may_begin": desk.may_begin(request.user),
        "desk": shown.desk.tabs is desk.TABS,
        "today": timezone.localdate(),
    }
    return render(request, "registry/cases.html", context)


def _size(request: SignedIn) -> int:
    asked = request.GET.get("per", "")
    return int(asked) if asked in map(str, SIZES) else SIZES[0]


@login_required
@require_POST
def seen(request: SignedIn, pk: int) -> HttpResponse:
    """The page of a case was looked at, as it stood when it was made."""
    try:
        at = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        at = None
    known = at if at and timezone.is_aware(at) and OLDEST <= at.year < LAST_YEAR else timezone.now()
    looks.record(visible(request, pk), by=request.user, at=known)
    return HttpResponse(status=204)
