"""Who calls: the client behind an access token, and what the token lets it do where."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, DateTimeField, Model
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.scopes import get_scopes_backend
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.api import scopes
from portal.api.scopes import Scope
from portal.api.statements import Slot, Statement
from portal.errors import NotAllowed
from portal.models import Client, User
from portal.models.users import KnownOffices

TO_CLIENT, TO_USER = "application__client__", "application__client__user__"
TOLD = ((TO_CLIENT, Client), (TO_USER, User))
ROLE, CODE, STARTS, ENDS = (f"{TO_USER}offices__{name}" for name in ("role", "place__code", "starts", "ends"))


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
    """Who holds this token; None for a token that is unknown, over, or whose client may not knock. One statement.

    An office that ended since the token was made takes what it gave with it. The client's account knows the offices it
    holds today, so that nothing asks for them again.
    """
    checksum = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    rows = _known().ask(checksum=checksum, now=now)
    if not rows:
        return None
    client, today = _built(Client, rows[0], TO_CLIENT), timezone.localdate(now)
    client.user = _built(User, rows[0], TO_USER)
    held = [(row[ROLE], row[CODE]) for row in rows if row[ROLE] and _in_force(row, today)]
    client.user.known_offices = KnownOffices(today, tuple(held))
    names = rows[0]["scope"].split()
    if any(_ended(row, today) for row in rows):
        names = still(client.application, names)
    return Caller(client, tuple(one for one in map(scopes.read, names) if one))


def still(application: Any, names: list[str]) -> list[str]:
    """Of the scopes of a token those its client may ask for now."""
    given = get_scopes_backend().get_available_scopes(application, SimpleNamespace(scopes=names))
    return [one for one in names if one in given]


@cache
def _known() -> Statement:
    """A row for each office (one without, where there is none) of the client that holds a token."""
    rows = AccessToken.objects.filter(
        token_checksum=Slot("checksum", CharField()),
        expires__gt=Slot("now", DateTimeField()),
        application__client__suspended_at=None,
        application__client__user__is_active=True,
    )
    columns = [f"{way}{one.attname}" for way, of in TOLD for one in of._meta.concrete_fields]
    return Statement(rows.order_by(CODE, ROLE).values("scope", *columns, ROLE, CODE, STARTS, ENDS))


def _built(of: type[Model], row: dict[str, Any], way: str) -> Any:
    """The record of a model that stands in a row under `way`."""
    names = [one.attname for one in of._meta.concrete_fields]
    return of.from_db("default", names, [row[way + name] for name in names])


def _in_force(row: dict[str, Any], day: dt.date) -> bool:
    return row[STARTS] <= day and (row[ENDS] is None or day < row[ENDS])


def _ended(row: dict[str, Any], today: dt.date) -> bool:
    """Whether an office ended on the day the token was made or since; no token lives for a day."""
    return row[ENDS] is not None and today - dt.timedelta(days=1) <= row[ENDS] <= today
