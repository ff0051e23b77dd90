"""Addresses as the public sees them, for QR codes and messages, and the tokens in them.

A token names one row and cannot be made without the portal's key; nothing in it can be read back as a person.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from registry.models import Case

HERE = "http://127.0.0.1:8000"  # a portal that nobody told its address answers only on its own machine
RATING, CONTACT = "rating", "contact"


def absolute(request: HttpRequest, path: str) -> str:
    """The address the public sees: the configured one, else the one this request came to."""
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def public(path: str) -> str:
    """The address for a message that no request asked for."""
    return (settings.PUBLIC_URL or HERE).rstrip("/") + path


def track_url(request: HttpRequest, case: Case) -> str:
    return absolute(request, f"{reverse('registry:track')}?number={case.number}&code={case.query_code}")


def token(purpose: str, pk: int) -> str:
    """A signed, dated token for one row."""
    return signing.TimestampSigner(sep=".", salt=purpose).sign(str(pk))


def row(purpose: str, text: str, *, within: dt.timedelta | None = None) -> int | None:
    """The row a token names; None for one that was not made here, was changed, or is older than `within`."""
    try:
        return int(signing.TimestampSigner(sep=".", salt=purpose).unsign(text, max_age=within))
    except (signing.BadSignature, ValueError):
        return None


def service_path(case: Case) -> str:
    """Where whoever applied follows the case and rates the service, without signing in."""
    return reverse("registry:rate", args=[token(RATING, case.pk)])
