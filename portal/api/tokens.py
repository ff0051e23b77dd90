"""The token endpoint: OAuth 2 client credentials (RFC 6749 4.4) and revocation (RFC 7009), limited by address.

Its errors are the standard's own JSON (`error`, `error_description`), because libraries of clients read that.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.views import RevokeTokenView, TokenView

from portal.api import limits
from portal.api.rendering import dump
from portal.limits import address


class InForce(OAuth2Validator):
    """A suspended client and one whose account is closed are unknown here."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        if not super().authenticate_client(request, *args, **kwargs):
            return False
        client = getattr(request.client, "client", None)
        return bool(client and client.suspended_at is None and client.user.is_active)


class Limited:
    """So many requests a minute from one address, told on every answer."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        quota = limits.count(f"token:{address(request)}", settings.API_TOKENS_PER_MINUTE)
        request.quota = quota  # type: ignore[attr-defined]
        if quota.remaining < 0:
            return _error(429, "slow_down", f"请求太频繁，{quota.reset} 秒后再试")
        try:
            form = request.POST
        except (MultiPartParserError, SuspiciousOperation, UnicodeError):
            form = None
        if form is None or any("\0" in value for value in form.values()):
            return _error(400, "invalid_request", "请求体不是合格的表单")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


@method_decorator(csrf_exempt, name="dispatch")  # no cookie is looked at
class Token(Limited, TokenView):
    """A token for a client's key."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.authorization_flow_token_response(request)


@method_decorator(csrf_exempt, name="dispatch")
class Revoke(Limited, RevokeTokenView):
    """A token that is not to be used any more."""


def _error(status: int, code: str, words: str) -> HttpResponse:
    body = dump({"error": code, "error_description": words})
    return HttpResponse(body, status=status, content_type="application/json", headers={"Cache-Control": "no-store"})
