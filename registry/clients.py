"""The only writer of clients: systems of others that speak with the portal through the API."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from portal import actions as audit
from portal.api.scopes import Scope
from portal.errors import Refusal
from portal.models import Client, KeptAnswer, User
from registry import offices
from registry.models import Office
from registry.places import find
from registry.scope import DESK, STAFF, Role

ALL = ("events.read",)
APPLYING = ("cases.read", "cases.write")
READING = ("register.read", "targets.read", "exports.write")


@dataclass(frozen=True)
class Key:
    """A client's key pair. The secret is told once, here; only its hash is kept."""

    client: Client
    client_id: str
    client_secret: str


@transaction.atomic
def make(name: str, grants: Iterable[tuple[str, str]], *, mail: str = "", per_minute: int = 600) -> Key:
    """A new client with an account nobody can sign in with, and an office for each (role, 12-digit code).

    `Refusal` when the name is taken, a role or a place is unknown.
    """
    if Client.objects.filter(name=name).exists():
        raise Refusal(f"已经有名为“{name}”的接入方", code="client_exists", field="name")
    user = User(username=f"client-{secrets.token_hex(6)}", name=name[:40], mail=User.Mail.NONE, email=mail)
    user.set_unusable_password()
    user.save()
    for role, code in grants:
        _appoint(user, role, code)
    secret = secrets.token_urlsafe(48)
    application = Application.objects.create(
        name=name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    client = Client.objects.create(application=application, user=user, name=name, mail=mail, per_minute=per_minute)
    audit.note("client.make", f"client:{client.pk}", by=None, summary=name)
    return Key(client, application.client_id, secret)


@transaction.atomic
def rotate(client: Client) -> Key:
    """A new secret; the old one and every token made with it end at once."""
    application, secret = client.application, secrets.token_urlsafe(48)
    application.client_secret = secret
    application.save()
    AccessToken.objects.filter(application=application).delete()
    client.rotated_at = timezone.now()
    client.save(update_fields=["rotated_at"])
    audit.note("client.rotate", f"client:{client.pk}", by=None, summary=client.name)
    return Key(client, application.client_id, secret)


@transaction.atomic
def suspend(client: Client) -> Client:
    """No token of this client opens anything from now on, and no new one is given."""
    client.suspended_at = timezone.now()
    client.save(update_fields=["suspended_at"])
    AccessToken.objects.filter(application=client.application).delete()
    audit.note("client.suspend", f"client:{client.pk}", by=None, summary=client.name)
    return client


@transaction.atomic
def resume(client: Client) -> Client:
    """The client may ask for tokens again, with the key it has."""
    client.suspended_at = None
    client.save(update_fields=["suspended_at"])
    audit.note("client.resume", f"client:{client.pk}", by=None, summary=client.name)
    return client


@transaction.atomic
def grant(client: Client, role: str, code: str) -> Office:
    """One more office, from today. `OutOfTurn` when the client has it, `Refusal` for an unknown role or place."""
    office = _appoint(client.user, role, code)
    audit.note("client.grant", f"client:{client.pk}", by=None, place_code=office.place.code, summary=str(office))
    return office


@transaction.atomic
def revoke(client: Client, role: str, code: str) -> Office:
    """An office ends today: tokens already given lose what came from it. `Refusal` when the client does not have it."""
    office = offices.end(client.user.username, role=_role(role), place=find(code), on=timezone.localdate())
    audit.note("client.revoke", f"client:{client.pk}", by=None, place_code=office.place.code, summary=str(office))
    return office


def sweep(now: dt.datetime) -> int:
    """Delete tokens that are over and answers kept longer than `settings.API_KEEP_ANSWERS_HOURS`; how many went.

    Running twice does no harm.
    """
    tokens, _ = AccessToken.objects.filter(expires__lt=now).delete()
    before = now - dt.timedelta(hours=settings.API_KEEP_ANSWERS_HOURS)
    answers, _ = KeptAnswer.objects.filter(at__lt=before).delete()
    return tokens + answers


def _appoint(user: User, role: str, code: str) -> Office:
    given = {"role": _role(role), "place": find(code), "title": user.name if role == Role.ADVISER else ""}
    office, _ = offices.appoint(user.username, name="", secret="", starts=timezone.localdate(), ends=None, **given)
    return office


def _role(role: str) -> Role:
    if role not in Role.values:
        raise Refusal(f"没有这个角色：{role}。可以写 {'、'.join(Role.values)}", code="no_such_role", field="grants")
    return Role(role)


def granted(offices: Iterable[Office]) -> list[Scope]:
    """The scopes of offices: an applicant's applies, a desk's acts at its stage, every member of staff's reads."""
    found: list[Scope] = []
    for office in offices:
        code = office.place.code
        names = list(ALL)
        if office.role == Role.APPLICANT:
            names += APPLYING
        if office.role in DESK:
            names.append("cases.read")
            found.append(Scope("cases.act", code, office.role))
        if office.role == Role.COMMUNITY:
            names += APPLYING
        if office.role in STAFF:
            names += READING
        found += [Scope(name, code) for name in names]
    return list(dict.fromkeys(found))
