"""Putting a message into the queue, in the words of its county. Called inside the transaction that caused it."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from registry import codes
from registry.messages import texts
from registry.models import Case, Dispatch, Wording

EMAIL, SMS = Dispatch.Channel.EMAIL, Dispatch.Channel.SMS


def words(event: str, channel: str, place_code: str) -> tuple[str, str]:
    """Subject and body for a place: the nearest wording somebody wrote, else the portal's own."""
    above = codes.lineage(place_code) if place_code else []
    rows = Wording.objects.filter(event=event, channel=channel, place_code__in=above)
    nearest = max(rows, key=lambda row: codes.level(row.place_code), default=None)
    return (nearest.subject, nearest.body) if nearest else texts.EVENTS[event].words[channel]


def tell(
    event: str, channel: str, address: str, values: Mapping[str, str], *, key: str, place_code: str, case: Case | None
) -> None:
    """Queue the message of an event, in the words of its place. A key that is there already is not queued again."""
    subject, body = (texts.fill(text, values) for text in words(event, channel, place_code))
    put(channel, address, subject, body, key=key, place_code=place_code, case=case)


def put(
    channel: str,
    address: str,
    subject: str,
    body: str,
    *,
    key: str,
    place_code: str,
    case: Case | None = None,
    until: dt.datetime | None = None,
) -> None:
    """Queue a ready text. After `until` it is not sent any more."""
    one = Dispatch(
        channel=channel,
        key=key,
        address=address,
        subject=" ".join(subject.split())[:120],
        body=body,
        case=case,
        place_code=place_code,
        next_at=timezone.now(),
        until=until,
    )
    Dispatch.objects.bulk_create([one], ignore_conflicts=True)
