"""Sessions of contacts: over as soon as the contact no longer stands. Idle sessions end in `portal.middleware`."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from portal.models import User
from registry import contacts

SESSION = "contact"  # under this key a session holds the contact who signed in by a code
OVER = "登录已失效：负责人或手机号已经变更"


class ContactMiddleware:
    """Ends a contact's session with the contact; the sessions of others pass through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        pk = request.session.get(SESSION)
        if pk is None or not request.user.is_authenticated or _stands(pk, request.user):
            return self.get_response(request)
        logout(request)
        answer = self.get_response(request)  # what anybody may read goes on: a link to rate the service
        if not answer.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)):
            return answer
        messages.info(request, OVER)
        return redirect("registry:contact_login")


def _stands(pk: int, user: User) -> bool:
    contact = contacts.current(pk)
    return contact is not None and contact.user_id == user.pk
