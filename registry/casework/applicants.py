"""Which cases are of the same applicant. A person's account is the person; a client's account speaks for many, so
that behind it only the organisation tells, or before it is on the register its name and place. Reads only."""

from collections.abc import Iterable

from django.db.models import Q

from portal.models import User
from registry.models import Case


def same(case: Case, users: Iterable[int], under: str = "") -> Q:
    """Cases that one of these accounts opened for the applicant of this case; `under` is the way to the case
    (`case__`). One query."""
    accounts = set(users)
    persons = set(User.objects.filter(pk__in=accounts, client=None).values_list("pk", flat=True))
    found = Q(**{f"{under}opened_by__in": persons})
    clients = Q(**{f"{under}opened_by__in": accounts - persons})
    if case.organisation_id:
        found |= clients & Q(**{f"{under}organisation": case.organisation_id})
    if case.name:
        found |= clients & Q(**{f"{under}name": case.name, f"{under}place": case.place_id})
    return found
