"""The only writer of the kept counts: whole days counted and proved, and touches folded in.

One keeper works at a time and nobody else ever waits: whoever changes the register adds a `Touch` and is done. Until
a touch is folded in, readers count its leaf themselves (`supervision.counts.reading`).
"""

import datetime as dt
import gc
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.utils import timezone

from portal.models import RunRecord
from registry import codes
from registry.models import Jurisdiction, Touch
from supervision.counts import heads, live, stale
from supervision.counts.heads import Cells
from supervision.counts.reading import KEEPER
from supervision.indicators import ALL
from supervision.models import Count, CountDay

EVER = dt.date(2000, 1, 1)
BEFORE = dt.date(1949, 10, 1)  # earlier than anything that is counted
BATCH = 2000
CHUNK = 500  # heads looked up by one statement
FOLDED = 500  # touches folded in at once
MANY = 3000  # leaves from which the whole nation is counted at once
DAILY, MONTHLY = dt.timedelta(days=35), dt.timedelta(days=731)  # how long every day, every month end is kept
SHOWN = 50  # differences told by name
log = logging.getLogger(__name__)
Sheet = dict[str, Cells]


@dataclass
class Kept:
    """A day that was counted: every head with its cells, which of them are new, and what the proof found."""

    on: dt.date
    sheet: Sheet
    changed: set[str] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)


@transaction.atomic
def keep(on: dt.date) -> Kept:
    """Count the whole nation as of a day and keep it; prove what was kept before by it.

    A leaf nobody touched must count what it counted on the kept day before (what drifts left out). Where it does not
    a change was not told: it is put right, written to `CountDay.found` and logged as an error.
    """
    with _keeper(wait=True), _no_collecting():
        before = CountDay.objects.filter(on__lte=on).order_by("-on").first()
        sheet = heads.summed(live.leaves(on))
        former = _all_former(on)
        done = Kept(on, sheet)
        done.changed = {head for head in sheet.keys() | former.keys() if not _equal(sheet.get(head), former.get(head))}
        if before:
            done.differences = sorted(_unexplained(done, former, before.on))
        _write(on, {head: sheet.get(head, {}) for head in done.changed})
        _note(done)
    return done


def _note(done: Kept) -> None:
    numbers = {"heads": len(done.sheet), "differences": len(done.differences), "found": done.differences[:SHOWN]}
    CountDay.objects.update_or_create(on=done.on, defaults=numbers)
    if done.differences:
        # Nobody knows since when: every day that is kept or asked for is counted anew in these places.
        told = [Touch(place_code=heads.code(leaf), on=BEFORE) for leaf in done.differences]
        Touch.objects.bulk_create(told, BATCH)
        log.error("kept counts differed from a recount", extra={"on": done.on.isoformat(), "heads": numbers["found"]})


def _unexplained(done: Kept, former: Sheet, since: dt.date) -> Iterator[str]:
    """Leaves that changed since the kept day although no touch says so."""
    late = Touch.objects.filter(Q(on__gt=since) | Q(folded_at=None), on__lte=done.on).order_by()
    told = stale.concerned(late.values_list("place_code", "whole").distinct().iterator(BATCH))
    drifting = {indicator.name for indicator in ALL if indicator.drifts}
    for head in done.changed - told:
        now, then = (heads.without(sheet.get(head, {}), drifting) for sheet in (done.sheet, former))
        if len(head) == heads.LEAF and not _equal(now, then):
            yield head


def thin(on: dt.date, spared: Collection[dt.date]) -> int:
    """Give up old days: after five weeks only the ends of months stay, after two years those of quarters.

    The `spared` days stay too. A day given up can still be asked for: what changed since the kept day before it is
    then counted anew.
    """
    with transaction.atomic(), _keeper(wait=True):
        old = CountDay.objects.filter(on__lt=on - DAILY).exclude(on__in=spared)
        gone = [day for day in old.values_list("on", flat=True) if not _stays(day, on)]
        return CountDay.objects.filter(on__in=gone).delete()[0]


def _stays(day: dt.date, on: dt.date) -> bool:
    ends_month = (day + dt.timedelta(days=1)).day == 1
    return ends_month and (day >= on - MONTHLY or day.month % 3 == 0)


@transaction.atomic
def fold(limit: int = FOLDED) -> int:
    """Work the oldest touches into every kept day they concern; how many. 0 while another keeper is at it.

    Touches of a day that is not kept yet are only marked: readers and the next kept day see them by their date.
    """
    with _keeper(wait=False) as mine:
        touches = list(Touch.objects.filter(folded_at=None).order_by("id")[:limit]) if mine else []
        concerned = [(touch.on, stale.concerned([(touch.place_code, touch.whole)])) for touch in touches]
        first = min((since for since, _ in concerned), default=None)
        days = CountDay.objects.filter(on__gte=first).order_by("on") if first else CountDay.objects.none()
        for on in days.values_list("on", flat=True):
            _fold_day(
                on,
                {
                    leaf
                    for touch in touches
                    if touch.on <= on
                    for leaf in stale.concerned([(touch.place_code, touch.whole)])
                },
            )
        Touch.objects.filter(pk__in=[touch.pk for touch in touches]).update(folded_at=timezone.now())
        return len(touches)


def folded_since(moment: dt.datetime, on: dt.date) -> set[str]:
    """The heads of a day into which something was folded after a moment: they are no longer what they were then."""
    late = Touch.objects.filter(folded_at__gt=moment, on__lte=on).order_by()
    leaves = stale.concerned(late.values_list("place_code", "whole").distinct().iterator(BATCH))
    return {head for leaf in leaves for head in (leaf, *heads.above(leaf))}


def _fold_day(on: dt.date, leaves: set[str]) -> None:
    wider = {head for leaf in leaves for head in heads.above(leaf)}
    before = former(leaves | wider, on)
    fresh = live.of(on, leaves) if len(leaves) < MANY else live.leaves(on)
    changed: Sheet = {}
    for leaf in leaves:
        now, then = fresh.get(leaf, {}), before.get(leaf, {})
        if not _equal(now, then):
            changed[leaf] = now
            for head in heads.above(leaf):
                cells = changed.setdefault(head, dict(before.get(head, {})))
                heads.add(cells, then, -1)
                heads.add(cells, now)
    _write(on, changed)


def _write(on: dt.date, changed: Sheet) -> None:
    """Rows of the day; where the next kept day relied on the row before, it gets one of its own."""
    later = CountDay.objects.filter(on__gt=on).order_by("on").values_list("on", flat=True).first()
    for chosen in heads.split(changed, CHUNK):
        if later:
            has = set(Count.objects.filter(head__in=chosen, on=later).values_list("head", flat=True))
            between = former(set(chosen) - has, later)
            _save(later, {head: between.get(head, {}) for head in chosen if head not in has})
        _save(on, {head: changed[head] for head in chosen})


def _save(on: dt.date, cells: Sheet) -> None:
    rows = [Count(head=head, on=on, counts=heads.trimmed(found)) for head, found in cells.items()]
    for row in rows:
        row.made_at = timezone.now()
    Count.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["head", "on"], update_fields=["counts", "made_at"]
    )


def _all_former(on: dt.date) -> Sheet:
    """The newest row of every head up to the day, found place by place so that old rows cost nothing.

    What stands at a place itself is summed through heads of every width below it, which name no place (2200, 220000).
    """
    found = former({"", heads.NATION}, on)
    for level, width in enumerate(codes.WIDTHS[:4], start=1):
        rows = Jurisdiction.objects.filter(level=level)
        for digits in (one for one in codes.WIDTHS[:4] if one >= width):
            newest = Count.objects.filter(head=OuterRef("head"), on__lte=on).order_by("-on").values("counts")[:1]
            kept = rows.annotate(head=Substr("code", 1, digits)).annotate(kept=Subquery(newest)).exclude(kept=None)
            found.update((one, heads.kept(counts)) for one, counts in kept.values_list("head", "kept").iterator(BATCH))
    return found


def former(chosen: set[str], on: dt.date) -> Sheet:
    """What is kept of these heads as of a day."""
    found: Sheet = {}
    for batch in heads.split(chosen, CHUNK):
        rows = Count.objects.filter(head__in=batch).as_of(on).values_list("head", "counts")
        found |= {head: heads.kept(counts) for head, counts in rows}
    return found


def _equal(one: Cells | None, other: Cells | None) -> bool:
    return heads.trimmed(one or {}) == heads.trimmed(other or {})


@contextmanager
def _keeper(*, wait: bool) -> Iterator[bool]:
    """Hold the one lock of the keepers, and mark the moment; False when another has it and nobody waits."""
    record, _ = RunRecord.objects.get_or_create(name=KEEPER, day=EVER)
    held = RunRecord.objects.select_for_update(skip_locked=not wait).filter(pk=record.pk).first()
    yield held is not None
    if held:
        RunRecord.objects.filter(pk=held.pk).update(started_at=timezone.now())


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A million small tuples without a circle among them: looking for circles would take a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
