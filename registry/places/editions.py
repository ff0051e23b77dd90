"""A newer edition of the division files proposes acts; nothing changes until a district officer agrees to them."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.db.models import Count

from portal.actions import note
from registry.models import Jurisdiction, Organisation, PlaceAct
from registry.places import bulk, matching, survey
from registry.places.acts import numbering
from registry.places.acts.plan import Plan, Planned
from registry.places.compare import GONE, MOVED, NEW, RENAMED, RETURNED, Tally
from registry.places.matching import Differences

BATCH = 1000


@transaction.atomic
def propose(
    directory: Path,
    *,
    on: dt.date,
    source: str,
    show: int = 10,
    tell: Callable[[Tally], None] = lambda tally: None,
) -> int:
    """Write down as acts what a directory of division files says otherwise than the register; how many are new.

    The acts count from `on` and name `source` as their document. What the same source proposed before, and somebody
    agreed to or dropped, is not proposed again. `SourceError` for unusable files.
    """
    with survey.taken(directory, on=on, show=show) as found:
        tell(found.tally)
        told = matching.acts(_differences(found))
    known = set(map(_key, PlaceAct.objects.filter(from_file=True, document=source).exclude(state=PlaceAct.State.DONE)))
    homes = _homes()
    fresh = [act for act in (_act(kind, plan, on, source, homes) for kind, plan in told) if _key(act) not in known]
    PlaceAct.objects.bulk_create(fresh, BATCH)
    if fresh:
        note("placeact.file", "places", by=None, summary=f"{source}：提出 {len(fresh)} 项区划变更")
    return len(fresh)


def _act(kind: str, plan: Plan, on: dt.date, source: str, homes: dict[str, int]) -> PlaceAct:
    number = sum(homes.get(code, 0) for code in {*plan.ended, *plan.heads})
    return PlaceAct(
        kind=kind,
        on=on,
        document=source[:200],
        place_code=numbering.keeper(plan.concerned),
        plan=plan.to_json(),
        touched={"社会组织": number} if number else {},
        from_file=True,
    )


def _key(act: PlaceAct) -> str:
    return json.dumps([act.kind, act.plan], sort_keys=True)


def _homes() -> dict[str, int]:
    """How many organisations are at home in each place, by code; one statement."""
    rows = Organisation.objects.active().order_by().values_list("place_code")
    return dict(rows.annotate(Count("id")))


def _differences(found: survey.Survey) -> Differences:
    told, new_codes = Differences(), {}
    for number, code, name, _, kind, urban, _, _, parent in found.spooled(NEW):
        new_codes[int(number)] = code
        told.new[code] = Planned(code, name, kind, urban, parent)
    stood = _stood(found)
    parents = _codes({int(place.parent) for place in told.new.values() if place.parent} - new_codes.keys()) | new_codes
    for code, place in told.new.items():
        told.new[code] = replace(place, parent=parents[int(place.parent)] if place.parent else "")
    told.gone = {place.code: place for (number,) in found.spooled(GONE) if (place := stood[int(number)])}
    for number, _ in found.spooled(RETURNED):
        told.new[stood[int(number)].code] = stood[int(number)]
    _changes(found, told, stood)
    return told


def _changes(found: survey.Survey, told: Differences, stood: dict[int, Planned]) -> None:
    """Names and parents of places that keep their code; both at once where both differ."""
    then = {}
    for number, _, after, _, kind in found.spooled(RENAMED):
        now = stood[int(number)]
        then[now.code] = (now, replace(now, name=after, kind=kind))
    for number, _, after, _ in found.spooled(MOVED):
        now = stood[int(number)]
        then[now.code] = (now, replace(then.get(now.code, (now, now))[1], parent=after))
    for code, pair in then.items():
        if code in told.new:  # it comes back under another name
            told.new[code] = pair[1]
        else:
            told.changed[code] = pair


def _stood(found: survey.Survey) -> dict[int, Planned]:
    """The places the differences are about, as they stand, by id."""
    wanted = {int(row[0]) for verb in (RENAMED, MOVED, GONE, RETURNED) for row in found.spooled(verb)}
    columns = ("id", "code", "name", "kind", "area_class", "parent__code")
    told = {}
    for some in _some(wanted):
        for number, *fields, parent in Jurisdiction.objects.filter(pk__in=some).values_list(*columns):
            told[number] = Planned(*fields, parent=parent or "")
    return told


def _codes(wanted: Iterable[int]) -> dict[int, str]:
    return {pk: code for some in _some(wanted) for pk, code in _rows(some)}


def _rows(some: list[int]) -> Iterable[tuple[int, str]]:
    return Jurisdiction.objects.filter(pk__in=some).values_list("pk", "code")


def _some(wanted: Iterable[int]) -> Iterator[list[int]]:
    return bulk.batches(sorted(wanted))
