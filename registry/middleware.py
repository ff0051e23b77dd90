"""Sessions of contacts: over as soon as the contact no longer stands. Idle sessions end in `portal.middleware`."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registry import contacts

SESSION = "contact"  # under this key a session holds the contact who signed in by a code
OVER = "登录已失效：负责人或手机号已经变更"


class ContactMiddleware:
    """Ends a contact's session with the contact; the sessions of others pass through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        pk = request.session.get(SESSION)
        if pk is not None and request.user.is_authenticated:
            contact = contacts.current(pk)
            if contact is None or contact.user_id != request.user.pk:
                logout(request)
                messages.info(request, OVER)
                return redirect("registry:contact_login")
        return self.get_response(request)
