"""Who calls: the client behind an access token, and what the token lets it do where."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.scopes import get_scopes_backend
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.api import scopes
from portal.api.scopes import Scope
from portal.errors import NotAllowed
from portal.models import Client, User


@dataclass(frozen=True)
class Caller:
    """A client, and the scopes of the token it came with."""

    client: Client
    scopes: tuple[Scope, ...]

    @property
    def user(self) -> User:
        """The client's own account: its offices say what it may do."""
        return self.client.user

    def places(self, ability: str, stage: str = "") -> list[str]:
        """Where the token gives an ability; `NotAllowed` (403) when nowhere."""
        found = scopes.places(self.scopes, ability, stage)
        if not found:
            words = scopes.ABILITIES[ability]
            raise NotAllowed(
                f"令牌没有“{words}”的权限（{ability}{f':{stage}' if stage else ''}）", code="scope_missing"
            )
        return found


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer …`. One query; a revoked key, a suspended client and a closed account fail at once."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        kind, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if not kind:
            return None
        if kind.lower() != "bearer" or not token.strip():
            raise AuthenticationFailed()
        found = caller(token.strip(), timezone.now())
        if found is None:
            raise AuthenticationFailed()
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def caller(token: str, now: dt.datetime) -> Caller | None:
    """Who holds this token; None for a token that is unknown, over, or whose client may not knock.

    An office that ended since the token was made takes what it gave with it.
    """
    checksum = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    rows = AccessToken.objects.filter(token_checksum=checksum, expires__gt=now)
    rows = rows.filter(application__client__suspended_at=None, application__client__user__is_active=True)
    found = rows.annotate(fewer=_ended(now)).select_related("application__client__user").first()
    if found is None:
        return None
    names = found.scope.split()
    if found.fewer:
        names = still(found.application, names)
    return Caller(found.application.client, tuple(one for one in map(scopes.read, names) if one))


def still(application: Any, names: list[str]) -> list[str]:
    """Of the scopes of a token those its client may ask for now."""
    given = get_scopes_backend().get_available_scopes(application, SimpleNamespace(scopes=names))
    return [one for one in names if one in given]


def _ended(now: dt.datetime) -> Exists:
    """Whether an office of the client ended on the day the token was made or since."""
    offices = apps.get_model("registry", "Office").objects  # of an upper floor, hence by name
    today, aday = timezone.localdate(now), dt.timedelta(days=1)  # no token lives for a day
    return Exists(offices.filter(user=OuterRef("application__client__user"), ends__gte=today - aday, ends__lte=today))
