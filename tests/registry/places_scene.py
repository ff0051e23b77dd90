"""A district officer and the demo places, for the tests of places."""

import datetime as dt

from portal.models import User
from registry.models import Jurisdiction, Office
from registry.places import find
from registry.scope import Role

HEXI, STREET = "120103000000", "120103001000"


def officer(name, code, role=Role.DISTRICT):
    user = User.objects.create(username=name, name=name)
    Office.objects.create(user=user, role=role, place=find(code), starts=dt.date(2020, 1, 1))
    return user


def community(code="120103001001"):
    return Jurisdiction.objects.get(code=code)


def dated(day, **more):
    return {"on": dt.date.fromisoformat(day), "source": "津民函〔2024〕1号", **more}
