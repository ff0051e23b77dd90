"""The front door: the first page, and signing in."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, or what the portal is for a visitor."""
    panel = import_string(settings.HOME_PANEL)(request)
    return render(request, "portal/home.html", panel)


class SignInForm(AuthenticationForm):
    """Name and password, with errors in plain words."""

    use_required_attribute = False
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "用户名或密码不对，请核对大小写后再试。连续输错十次要等 15 分钟",
        "inactive": "这个账号已停用，请联系管理员",
    }


class SignIn(LoginView):
    """Sign in; a signed-in person goes straight home."""

    form_class = SignInForm
    template_name = "portal/login.html"
    extra_context = {"site_name": settings.SITE_NAME}  # the view would put the host name there
    redirect_authenticated_user = True
