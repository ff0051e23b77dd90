"""The worklist."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from registry.casework import desk
from registry.paging import page_of
from registry.scope import SignedIn


@login_required
def cases(request: SignedIn) -> HttpResponse:
    """The worklist, fifty a page."""
    name = request.GET.get("tab") or desk.first_tab(request.user)
    if name not in desk.TABS:
        raise Http404
    rows = desk.tab(request.user, name).for_lists()
    page = page_of(rows, request.GET.get("page"), desk.PAGE)
    context = {"page": page, "tab": name, "tabs": desk.TABS, "may_begin": desk.may_begin(request.user)}
    return render(request, "registry/cases.html", context)
