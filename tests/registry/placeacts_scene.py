"""Changes of divisions on the small tree of the cast: who plans, and a street next door to plan with."""

import datetime as dt

from registry.places.acts import deciding, planning
from tests import builders

TODAY = dt.date(2026, 11, 22)
DAY = dt.date(2026, 11, 1)
DOCUMENT = "津民函〔2026〕9号"


def street(places, code="120103002000", name="下瓦房街道"):
    return builders.place(code, name, "street", parent=places.hexi)


def propose(cast, kind, plan, *, on=DAY, by=None):
    return deciding.propose(kind, plan, on=on, document=DOCUMENT, by=by or cast.zhang, today=TODAY)


def do(cast, kind, plan, *, on=DAY):
    act = propose(cast, kind, plan, on=on)
    return deciding.agree(act, by=cast.zhang, seen=None, today=TODAY)


def merged(cast, places, other, *, on=DAY):
    """下瓦房街道 goes up in 大营门街道."""
    plan = planning.merge([places.street, other], into=places.street, code="", name="", on=on)
    return do(cast, "merge", plan, on=on)
