"""Beginning a case about something the register does not hold yet, apart from the two roads of the guide."""

import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed
from registry import reservations
from registry.casework import actions, kinds
from registry.casework.kinds import Kind
from registry.forms.guide import BeginForm, nearby
from registry.models import Case
from registry.scope import SignedIn
from registry.views.cases import next_task

GUIDED = {"filing", "registration"}  # begun with the five questions of the guide


@login_required
def begin(request: SignedIn, kind: str) -> HttpResponse:
    """Choose the place and open a draft; a second click finds the same draft."""
    found = _kind(kind)
    if not nearby(request.user):
        raise NotAllowed(f"您没有办理“{found.label}”的权限", code="not_allowed")
    form = BeginForm(request.POST or None, user=request.user, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        case = actions.open_case(found.key, by=request.user, place=data["place"], key=data["key"])
        return redirect(*next_task(case))
    return render(request, "registry/begin.html", {"kind": found, "form": form})


def _kind(key: str) -> Kind:
    found = kinds.every().get(key)
    if found is None or key in GUIDED or (found.about is not None and not found.anew):
        raise Http404
    return found


@login_required
@require_POST
def from_name(request: SignedIn, pk: int) -> HttpResponse:
    """A registration under a name that is kept; what was said of it is carried over."""
    case = get_object_or_404(Case.objects.filter(opened_by=request.user, kind="name"), pk=pk)
    made = reservations.register(case, by=request.user, on=timezone.localdate())
    return redirect(*next_task(made)) if made.number is None else redirect(made)
