"""Cases of the road in one line, as they would stand in the tables, for the tests of forecasts."""

import datetime as dt

from django.utils import timezone

from portal.models import User
from registry.models import Case, Jurisdiction

ROADS = {"filing": "filing", "registration": "registration"}


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def cases(code, many, *, kind="filing", since, ends=None, state="submitted", **more):
    """So many cases of a place handed in on a day; with an end they are decided (approved unless told otherwise)."""
    user, _ = User.objects.get_or_create(username="opener", name="小王")
    said = {"scope": "community"} | more.pop("said", {})
    values = {
        "road": ROADS[kind],
        "kind": kind,
        "variant": "direct",
        "place": Jurisdiction.objects.get(code=code),
        "place_code": code,
        "answers": {"organisation": said},
        "state": state if ends is None else more.pop("outcome", "approved"),
        "submitted_at": moment(since),
        "closed_at": moment(ends) if ends else None,
        "opened_by": user,
    }
    return Case.objects.bulk_create([Case(**values | more) for _ in range(many)])


def experience(code, *, granted=30, failed=0, days=10, until, kind="filing"):
    """Cases of a place decided on a day, each after so many days."""
    begun = until - dt.timedelta(days=days)
    cases(code, granted, kind=kind, since=begun, ends=until)
    cases(code, failed, kind=kind, since=begun, ends=until, outcome="rejected")
