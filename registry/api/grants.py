"""Which scopes a client may ask for: what its account's offices give, where they give it, while they last."""

from collections.abc import Iterable

from django.utils import timezone
from oauth2_provider.scopes import BaseScopes

from portal.api.scopes import ABILITIES, Scope
from registry.models import Office
from registry.scope import DESK, STAFF, Role

ALL = ("events.read",)
APPLYING = ("cases.read", "cases.write")
READING = ("register.read", "targets.read", "exports.write")


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


class GrantedScopes(BaseScopes):
    """For the token endpoint: a token may carry any of the client's scopes, and carries all where none is asked for."""

    def get_all_scopes(self) -> dict[str, str]:
        return dict(ABILITIES)

    def get_available_scopes(self, application=None, request=None, *args, **kwargs) -> list[str]:
        client = getattr(application, "client", None)
        if client is None or client.suspended_at or not client.user.is_active:
            return []
        offices = client.user.offices.in_force(timezone.localdate()).select_related("place")
        return [str(one) for one in granted(offices)]

    def get_default_scopes(self, application=None, request=None, *args, **kwargs) -> list[str]:
        return self.get_available_scopes(application, request)
