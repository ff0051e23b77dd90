"""Who sits at the desks of the sandbox: the people of the demo data, and where there are none, people made here."""

import secrets
from collections.abc import Iterator

from django.utils import timezone

from portal.models import User
from registry import offices
from registry.casework import numbers, rights
from registry.models import Case, Jurisdiction
from registry.scope import Role

LEVEL = Jurisdiction.Level
SEATS = {
    Role.COMMUNITY: LEVEL.COMMUNITY,
    Role.STREET: LEVEL.STREET,
    Role.DISTRICT: LEVEL.COUNTY,
    Role.APPROVER: LEVEL.COUNTY,
}
COLLEAGUES = (1, 2)  # two at every desk: who looked first does not decide


def candidates(role: str, case: Case) -> Iterator[User]:
    """People who may take a step of this role in a case, nearest first; accounts of clients never do."""
    yield from (user for user in rights.holders(role, case.place_code) if not hasattr(user, "client"))
    for number in COLLEAGUES:
        yield _made(role, numbers.keeper(case.place, SEATS[Role(role)]), number)


def _made(role: str, place: Jurisdiction, number: int) -> User:
    username = f"sandbox-{role}-{place.code}-{number}"
    found = User.objects.filter(username=username).first()
    if found is None:
        name, secret = f"沙箱{Role(role).label[:8]}{number}", secrets.token_urlsafe(32)
        today = timezone.localdate()
        office, _ = offices.appoint(
            username, name=name, secret=secret, role=role, place=place, title="沙箱", starts=today, ends=None
        )
        found = office.user
    return found
