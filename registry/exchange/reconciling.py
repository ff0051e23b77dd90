"""What a platform holds of a day against what we sent: by number, sequence and digest, every difference kept.

The platform lists a day in pages: GET <address>?day=2026-07-03&page=1 answers `{"records": [{"number", "sequence",
"digest"}, …], "more": true}`, `digest` the SHA-256 of the body it keeps. What it lost is put in line again.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.errors import Refusal
from portal.outbound import sending as outbound
from registry.exchange import platforms, pushing, telling
from registry.exchange.platforms import Line
from registry.exchange.sending import signed
from registry.models import Case, Push, Reconciliation

PAGES = 2000
DAY = dt.timedelta(days=1)
Key = tuple[str, int]


class Unreadable(Refusal):
    """The platform's list could not be fetched, or is none."""

    status = 503


def night(on: dt.date) -> int:
    """Hold the day before against every platform once, and send again what was corrected; how many lists were held."""
    done = 0
    for line in platforms.on():
        pushing.mended(line.platform)
        if not Reconciliation.objects.filter(platform=line.name, day=on - DAY).exists():
            done += _tried(line, on - DAY)
    return done


def _tried(line: Line, day: dt.date) -> bool:
    try:
        reconcile(line, day)
    except Unreadable:
        return False  # the next run of the night tries again
    return True


def reconcile(line: Line, day: dt.date) -> Reconciliation:
    """Hold one day against a platform, keep what differs, send again what is missing there.

    `Unreadable` where the platform gives no list: nothing is kept then.
    """
    theirs = fetch(line, day)
    ours = {(one.number, one.sequence): one for one in _sent(line.name, day)}
    found = _differences(line, day, theirs, ours)
    with transaction.atomic():
        kept = Reconciliation.objects.create(
            platform=line.name, day=day, ours=len(ours), theirs=len(theirs), differences=found
        )
        lost = [ours[one["number"], one["sequence"]].pk for one in found if one["kind"] == "missing_there"]
        fresh = {"state": Push.State.WAITING, "next_at": timezone.now(), "tries": 0}
        Push.objects.filter(pk__in=lost, state=Push.State.SENT).update(**fresh)
        if found:
            numbers = {one["number"] for one in found}
            telling.differing(
                line.platform, kept, Case.objects.filter(number__in=numbers).values_list("place_code", flat=True)
            )
    return kept


def fetch(line: Line, day: dt.date) -> list[tuple[Key, str]]:
    """Every record a platform holds of a day: ((number, sequence), digest). `Unreadable` when it cannot be had."""
    found: list[tuple[Key, str]] = []
    for page in range(1, PAGES + 1):
        told = _page(line, day, page)
        found += told[0]
        if not told[1]:
            return found
    raise Unreadable("平台的当日清单没有尽头", code="list_unreadable")


def _page(line: Line, day: dt.date, page: int) -> tuple[list[tuple[Key, str]], bool]:
    query = f"day={day.isoformat()}&page={page}"
    url = f"{line.url}{'&' if '?' in line.url else '?'}{query}"
    answer = outbound.send("GET", url, None, {"Accept": "application/json"} | signed(line.secret, query))
    if not answer.good:
        raise Unreadable(f"取不到平台的当日清单：{answer.fault or answer.status}", code="list_unreachable")
    try:
        told = json.loads(answer.body)
        rows = [((_text(one["number"]), int(one["sequence"])), _text(one["digest"])) for one in told["records"]]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as fault:
        raise Unreadable("平台的当日清单不合格式", code="list_unreadable") from fault
    return rows, bool(told.get("more"))


def _text(told: object) -> str:
    """What a platform calls something; `ValueError` for what no database keeps."""
    text = str(told)
    if b"\0" in text.encode():
        raise ValueError(text)
    return text


def _sent(platform: str, day: dt.date) -> Iterable[Push]:
    first = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    rows = Push.objects.filter(platform=platform, sent_at__gte=first, sent_at__lt=first + DAY)
    return rows.only("number", "sequence", "digest", "state")


def _differences(
    line: Line, day: dt.date, theirs: list[tuple[Key, str]], ours: dict[Key, Push]
) -> list[dict[str, Any]]:
    many = Counter(key for key, _ in theirs)
    held = dict(theirs)
    known = {key: one.digest for key, one in ours.items()} | _elsewhen(
        line.name, [key for key in held if key not in ours]
    )
    lost = [key for key in ours if key not in held]
    if lost:  # what went out at midnight may stand under the neighbouring day
        near = {key for beside in (day - DAY, day + DAY) for key, _ in fetch(line, beside)}
        lost = [key for key in lost if key not in near]
    found = [_told("missing_there", key, known[key], "") for key in lost]
    found += [_told("missing_here", key, "", held[key]) for key in held if key not in known]
    changed = [key for key, digest in theirs if key in known and digest != known[key]]
    found += [_told("differing", key, known[key], held[key]) for key in dict.fromkeys(changed)]
    return found + [_told("doubled", key, known.get(key, ""), held[key]) for key, times in many.items() if times > 1]


def _elsewhen(platform: str, keys: list[Key]) -> dict[Key, str]:
    """The digests of records sent on another day, of those asked for."""
    numbers = {number for number, _ in keys}
    rows = Push.objects.filter(platform=platform, number__in=numbers).exclude(sent_at=None)
    return {(one.number, one.sequence): one.digest for one in rows if (one.number, one.sequence) in keys}


def _told(kind: str, key: Key, ours: str, theirs: str) -> dict[str, Any]:
    return {"kind": kind, "number": key[0], "sequence": key[1], "ours": ours, "theirs": theirs}
