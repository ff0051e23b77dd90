"""Pushes on their way to the platforms, oldest first within a case; a platform that is down holds nobody up but itself.

Sent again a push is the same bytes under the same Idempotency-Key (number and sequence), so that a lost answer doubles
nothing there. What a platform refuses waits for a correction, and the later records of that case with it.
"""

import datetime as dt
import hashlib
import hmac
import json
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from portal.outbound import sending as outbound
from portal.outbound.answers import Answer
from portal.typed import plain
from registry.exchange import platforms, pushing, telling
from registry.exchange.platforms import Line
from registry.models import Push

BATCH = 200
HELD = dt.timedelta(seconds=60)  # as long as one worker has a push to itself; a request takes at most 15
FIRST, MOST = 10, 600  # seconds until it is tried again
OURS = frozenset({401, 403, 404, 405, 408, 425, 429})  # says nothing of the record: key, address or load


def send() -> int:
    """Send what is due to every platform; how many were taken."""
    return sum(_send(line) for line in platforms.on())


def signed(secret: str, what: str, body: bytes = b"") -> dict[str, str]:
    """The headers that prove a request ours: HMAC-SHA256 over `time.what.body`, in hex."""
    at = str(int(timezone.now().timestamp()))
    mac = hmac.new(secret.encode(), f"{at}.{what}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Timestamp": at, "X-Signature": mac}


def idempotency_key(push: Push) -> str:
    """Number and sequence, in ASCII: what a platform knows a record by."""
    return f"{quote(push.number)}-{push.sequence}"


def _send(line: Line) -> int:
    taken = 0
    for _ in range(BATCH):
        push = _due(line.name).first()
        if push is None:
            break
        if not _claim(push):
            continue
        answer = _post(line, push)
        if answer.good:
            _keep(push, answer)
            taken += 1
        elif 400 <= answer.status < 500 and answer.status not in OURS:
            _refuse(line, push, answer)
        else:
            _put_off(push, answer)
            break  # the platform is down: one try a run says enough
    return taken


def _due(platform: str) -> QuerySet[Push]:
    """Pushes whose time has come and that nothing of the same case goes before."""
    before = Push.objects.filter(platform=OuterRef("platform"), number=OuterRef("number"))
    before = before.filter(sequence__lt=OuterRef("sequence")).exclude(state=Push.State.SENT)
    waiting = Push.objects.filter(platform=platform, state=Push.State.WAITING, next_at__lte=timezone.now())
    return waiting.filter(~Exists(before)).select_related("case").order_by("id")


def _claim(push: Push) -> bool:
    """Whether this process has it: no other sends it for a while."""
    mine = Push.objects.filter(pk=push.pk, state=Push.State.WAITING, tries=push.tries, next_at=push.next_at)
    push.tries += 1
    return bool(mine.update(tries=F("tries") + 1, next_at=timezone.now() + HELD))


def _post(line: Line, push: Push) -> Answer:
    body, key = pushing.sent(push), idempotency_key(push)
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
    return outbound.post(line.url, body, headers | signed(line.secret, key, body))


def _keep(push: Push, answer: Answer) -> None:
    told = _json(answer).get("receipt", "")
    values = {"state": Push.State.SENT, "sent_at": timezone.now(), "receipt": plain(told)[:100], "fault": ""}
    Push.objects.filter(pk=push.pk, state=Push.State.WAITING).update(**values)


@transaction.atomic
def _refuse(line: Line, push: Push, answer: Answer) -> None:
    told = _json(answer)
    words = told.get("detail") or told.get("message") or answer.body.decode("utf-8", "replace")
    push.fault = f"{answer.status} {plain(words)}".strip()[:200]
    if Push.objects.filter(pk=push.pk, state=Push.State.WAITING).update(state=Push.State.REFUSED, fault=push.fault):
        telling.refused(line.platform, push)


def _put_off(push: Push, answer: Answer) -> None:
    later = timezone.now() + dt.timedelta(seconds=min(MOST, FIRST * 2 ** min(push.tries - 1, 9)))
    fault = answer.fault or f"平台答复 {answer.status}"
    Push.objects.filter(pk=push.pk, state=Push.State.WAITING).update(next_at=later, fault=fault[:200])


def _json(answer: Answer) -> dict:
    try:
        found = json.loads(answer.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def oldest_unpushed() -> dict[str, object]:
    """For `/healthz`: since when the oldest push waits, and for how many seconds; nulls when none does."""
    push = Push.objects.filter(state=Push.State.WAITING, platform__in=settings.PLATFORMS).order_by("id").first()
    waited = int((timezone.now() - push.made_at).total_seconds()) if push else None
    return {"oldest_unpushed": push.made_at if push else None, "unpushed_seconds": waited}
