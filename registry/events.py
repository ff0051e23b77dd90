"""The only writer of events: called in the transaction of what happened, so that neither is there without the other."""

from typing import Any

from registry.models import Case, Event, Organisation

PREFIX = "cn.shzz."  # every type begins so: our own vocabulary, no standard is claimed


def tell(
    type: str,
    subject: str,
    *,
    place_code: str,
    case: Case | None = None,
    organisation: Organisation | None = None,
    **data: Any,
) -> Event:
    """Write down that something happened. `type` without the prefix ("case.submitted"), `data` small keys only."""
    return Event.objects.create(
        type=PREFIX + type, subject=subject, place_code=place_code, case=case, organisation=organisation, data=data
    )
