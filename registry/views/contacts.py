"""How a leader gets in: from the link in an SMS or with the phone on record, by a code sent to that phone.

Which contact is meant is kept in the session, never in an address; an unknown phone is answered like a known one.
"""

import time

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.limits import TooMany, limit
from portal.typed import narrow
from registry import contacts
from registry.forms.messages import CodeForm, PhoneForm
from registry.middleware import SESSION
from registry.models import Contact, Organisation
from registry.scope import SignedIn

PENDING = "contact_pending"
ASKS, GUESSES, WINDOW = 20, 60, 900  # codes asked for and tried from one address in a quarter of an hour
BUSY = "这个网络上的尝试太多，15 分钟后再试"
WRONG = "验证码不对，或者已经过期。核对后再填，或重新发送"
EVEN = 0.25  # seconds: a known and an unknown phone are answered after the same time
BACKEND = "django.contrib.auth.backends.ModelBackend"


def contact(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an SMS: it asks for nothing but to send a code."""
    found = contacts.behind(token)
    if found is None:
        return render(request, "registry/contact_gone.html", status=404)
    if request.user.is_authenticated and request.user.pk == found.user_id:
        return redirect("portal:home")
    if request.method != "POST":
        return render(request, "registry/contact.html", {"organisation": found.organisation})
    limit(request, "contact", most=ASKS, seconds=WINDOW, words=BUSY)
    contacts.send_code(found)
    request.session[PENDING] = found.pk
    return redirect("registry:contact_code")


def contact_login(request: HttpRequest) -> HttpResponse:
    """Sign in with the phone on record. The answer never says whether a phone is known."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit(request, "contact", most=ASKS, seconds=WINDOW, words=BUSY)
        began = time.monotonic()
        request.session[PENDING] = _try_phone(form.cleaned_data["phone"])
        time.sleep(max(0.0, EVEN - (time.monotonic() - began)))
        return redirect("registry:contact_code")
    return render(request, "registry/contact_login.html", {"form": form})


def _try_phone(phone: str) -> int:
    """The contact with this phone, after a code was sent; 0 for a phone nobody has."""
    found = contacts.with_phone(phone)
    if found is None:
        return 0
    try:
        contacts.send_code(found)
    except TooMany:  # said to nobody: it would tell that the phone is known
        pass
    return found.pk


def contact_code(request: HttpRequest) -> HttpResponse:
    """The code from the SMS; the right one signs in for half an hour without a pause longer than that."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("registry:contact_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit(request, "code", most=GUESSES, seconds=WINDOW, words=BUSY)
        found = contacts.current(pending)
        if found and contacts.admit(found, narrow(form.cleaned_data["code"])):
            return _enter(request, found)
        form.add_error("code", WRONG)
    return render(request, "registry/contact_code.html", {"form": form})


def _enter(request: HttpRequest, found: Contact) -> HttpResponse:
    del request.session[PENDING]
    login(request, found.user, backend=BACKEND)
    request.session[SESSION] = found.pk
    return redirect("portal:home")


@login_required
@require_POST
def invite(request: SignedIn, pk: int) -> HttpResponse:
    """Send the leader of an organisation the link, by whoever has a desk over the place."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    contacts.invite(found, by=request.user)
    messages.success(request, "短信已发给负责人，打开里面的网址就能在手机上办事")
    return redirect(found)
