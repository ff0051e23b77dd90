"""Delegations, when a place becomes another place (`PLACE_ACT_HANDS`, `PLACE_ACT_PREVIEWS`)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from filings.models import Delegation
from registry.models import Jurisdiction
from registry.places.acts.handing import Handing
from registry.places.acts.plan import Plan
from registry.scope import within

CARRIED = {
    "filings.Delegation.street": "filings.handing.hand_on",
    "filings.Delegation.community": "filings.handing.hand_on",
}
SHOWN = 20


def hand_on(handing: Handing) -> None:
    """The delegation of a committee goes on where its street goes with it, or the same street stays above it.

    Another street has to entrust it anew: the delegation of the former ends with the day.
    """
    if not handing.whole:
        return
    running = Delegation.objects.filter(Q(ends=None) | Q(ends__gt=handing.on), community=handing.before)
    street = handing.after.parent
    for one in running.select_related("street"):
        goes_on = one.street == street or _became(one.street, street)
        if goes_on and not _entrusted(street, handing):
            Delegation.objects.create(
                street=street,
                community=handing.after,
                starts=max(one.starts, handing.on),
                ends=one.ends,
                document=one.document,
                covers_review=one.covers_review,
                covers_report=one.covers_report,
                covers_guidance=one.covers_guidance,
            )
        one.ends = max(one.starts, handing.on)
        one.save(update_fields=["ends"])


def _entrusted(street: Jurisdiction, handing: Handing) -> bool:
    """That the committee in its place has the word of the street already: it is given once, and ended once."""
    own = Delegation.objects.filter(Q(ends=None) | Q(ends__gt=handing.on), community=handing.after, street=street)
    return own.exists()


def _became(former: Jurisdiction, street: Jurisdiction) -> bool:
    return former.ends is not None and former.successors.filter(after=street).exists()


def preview(plan: Plan, on: dt.date) -> Iterable[tuple]:
    """(label, number, names, what follows) of the delegations in force in what leaves."""
    rows = Delegation.objects.in_force(on).filter(within(plan.leaving, "community__code"))
    names = tuple(str(one) for one in rows.select_related("street", "community")[:SHOWN])
    yield "委托", rows.count(), names, "街道随同调整的接续有效；换了街道的，由新街道重新委托"
