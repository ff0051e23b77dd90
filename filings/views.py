"""Pages that only 备案 has: delegations of the street, the light listing, and the quick filing of the committee."""

import secrets

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import actions
from filings import quick as quickly
from filings.forms import DelegationForm, ListingForm
from filings.models import Delegation
from filings.quick_form import QuickForm
from portal.errors import NotAllowed, Refusal
from portal.middleware import sentence
from registry.models import Jurisdiction
from registry.scope import Role, SignedIn, reach, within


def _communities(request: SignedIn, role: str) -> list[Jurisdiction]:
    held = [code for its, code in reach(request.user) if its == role]
    rows = Jurisdiction.objects.communities().filter(within(held, "code"), ends=None)
    return list(rows.select_related("parent").order_by("code")[:400])


@login_required
def delegations(request: SignedIn) -> HttpResponse:
    """Which committees are entrusted, since when and until when; the street grants more here."""
    communities = _communities(request, Role.STREET)
    form = DelegationForm(request.POST or None, communities=communities)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.entrust(by=request.user, **form.cleaned_data)
        except Refusal as no:
            form.add_error(no.field or None, no.reason)
        else:
            messages.success(request, f"已办理：{made}")
            return redirect("filings:delegations")
    rows = Delegation.objects.visible_to(request.user).select_related("street", "community")
    context = {"rows": rows[:400], "form": form, "may_grant": bool(communities), "today": timezone.localdate()}
    return render(request, "filings/delegations.html", context)


@login_required
@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """End a delegation."""
    found = get_object_or_404(Delegation.objects.visible_to(request.user).select_related("community"), pk=pk)
    actions.revoke(found, by=request.user, on=timezone.localdate())
    messages.success(request, "委托已终止")
    return redirect("filings:delegations")


@login_required
def listing(request: SignedIn) -> HttpResponse:
    """Put a small group on the committee's list: one page, no approval."""
    communities = _communities(request, Role.COMMUNITY)
    if not communities:
        raise NotAllowed("社区列名由居（村）委会工作人员办理", code="not_allowed")
    form = ListingForm(request.POST or None)
    form.fields["place"] = forms.ModelChoiceField(
        Jurisdiction.objects.filter(pk__in=[place.pk for place in communities]),
        label="社区（村）",
        initial=communities[0],
        empty_label=None,
        error_messages={"required": "选择社区（村）", "invalid_choice": "请重新选择社区（村）"},
    )
    form.order_fields(["place"])
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            found = actions.list_group(said.pop("place"), said, by=request.user, on=timezone.localdate())
        except Refusal as no:
            form.add_error("name", no.reason)
        else:
            messages.success(request, f"已列入社区名单：{found}")
            return redirect(found)
    return render(request, "filings/listing.html", {"form": form})


@login_required
def quick(request: SignedIn) -> HttpResponse:
    """A whole 备案 on one page; what was typed and every photo sent is kept until all of it is right."""
    communities = _communities(request, Role.COMMUNITY)
    if not communities:
        raise NotAllowed("快速备案由居（村）委会工作人员办理", code="not_allowed")
    start = {"key": secrets.token_urlsafe(16)}
    form = QuickForm(
        request.POST or None, request.FILES or None, user=request.user, communities=communities, initial=start
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            case = quickly.file(given["place"], form.said(), form.photos, by=request.user, key=given["key"])
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, sentence(no))
        else:
            return redirect("registry:receipt", pk=case.pk)
    return _again(request, form, communities)


def _again(request: SignedIn, form: QuickForm, communities: list[Jurisdiction]) -> HttpResponse:
    """The page, with slips for the photos that came with mistakes elsewhere."""
    slips = {kind: (quickly.held(photo, request.user), photo.name) for kind, photo in form.photos.items()}
    lines = [(form[kind], *slips.get(kind, ("", ""))) for kind in quickly.PHOTOS]
    context = {"form": form, "photos": lines, "where": communities[0] if len(communities) == 1 else None}
    return render(request, "filings/quick.html", context)
