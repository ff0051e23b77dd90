"""The front door: the first page, and signing in."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from portal.limits import limit


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, or what the portal is for a visitor."""
    panel = import_string(settings.HOME_PANEL)(request)
    return render(request, "portal/home.html", panel)


@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    """Somebody is still there: the request itself keeps the session (`portal.middleware.IdleMiddleware`)."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


class SignInForm(AuthenticationForm):
    """Name and password, with errors in plain words."""

    use_required_attribute = False
    username = UsernameField(label="用户名", max_length=150, error_messages={"max_length": "用户名没有这么长，请核对"})
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "用户名或密码不对，请核对大小写后再试。连续输错十次要等 15 分钟",
        "inactive": "这个账号已停用，请联系管理员",
    }


class SignIn(LoginView):
    """Sign in; a signed-in person goes straight home."""

    form_class = SignInForm

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """At most a hundred wrong tries an hour from one address, whoever they are for."""
        limit(self.request, "login", most=100, seconds=3600, words="登录尝试太多，请一小时后再试")
        return super().form_invalid(form)

    template_name = "portal/login.html"
    extra_context = {"site_name": settings.SITE_NAME}  # the view would put the host name there
    redirect_authenticated_user = True
