"""Occupational bans recorded by my county."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import NotAllowed, Refusal
from registry import bans as actions
from registry.forms.bans import BanForm, LiftForm
from registry.models import Jurisdiction, OccupationalBan
from registry.scope import Role, SignedIn, reach


@login_required
def bans(request: SignedIn) -> HttpResponse:
    """The list, and a form to record one more; only for officers of the registration authority."""
    county = _county(request)
    form = BanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(county, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as no:
            form.add_error(no.field or None, no.reason)
        else:
            messages.success(request, f"已记录：{made.name}")
            return redirect("registry:bans")
    rows = OccupationalBan.objects.inside(county.code)
    return render(request, "registry/bans.html", {"form": form, "rows": rows, "today": timezone.localdate()})


@login_required
def lift(request: SignedIn, pk: int) -> HttpResponse:
    """End one of my county's bans before its last day, after one question."""
    found = get_object_or_404(OccupationalBan.objects.inside(_county(request).code), pk=pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.lift(found, by=request.user, on=timezone.localdate(), reason=form.cleaned_data["reason"])
        messages.success(request, f"已解除：{found.name}")
        return redirect("registry:bans")
    return render(request, "registry/lift.html", {"ban": found, "form": form})


def _county(request: SignedIn) -> Jurisdiction:
    held = [code for role, code in reach(request.user) if role == Role.DISTRICT]
    if not held:
        raise NotAllowed("从业禁止由区县民政部门记录", code="not_allowed")
    return Jurisdiction.objects.get(code=held[0])
