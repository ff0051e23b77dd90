"""The only writer of clients: systems of others that speak with the portal through the API."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from portal import actions as audit
from portal.errors import Refusal
from portal.models import Client, User
from registry import codes
from registry.models import Jurisdiction
from registry.offices import appoint
from registry.scope import Role


@dataclass(frozen=True)
class Key:
    """A client's key pair. The secret is told once, here; only its hash is kept."""

    client: Client
    client_id: str
    client_secret: str


@transaction.atomic
def make(name: str, grants: Iterable[tuple[str, str]], *, mail: str = "", per_minute: int = 600) -> Key:
    """A new client with an account nobody can sign in with, and an office for each (role, 12-digit code).

    `Refusal` when the name is taken or a place is unknown.
    """
    if Client.objects.filter(name=name).exists():
        raise Refusal(f"已经有名为“{name}”的接入方", code="client_exists", field="name")
    user = User(username=f"client-{secrets.token_hex(6)}", name=name[:40], mail=User.Mail.NONE, email=mail)
    user.set_unusable_password()
    user.save()
    for role, code in grants:
        place = Jurisdiction.objects.filter(code=codes.normalise(code)).first()
        if place is None:
            raise Refusal(f"没有这个地方：{code}", code="no_such_place", field="grants")
        today = timezone.localdate()
        appoint(user.username, name="", secret="", role=Role(role), place=place, title="", starts=today, ends=None)
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
