"""Sending what waits in the queue, one message at a time.

A message is claimed in a short transaction of its own (the try is counted and the next one dated), handed over
outside any transaction, and settled in another. Two workers never claim the same one; a worker that dies between
handing over and settling leaves a message that is sent once more after its back-off.
"""

import datetime as dt
import logging

from django.db import connection, transaction
from django.utils import timezone

from registry.messages import ports
from registry.models import Dispatch

BATCH = 200
FIRST, LONGEST = dt.timedelta(minutes=1), dt.timedelta(hours=1)
MOST = 10  # tries: the last about six hours after the first
TOO_LATE = "过了有效时间，没有发送"
log = logging.getLogger(__name__)


def send() -> int:
    """Send everything that is due; returns how many went out. A message that fails holds up none behind it."""
    sent = 0
    for _ in range(BATCH):
        found = _claim()
        if found is None:
            break
        sent += _hand_over(found)
    return sent


def pause(tries: int) -> dt.timedelta:
    """How long to wait after the n-th try: a minute, doubled each time, at most an hour."""
    return min(FIRST * 2 ** (tries - 1), LONGEST)


@transaction.atomic
def _claim() -> Dispatch | None:
    now = timezone.now()
    due = Dispatch.objects.filter(state=Dispatch.State.WAITING, next_at__lte=now).order_by("next_at", "id")
    skip = connection.features.has_select_for_update_skip_locked
    found = due.select_for_update(of=("self",), skip_locked=True).first() if skip else due.select_for_update().first()
    if found:
        found.tries += 1
        found.next_at = now + pause(found.tries)
        found.save(update_fields=["tries", "next_at"])
    return found


def _hand_over(found: Dispatch) -> bool:
    if found.until and timezone.now() > found.until:
        _settle(found, TOO_LATE, final=True)
        return False
    try:
        if found.channel == Dispatch.Channel.SMS:
            ports.sms(found.address, found.body, key=found.key)
        else:
            ports.email(found.address, found.subject, found.body, key=found.key)
    except Exception as fault:  # whatever the way out does, the messages behind go out
        log.warning("message %s was not sent: %s", found.pk, type(fault).__name__)
        _settle(found, f"{type(fault).__name__}: {fault}".replace(found.address, "…"), final=found.tries >= MOST)
        return False
    _settle(found)
    return True


def _settle(found: Dispatch, fault: str = "", *, final: bool = False) -> None:
    """Sent, failed for good, or still waiting with the fault kept. What expires is not kept in words."""
    values = {"fault": fault[:200]}
    if not fault:
        values |= {"state": Dispatch.State.SENT, "sent_at": timezone.now()}
    elif final:
        values |= {"state": Dispatch.State.FAILED}
    if found.until and "state" in values:
        values |= {"body": ""}
    Dispatch.objects.filter(pk=found.pk).update(**values)


def oldest_unsent() -> dict[str, object]:
    """For `/healthz`: since when the oldest message waits, for how many seconds, and how many failed within a day."""
    now = timezone.now()
    found = Dispatch.objects.filter(state=Dispatch.State.WAITING).order_by("id").first()
    failed = Dispatch.objects.filter(state=Dispatch.State.FAILED, made_at__gt=now - dt.timedelta(days=1))
    return {
        "oldest_unsent": found.made_at if found else None,
        "unsent_seconds": int((now - found.made_at).total_seconds()) if found else None,
        "unsent_failed": failed.count(),
    }
