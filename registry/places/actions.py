"""The only writers of places, of their dated changes and of their populations."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from portal.actions import note
from registry import codes, touches
from registry.models import Jurisdiction, PlaceChange, Population
from registry.places import bulk, fixture, survey
from registry.places.compare import GONE, MOVED, NEW, RENAMED, RETURNED, Tally

BATCH = 1000
FIRST_DAY = dt.date(1949, 10, 1)  # before anything that is counted


@transaction.atomic
def load(
    directory: Path,
    *,
    on: dt.date,
    since: dt.date | None = None,
    source: str,
    show: int = 10,
    tell: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Bring the register to what a directory of division files says, in one transaction.

    New names, parents and ends count from `on` and leave a `PlaceChange`; new places start on `since` (None: not
    known); places that are gone are ended, never deleted. `tell` hears what will change before anything is written.
    `SourceError` for unusable files: nothing is written.
    """
    bulk.lock()
    nation()
    with survey.taken(directory, on=on, since=since, show=show) as found:
        tell(found.tally)
        if found.tally.changed:
            bulk.insert(found.paths[NEW], found.spooled(NEW))
            _rename(found, on, source)
            _move(found, on, source)
            _end(found, on, source)
            _reopen(found, on, source)
            _touch(found, on, since)
            note("place.load", "places", by=None, summary=f"{source}：{_summary(found.tally)}")
        return found.tally


def nation() -> Jurisdiction:
    """The row of the whole country, made when it is not there: boards and offices may be over it, no home of any."""
    level, kind = Jurisdiction.Level.NATION, Jurisdiction.Kind.NATION
    fresh = {"name": level.label, "level": level, "kind": kind}
    return Jurisdiction.objects.get_or_create(code=codes.NATION, defaults=fresh)[0]


def _touch(found: survey.Survey, on: dt.date, since: dt.date | None) -> None:
    """Tell the counts. A new place without a first day stood all along, so every kept day is concerned."""
    begun = (since or FIRST_DAY) if found.tally.counts[NEW] else None
    for province in sorted(found.concerned):
        touches.touch(codes.normalise(province), begun, on, whole=True)


def _summary(tally: Tally) -> str:
    return "，".join(line for line in tally.lines() if line[:1] not in " …")


def _rename(found: survey.Survey, on: dt.date, source: str) -> None:
    for batch in bulk.batches(found.spooled(RENAMED)):
        bulk.update(("name", "kind"), [(after, kind, number) for number, _, after, _, kind in batch])
        _remember("name", [(number, before, after) for number, before, after, _, _ in batch], on, source)
        kinds = [(number, before, after) for number, _, _, before, after in batch if before != after]
        _remember("kind", kinds, on, source)


def _move(found: survey.Survey, on: dt.date, source: str) -> None:
    for batch in bulk.batches(found.spooled(MOVED)):
        bulk.update(("parent_id",), [(parent, number) for number, _, _, parent in batch])
        _remember("parent", [(number, before, after) for number, before, after, _ in batch], on, source)


def _end(found: survey.Survey, on: dt.date, source: str) -> None:
    for batch in bulk.batches(found.spooled(GONE)):
        bulk.update(("ends",), [(on, number) for (number,) in batch])
        _remember("ends", [(number, "", on.isoformat()) for (number,) in batch], on, source)


def _reopen(found: survey.Survey, on: dt.date, source: str) -> None:
    for batch in bulk.batches(found.spooled(RETURNED)):
        bulk.update(("ends",), [(None, number) for number, _ in batch])
        _remember("ends", [(number, ended, "") for number, ended in batch], on, source)


def _remember(field: str, changes: list[tuple[str, str, str]], on: dt.date, source: str) -> None:
    """A dated change of one field for each (place id, before, after)."""
    PlaceChange.objects.bulk_create(
        [
            PlaceChange(place_id=int(number), field=field, on=on, before=before, after=after, source=source)
            for number, before, after in changes
        ],
        BATCH,
    )


@transaction.atomic
def load_demo() -> int:
    """Put the demo places and their populations in; what stands already stays as it is. How many were added."""
    nation()
    rows = fixture.read()
    ids = dict(Jurisdiction.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", "id"))
    added = 0
    for level in range(1, 6):
        fresh = [row for row in rows if int(row["level"]) == level and row["code"] not in ids]
        places = Jurisdiction.objects.bulk_create([_place(row, ids) for row in fresh], BATCH)
        ids.update((place.code, place.pk) for place in places)
        added += len(places)
    _load_population(ids)
    return added


def _place(row: dict[str, str], ids: dict[str, int]) -> Jurisdiction:
    above = fixture.parent_code(row["code"])
    return Jurisdiction(
        code=row["code"],
        name=row["name"],
        level=int(row["level"]),
        kind=row["kind"],
        area_class=row["class"],
        parent_id=ids[above] if above else None,
    )


def _load_population(ids: dict[str, int]) -> None:
    with fixture.DEMO_POPULATION.open(encoding="utf-8", newline="") as lines:
        figures = [Population(place_id=ids[row.pop("code")], **row) for row in csv.DictReader(lines)]
    Population.objects.bulk_create(figures, ignore_conflicts=True)
