"""What was due is judged as at its day, and judged again where the counts of that day changed since."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.models import RunRecord
from registry.models import Touch
from registry.policy import resolve
from registry.policy.parameters import Pack
from registry.scope import within
from supervision import counts, keeping, rounds, targets
from supervision.counts import heads
from supervision.counts.heads import Cells
from supervision.models import Count, CountDay, Judgement

DUE = "due"
BATCH = 2000


def settle(on: dt.date, most: int = 4) -> list[dt.date]:
    """Keep and judge the due days that have passed, oldest first, at most so many at once; which were worked on."""
    packs = counts.current_packs()
    kept = set(CountDay.objects.values_list("on", flat=True))
    for day in [day for day in starts(packs, on) if day not in kept][:most]:
        keeping.keep(day)
    waiting = [day for day in due_days(packs, on) if not _settled(day, packs)]
    return [_settle(day, packs) for day in waiting[:most]]


def starts(packs: list[Pack], on: dt.date) -> list[dt.date]:
    """The days trends are held against: those on which a target without a number began."""
    asked = (parameter for pack in packs for parameter in pack.parameters if resolve.is_target(parameter))
    return sorted({one.starts for one in asked if targets.is_trend(one, on)})


def spared(on: dt.date) -> list[dt.date]:
    """The kept days boards ask for again and again, however old they are."""
    packs = counts.current_packs()
    return [*due_days(packs, on), *starts(packs, on)]


def due_days(packs: list[Pack], on: dt.date) -> list[dt.date]:
    """The due days of all targets that lie before a day, oldest first."""
    asked = (parameter for pack in packs for parameter in pack.parameters if resolve.is_target(parameter))
    return sorted({parameter.due for parameter in asked if parameter.due and parameter.due < on})


def _settled(day: dt.date, packs: list[Pack]) -> bool:
    """Whether the day was judged by these editions, and after the last change that concerns it."""
    run = RunRecord.objects.filter(name=DUE, day=day).exclude(finished_at=None).first()
    if run is None or run.result.get("mark") != rounds.Plans(packs, day, due=day).mark():
        return False
    return not Touch.objects.filter(on__lte=day, folded_at__gt=run.finished_at).exists()


@transaction.atomic
def _settle(day: dt.date, packs: list[Pack]) -> dt.date:
    RunRecord.objects.get_or_create(name=DUE, day=day)
    run = RunRecord.objects.select_for_update().get(name=DUE, day=day)
    if not CountDay.objects.filter(on=day).exists():
        keeping.keep(day)
    plans = rounds.Plans(packs, day, due=day, began=rounds.began(packs, day))
    for places in rounds.stretches(day):
        province = places[0][0][:2]
        found = rounds.compare(places, plans, _sheet(province, day), _stood(province, day))
        Judgement.objects.bulk_create(found.judgements, BATCH)
    run.finished_at, run.result = timezone.now(), {"mark": plans.mark()}
    run.save(update_fields=["finished_at", "result"])
    return day


def _sheet(province: str, day: dt.date) -> dict[str, Cells]:
    rows = Count.objects.filter(head__startswith=province).as_of(day).values_list("head", "counts")
    return {head: heads.kept(cells) for head, cells in rows.iterator(BATCH)}


def _stood(province: str, day: dt.date) -> rounds.Standing:
    """The last judgement as at the very day."""
    columns = ("status", "gap", "numerator", "denominator", "missing", "edition")
    rows = Judgement.objects.filter(within([province.ljust(12, "0")]), on=day).order_by("pk")
    found = rows.values_list("place_code", "parameter", *columns).iterator(BATCH)
    return {(code, parameter): rounds.Stood(*rest) for code, parameter, *rest in found}
