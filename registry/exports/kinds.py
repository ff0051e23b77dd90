"""What can be taken away in bulk: lists of the API, each named by string in `settings.EXPORTED`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework.serializers import Serializer

from portal.api import scopes
from portal.errors import NotAllowed
from portal.models import Client, User
from registry import codes
from registry.clients import granted

PAGING = ("cursor", "page_size")  # a file has no pages


@dataclass(frozen=True)
class Kind:
    """A list as its door shows it.

    `rows(user, places, asked)` is the queryset of the list, ordered by the columns `names` (the last one unique, all
    descending with `down`); `shape` makes of a row what the list tells a user, `item` describes that.
    """

    ability: str
    query: type[Serializer]
    item: type[Serializer]
    rows: Callable[[User, list[str], dict[str, Any]], QuerySet]
    shape: Callable[[Any, User], dict[str, Any]]
    names: tuple[str, ...]
    down: bool = False

    def read(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The parameters, checked as the list checks them; `ValidationError` for what it would refuse."""
        read = self.query(data=asked)
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)


@cache
def kind(what: str) -> Kind:
    """The list of this name."""
    return import_string(settings.EXPORTED[what])


def covered(wanted: list[str], held: list[str]) -> bool:
    """Whether each wanted place lies in one that is held."""
    return all(any(codes.contains(above, code) for above in held) for code in wanted)


def held(client: Client, ability: str) -> list[str]:
    """Where the client's offices give an ability today."""
    offices = client.user.offices.in_force(timezone.localdate()).select_related("place")
    return scopes.places(granted(offices), ability)


def hold(found: Kind, places: list[str], client: Client) -> None:
    """`NotAllowed` unless the client may still read all of these places."""
    stands = client.suspended_at is None and client.user.is_active
    if not stands or not covered(places, held(client, found.ability)):
        raise NotAllowed("提出导出时的权限已经变化（任职结束或者接入方停用），没有导出", code="right_ended")
