"""Where organisations and offices are at home, when their place becomes another place.

Written for `registry/places/acts` alone, in the transaction of an act, which tells the counts. Intervals are cut on
the day, so that any day before is counted at the place that stood then.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from registry import events
from registry.models import Jurisdiction, Office, Organisation, Standing

BATCH = 1000
EVER = dt.date.max


def rehome(before: Jurisdiction, after: Jurisdiction, *, on: dt.date, only: Iterable[int] | None = None) -> int:
    """Organisations of one place are at home in another from a day; `only` these of them. How many moved.

    What they are, their names, numbers and certificates stay. A standing that spans the day is cut in two.
    """
    homes, held = Organisation.objects.filter(place=before), Standing.objects.filter(place_code=before.code)
    if only is not None:
        homes, held = homes.filter(pk__in=list(only)), held.filter(organisation__in=list(only))
    later = held.filter(Q(ends=None) | Q(ends__gt=on))
    _cut(list(later.filter(starts__lt=on)), after.code, on)
    later.filter(starts__gte=on).update(place_code=after.code)
    moved = list(homes.select_for_update().order_by("id").values_list("id", flat=True))
    homes.filter(pk__in=moved).update(place=after, place_code=after.code, updated_at=timezone.now())
    events.rehomed(Organisation.objects.filter(pk__in=moved).order_by("id"))
    return len(moved)


def _cut(spanning: list[Standing], code: str, on: dt.date) -> None:
    """Close each on the day first: only one standing of an organisation may be open."""
    fresh = [
        Standing(
            organisation_id=one.organisation_id,
            kind=one.kind,
            starts=on,
            ends=one.ends,
            place_code=code,
            scope=one.scope,
            legal_form=one.legal_form,
            reason=one.reason,
        )
        for one in spanning
    ]
    Standing.objects.filter(pk__in=[one.pk for one in spanning]).update(ends=on, reason="区划变更")
    Standing.objects.bulk_create(fresh, BATCH)


def follow(before: Jurisdiction, after: Jurisdiction, *, on: dt.date, ends: bool) -> int:
    """Whoever holds an office over a place on a day or later holds it over another from that day; how many.

    `ends`: the former office ends with the day; otherwise (a place that was split) it stays beside the new one.
    Stand-ins go along with whom they stand in for. While the person holds the office there already it is not given
    twice; one that lasts longer begins where the other ends.
    """
    until, made = _held_until(after, on), {}
    held = Office.objects.filter(Q(ends=None) | Q(ends__gt=on), place=before).select_related("stands_in_for")
    for office in held.order_by(F("stands_in_for").asc(nulls_first=True), "starts", "id"):
        free, last = until.get(_key(office), on), office.ends or EVER
        if free < last:
            until[_key(office)] = last
            made[office.pk] = _again(office, after, max(free, office.starts), made)
    if ends:
        held.update(ends=Greatest("starts", Value(on)))
    return len(made)


def leave(places: Iterable[str], *, on: dt.date) -> None:
    """Offices over places that end and become nothing end with a day."""
    held = Office.objects.filter(Q(ends=None) | Q(ends__gt=on), place__code__in=list(places))
    held.update(ends=Greatest("starts", Value(on)))


def _held_until(place: Jurisdiction, on: dt.date) -> dict[tuple, dt.date]:
    """Until when each office over a place that is in force on a day is held."""
    found: dict[tuple, dt.date] = {}
    for office in Office.objects.in_force(on).filter(place=place).select_related("stands_in_for"):
        found[_key(office)] = max(found.get(_key(office), on), office.ends or EVER)
    return found


def _key(office: Office) -> tuple:
    absent = office.stands_in_for
    return office.user_id, office.role, office.title, absent.user_id if absent else None


def _again(office: Office, place: Jurisdiction, starts: dt.date, made: dict[int, Office]) -> Office:
    absent = made.get(office.stands_in_for_id) or office.stands_in_for
    return Office.objects.create(
        user_id=office.user_id,
        role=office.role,
        place=place,
        title=office.title,
        starts=starts,
        ends=office.ends,
        stands_in_for=absent,
    )
