"""The working days of a county: an officer sets single days otherwise than the official calendar says.

Rows are replaced, never changed. Every open case whose deadline crosses the day is counted again in the same
transaction.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal import actions as audit
from portal.errors import Refusal
from portal.models import User
from registry.casework import deadlines
from registry.models import CalendarDay, Case, Clock, Jurisdiction, Unit
from registry.scope import Role, require

AHEAD = 2  # years for which a day may be set
WORDS = {True: "工作日", False: "休息日"}


@transaction.atomic
def override(place: Jurisdiction, *, by: User, day: dt.date, working: bool, reason: str) -> CalendarDay:
    """From now on this place works, or rests, on a day. The same word twice is said once (double click).

    `NotAllowed` for whoever is no officer of the district; `Refusal` for a day long over or far off, without a
    reason, or when the day is so already.
    """
    require(by, Role.DISTRICT, place.code)
    today = timezone.localdate()
    if not reason.strip():
        raise Refusal("写明依据", code="reason_missing", field="reason")
    if not today.year <= day.year <= today.year + AHEAD:
        raise Refusal("只能调整今年和今后两年的日期", code="day_out_of_range", field="day")
    Jurisdiction.objects.select_for_update().get(pk=place.pk)
    before = CalendarDay.objects.in_use().filter(place_code=place.code, day=day).first()
    if before and (before.working, before.reason) == (working, reason):
        return before
    was = CalendarDay.objects.calendar(place.code).is_working_day(day)
    if before is None and was is working:
        raise Refusal(f"这一天本来就是{WORDS[working]}", code="day_is_so", field="day")
    return _replace(place, before, was, today, by=by, day=day, working=working, reason=reason)


def _replace(
    place: Jurisdiction, before: CalendarDay | None, was: bool, today: dt.date, *, by: User, day: dt.date, **said
) -> CalendarDay:
    if before:
        before.replaced_at = timezone.now()
        before.save(update_fields=["replaced_at"])
    made = CalendarDay.objects.create(place_code=place.code, day=day, by=by, **said)
    crossing = Clock.objects.filter(unit=Unit.WORKING, starts__lt=day, due_on__gte=day)
    moved = deadlines.recount(crossing.filter(case__in=Case.objects.open().inside(place.code)), on=today)
    audit.note(
        "calendar.override",
        f"place:{place.code}",
        by=by,
        place_code=place.code,
        summary=f"{day:%Y年%-m月%-d日}改为{WORDS[made.working]}：{made.reason}；重新计算 {moved} 件",
        working=[WORDS[was], WORDS[made.working]],
    )
    return made
