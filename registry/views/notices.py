"""A person's own in-box, and how the person is told by e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.actions import set_mail
from registry import inbox
from registry.forms.messages import MailForm
from registry.paging import page_of
from registry.scope import SignedIn

PAGE = 50


@login_required
def notices(request: SignedIn) -> HttpResponse:
    """Own notices, newest first. Nothing has to be read or ticked to go on working."""
    page = page_of(inbox.of(request.user), request.GET.get("page"), PAGE)
    return render(request, "registry/notices.html", {"page": page, "unread": inbox.unread(request.user)})


@login_required
@require_POST
def notices_read(request: SignedIn) -> HttpResponse:
    """Mark everything up to now as read."""
    inbox.read_all(request.user, at=timezone.now())
    return redirect("registry:notices")


@login_required
def mail(request: SignedIn) -> HttpResponse:
    """How to be told by e-mail, and where."""
    user = request.user
    form = MailForm(request.POST or None, initial={"mode": user.mail, "address": user.email})
    if request.method == "POST" and form.is_valid():
        set_mail(user, mode=form.cleaned_data["mode"], address=form.cleaned_data["address"])
        messages.success(request, "已保存")
        return redirect("registry:mail")
    return render(request, "registry/mail.html", {"form": form})
