"""The front door: the first page, and signing in."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, or what the portal is for a visitor."""
    panel = import_string(settings.HOME_PANEL)(request)
    return render(request, "portal/home.html", panel)


class SignIn(LoginView):
    """Sign in; a signed-in person goes straight home."""

    template_name = "portal/login.html"
    redirect_authenticated_user = True
