"""Which scopes a client may ask for: what its account's offices give, where they give it, while they last."""

from collections.abc import Iterable

from django.utils import timezone
from oauth2_provider.scopes import BaseScopes

from portal.api import scopes
from portal.api.scopes import ABILITIES, Scope
from registry import codes
from registry.clients import granted


class GrantedScopes(BaseScopes):
    """For the token endpoint: a token may carry any of the client's scopes, and carries all where none is asked for.

    One that is asked for a smaller place is given for that place alone.
    """

    def get_all_scopes(self) -> dict[str, str]:
        return dict(ABILITIES)

    def get_available_scopes(self, application=None, request=None, *args, **kwargs) -> list[str]:
        client = getattr(application, "client", None)
        if client is None or client.suspended_at or not client.user.is_active:
            return []
        offices = client.user.offices.in_force(timezone.localdate()).select_related("place")
        given = granted(offices)
        return [str(one) for one in given] + narrower(given, getattr(request, "scopes", None) or [])

    def get_default_scopes(self, application=None, request=None, *args, **kwargs) -> list[str]:
        return self.get_available_scopes(application)


def narrower(given: list[Scope], asked: Iterable[str]) -> list[str]:
    """Of the scopes asked for, those that lie inside one given: the same ability and stage, in a place below."""
    return [text for text in asked if (one := scopes.read(text)) and any(_inside(one, wide) for wide in given)]


def _inside(one: Scope, wide: Scope) -> bool:
    return (one.ability, one.stage) == (wide.ability, wide.stage) and codes.contains(wide.place, one.place)
