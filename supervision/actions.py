"""The only writers of supervision: the night check, and the catching up of nights that were missed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.models import RunRecord
from registry.models import Jurisdiction
from registry.scope import within
from supervision import boards, rounds
from supervision.models import Alert, Judgement, Measure

NIGHT = "night"
MOST = 14  # nights made up for at once
BATCH = 2000


@dataclass
class Night:
    """What one night did. `state` is done, or already: another beat has done it or is at it."""

    on: dt.date
    state: str = "done"
    places: int = 0
    measures: int = 0
    judgements: int = 0
    opened: int = 0
    closed: int = 0
    alerts_kept: bool = False
    skipped: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat()}


def night(on: dt.date, *, again: bool = False) -> Night:
    """Measure and judge every place from the street up as of a day, and open and close alerts, in one transaction.

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
        done = _check(Night(on, alerts_kept=_has_later(on)))
        held.finished_at, held.result = timezone.now(), done.to_json()
        held.save(update_fields=["finished_at", "result"])
    return done


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


def _check(done: Night) -> Night:
    """One statement an indicator for the nation, then province by province, so that memory stays flat."""
    plans = rounds.Plans(boards.current_packs(), done.on)
    for places in _stretches(done.on):
        _write(done, places, rounds.compare(places, plans, *_former(places, done.on)))
    return done


def _stretches(on: dt.date) -> Iterator[list[tuple[str, int]]]:
    """(code, level) of every place from the street up that exists on the day, a province at a time."""
    rows = Jurisdiction.objects.standing_on(on).filter(level__lte=Jurisdiction.Level.STREET).order_by("code")
    stretch: list[tuple[str, int]] = []
    for code, level in rows.values_list("code", "level").iterator(BATCH):
        if stretch and stretch[0][0][:2] != code[:2]:
            yield stretch
            stretch = []
        stretch.append((code, level))
    if stretch:
        yield stretch


def _former(places: list[tuple[str, int]], on: dt.date) -> tuple[dict[str, Any], rounds.Standing]:
    inside = within([places[0][0][:2].ljust(12, "0")])
    counts = dict(Measure.objects.filter(inside).as_of(on).values_list("place_code", "counts"))
    rows = Judgement.objects.filter(inside).as_of(on).values_list("place_code", "parameter", "status", "gap")
    return counts, {(code, parameter): (status, gap) for code, parameter, status, gap in rows.iterator(BATCH)}


def _write(done: Night, places: list[tuple[str, int]], found: rounds.Findings) -> None:
    Measure.objects.bulk_create(found.measures, BATCH)
    Judgement.objects.bulk_create(found.judgements, BATCH)
    done.places += len(places)
    done.measures += len(found.measures)
    done.judgements += len(found.judgements)
    if not done.alerts_kept:
        _alert(done, places[0][0][:2].ljust(12, "0"), found)


def _alert(done: Night, province: str, found: rounds.Findings) -> None:
    """Open what is newly behind, close what was made good, correct the gaps of what stays open."""
    standing = {(alert.place_code, alert.parameter): alert for alert in Alert.objects.open().inside(province)}
    fresh = [alert for key, alert in found.behind.items() if key not in standing]
    over = [alert.pk for key, alert in standing.items() if key not in found.behind]
    moved = [alert for key, alert in standing.items() if key in found.behind and alert.gap != found.behind[key].gap]
    for alert in moved:
        alert.gap = found.behind[alert.place_code, alert.parameter].gap
    Alert.objects.bulk_create(fresh, BATCH)
    Alert.objects.bulk_update(moved, ["gap"], BATCH)
    for start in range(0, len(over), BATCH):
        Alert.objects.filter(pk__in=over[start : start + BATCH]).update(closed_on=done.on)
    done.opened += len(fresh)
    done.closed += len(over)
