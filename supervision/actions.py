"""The night check: every place counted, judged and, where it is behind, told; nights that were missed made up for."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.models import RunRecord
from registry import codes, events
from registry.models import Jurisdiction
from registry.scope import within
from supervision import counts, keeping, rounds
from supervision.models import Alert, Judgement

NIGHT = "night"
MOST = 14  # nights made up for at once
BATCH = 2000


@dataclass
class Night:
    """What one night did. `state` is done, or already: another beat has done it or is at it.

    `differences` are leaves whose kept counts did not equal the recount (`supervision.keeping.keep`).
    """

    on: dt.date
    state: str = "done"
    places: int = 0
    counts: int = 0
    judgements: int = 0
    opened: int = 0
    closed: int = 0
    alerts_kept: bool = False
    skipped: int = 0
    differences: int = 0
    mark: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat()}


def night(on: dt.date, *, again: bool = False) -> Night:
    """Count and judge every place from the street up as of a day, and open and close alerts, in one transaction.

    The unique record of the day and its lock make a second beat harmless: it returns at once with state
    "already". A night that fails leaves its record unfinished and may be run again; `again` repeats a finished one.
    A night of a day before the last one leaves the alerts, which speak of today, as they are.
    """
    run, _ = RunRecord.objects.get_or_create(name=NIGHT, day=on)
    with transaction.atomic():
        free = RunRecord.objects.select_for_update(skip_locked=True).filter(pk=run.pk)
        held = (free if again else free.filter(finished_at=None)).first()
        if held is None:
            return Night(on, "already")
        done = _check(Night(on, alerts_kept=_has_later(on)), again)
        held.finished_at, held.result = timezone.now(), done.to_json()
        held.save(update_fields=["finished_at", "result"])
    return done


def _finished(on: dt.date) -> Any:
    return RunRecord.objects.filter(name=NIGHT, day__lt=on).exclude(finished_at=None).order_by("-day").first()


def _has_later(on: dt.date) -> bool:
    return RunRecord.objects.filter(name=NIGHT, day__gt=on).exclude(finished_at=None).exists()


def catch_up(on: dt.date) -> list[Night]:
    """Every night missed since the last finished one, oldest first, then the day itself.

    At most 14: after a longer pause the oldest are left out, and `skipped` of the first night says how many.
    """
    finished = RunRecord.objects.filter(name=NIGHT, day__lte=on).exclude(finished_at=None).order_by("-day").first()
    missed = (on - finished.day).days if finished else 1
    days = [on - dt.timedelta(days=back) for back in reversed(range(min(max(missed, 1), MOST)))]
    nights = [night(day) for day in days]
    nights[0].skipped = max(0, missed - MOST)
    return nights


def _check(done: Night, again: bool) -> Night:
    """Count the nation once, then judge province by province, so that memory stays flat.

    Only places whose counts changed are judged again, be it that they were folded in since the night before; all of
    them where other things are asked than then.
    """
    packs = counts.current_packs()
    plans = rounds.Plans(packs, done.on, began=rounds.began(packs, done.on))
    kept, before = keeping.keep(done.on), _finished(done.on)
    done.mark, done.counts, done.differences = plans.mark(), len(kept.changed), len(kept.differences)
    every = again or done.alerts_kept or before is None or before.result.get("mark") != done.mark
    changed = kept.changed if every else kept.changed | keeping.folded_since(before.finished_at, done.on)
    for places in rounds.stretches(done.on):
        chosen = [(code, level) for code, level in places if every or codes.prefix(code) in changed]
        found = rounds.compare(chosen, plans, kept.sheet, _stood(places, done.on))
        Judgement.objects.bulk_create(found.judgements, BATCH)
        done.places += len(places)
        done.judgements += len(found.judgements)
        if not done.alerts_kept:
            _alert(done, places[0][0][:2].ljust(12, "0"), found, {code for code, _ in chosen})
    return done


def _stood(places: rounds.Places, on: dt.date) -> rounds.Standing:
    """The last judgement of each place and parameter of a province."""
    columns = ("status", "gap", "numerator", "denominator", "missing", "edition")
    rows = Judgement.objects.filter(within([places[0][0][:2].ljust(12, "0")])).as_of(on)
    found = rows.values_list("place_code", "parameter", *columns).iterator(BATCH)
    return {(code, parameter): rounds.Stood(*rest) for code, parameter, *rest in found}


def _alert(done: Night, province: str, found: rounds.Findings, judged: set[str]) -> None:
    """Open what is newly behind, close what was made good, correct the gaps of what stays open."""
    standing = {(alert.place_code, alert.parameter): alert for alert in Alert.objects.open().inside(province)}
    gone = {alert.place_code for alert in standing.values()} - set(_exists(province, done.on))
    over = [
        alert for key, alert in standing.items() if key not in found.behind and (key[0] in judged or key[0] in gone)
    ]
    fresh = [alert for key, alert in found.behind.items() if key not in standing]
    moved = [alert for key, alert in standing.items() if key in found.behind and alert.gap != found.behind[key].gap]
    for alert in moved:
        alert.gap = found.behind[alert.place_code, alert.parameter].gap
    Alert.objects.bulk_create(fresh, BATCH)
    Alert.objects.bulk_update(moved, ["gap"], BATCH)
    for start in range(0, len(over), BATCH):
        Alert.objects.filter(pk__in=[alert.pk for alert in over[start : start + BATCH]]).update(closed_on=done.on)
    events.judged("target.behind", fresh, done.on)
    events.judged("target.made_good", over, done.on)
    done.opened += len(fresh)
    done.closed += len(over)


def _exists(province: str, on: dt.date) -> Any:
    rows = Jurisdiction.objects.standing_on(on).within(province).filter(level__lte=Jurisdiction.Level.STREET)
    return rows.values_list("code", flat=True)
