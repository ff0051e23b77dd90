"""Addresses as the public sees them, for QR codes and messages."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from registry.models import Case


def absolute(request: HttpRequest, path: str) -> str:
    """The address the public sees: the configured one, else the one this request came to."""
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def track_url(request: HttpRequest, case: Case) -> str:
    return absolute(request, f"{reverse('registry:track')}?number={case.number}&code={case.query_code}")
