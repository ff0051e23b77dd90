"""A hub: its social workers in post and whether it is a demonstration site."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed, Refusal
from registry import hubs
from registry.forms.hubs import DemonstrationForm, PostForm
from registry.models import Hub, HubStaff
from registry.scope import Role, SignedIn, roles_over


def _found(request: SignedIn, pk: int) -> Hub:
    return get_object_or_404(Hub.objects.visible_to(request.user).select_related("organisation", "serves"), pk=pk)


@login_required
def hub(request: SignedIn, pk: int) -> HttpResponse:
    """Who works there; the street appoints, the district names demonstration sites."""
    found = _found(request, pk)
    naming = "since" in request.POST
    post = PostForm(request.POST if request.method == "POST" and not naming else None)
    site = DemonstrationForm(
        request.POST if request.method == "POST" and naming else None, initial={"since": found.demonstration_since}
    )
    sent = site if naming else post
    if request.method == "POST" and sent.is_valid() and _done(request, found, sent):
        return redirect("registry:hub", pk=pk)
    today = timezone.localdate()
    over = found.ends is not None and found.ends <= today
    roles = set() if over else roles_over(request.user, found.serves_code)
    context = {"hub": found, "staff": found.staff.all(), "post": post, "site": site, "today": today, "over": over}
    may = {"may_appoint": Role.STREET in roles, "may_name": Role.DISTRICT in roles}
    return render(request, "registry/hub.html", context | may)


def _done(request: SignedIn, found: Hub, sent: Form) -> bool:
    act = hubs.demonstrate if isinstance(sent, DemonstrationForm) else hubs.appoint
    try:
        act(found, by=request.user, **sent.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as no:
        sent.add_error(no.field or None, no.reason)
        return False
    messages.success(request, "已记录")
    return True


@login_required
@require_POST
def release(request: SignedIn, pk: int, post_pk: int) -> HttpResponse:
    """A social worker leaves the post."""
    post = get_object_or_404(HubStaff.objects.select_related("hub__organisation"), pk=post_pk, hub=_found(request, pk))
    hubs.release(post, by=request.user, on=timezone.localdate())
    messages.success(request, f"{post.name}已离岗")
    return redirect("registry:hub", pk=pk)
