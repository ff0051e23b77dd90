"""Carrying out an agreed act, whole or not at all, in one transaction. Called by `deciding` alone."""

import datetime as dt
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.actions import note
from portal.errors import Refusal
from registry import codes, homes
from registry.casework import relocation
from registry.models import Case, Jurisdiction, Organisation, PlaceAct, PlaceChange, Succession
from registry.models.cases import CaseQuerySet
from registry.places.acts import faults, handing
from registry.places.acts.handing import Handing
from registry.places.acts.plan import Plan, Planned
from registry.places.survey import BY_HAND

Places = dict[str, Jurisdiction]
WEEK = dt.timedelta(days=7)
FIELDS = ("name", "kind", "area_class")
NAMED = (PlaceAct.Kind.RENAME, PlaceAct.Kind.MERGE)  # what they change of a place that stands is its name


def do(act: PlaceAct, *, today: dt.date) -> None:
    """Carry out an act that is locked by the caller; `Refusal` (nothing is written) when something stands against it.

    Open cases are held first, then the places in code order: whoever moves a case or puts something at one of these
    places meanwhile finds the new place afterwards, or is waited for.
    """
    plan = Plan.from_json(act.plan)
    relocation.lock(_cases(plan))
    stood = _locked(plan)
    if against := faults.found(plan, act.on):
        raise Refusal(against[0], code="cannot_be_done")
    made = _set_up(act, plan, stood)
    _end(act, plan, stood)
    homes.leave(plan.ends, on=today)
    _succeed(act, plan, made)
    for one in _handings(act, plan, made, today):
        _carry(one)
    ways = dict(plan.moves)
    relocation.rewrite(ways, _around(plan))
    handing.tell_counts(plan.concerned, *sorted({act.on, today}))
    act.state, act.done_at = PlaceAct.State.DONE, timezone.now()
    act.save(update_fields=["state", "done_at"])
    note("placeact.done", f"placeact:{act.pk}", by=act.agreed_by, place_code=act.place_code, summary=act.document)


def _cases(plan: Plan) -> CaseQuerySet:
    return Case.objects.filter(place_code__in=[before for before, _ in plan.successions])


def _around(plan: Plan) -> CaseQuerySet:
    """Cases of the counties concerned: what may name a place that gets another code."""
    found = Case.objects.none()
    for county in sorted({code[:6] for code in plan.concerned}):
        found |= Case.objects.inside(codes.normalise(county))
    return found


def _locked(plan: Plan) -> Places:
    """The places concerned and the parents of new ones, held in code order."""
    wanted = {*plan.concerned, *(place.parent for place in plan.places if place.parent)}
    rows = Jurisdiction.objects.select_for_update(of=["self"]).filter(code__in=wanted).order_by("code")
    return {place.code: place for place in rows}


def _set_up(act: PlaceAct, plan: Plan, stood: Places) -> Places:
    """New places, upper levels first, and what changes of those that stand; every place of the act by code."""
    for planned in sorted(plan.places, key=lambda one: (codes.level(one.code), one.code)):
        above = stood.get(planned.parent)
        known = stood.get(planned.code)
        stood[planned.code] = _change(act, known, planned, above) if known else _new(act, planned, above)
    return stood


def _new(act: PlaceAct, planned: Planned, above: Jurisdiction | None) -> Jurisdiction:
    place = Jurisdiction.objects.create(
        code=planned.code,
        name=planned.name,
        level=codes.level(planned.code),
        kind=planned.kind,
        area_class=planned.area_class,
        parent=above,
        starts=act.on,
    )
    _remember(act, place, "starts", "", act.on.isoformat())
    return place


def _change(act: PlaceAct, place: Jurisdiction, planned: Planned, above: Jurisdiction | None) -> Jurisdiction:
    """Name, kind, class and parent of a place that stands, or stands again."""
    for field in _fields(act, place):
        before, after = getattr(place, field), getattr(planned, field)
        if before != after:
            setattr(place, field, after)
            _remember(act, place, field, before, after)
    if above and place.parent_id != above.pk and act.kind not in NAMED:
        _remember(act, place, "parent", place.parent.code if place.parent else "", above.code)
        place.parent = above
    if place.ends:
        _remember(act, place, "ends", place.ends.isoformat(), "")
        place.ends = None
    place.save()
    return place


def _fields(act: PlaceAct, place: Jurisdiction) -> tuple[str, ...]:
    """What an act may change: what was put right since it was planned and is none of its business stays."""
    if act.kind not in NAMED:
        return FIELDS
    return FIELDS[:2] if act.from_file or place.level == Jurisdiction.Level.STREET else FIELDS[:1]


def _end(act: PlaceAct, plan: Plan, stood: Places) -> None:
    for code in plan.ended:
        place = stood[code]
        place.ends = act.on
        place.save(update_fields=["ends"])
        _remember(act, place, "ends", "", act.on.isoformat())


def _remember(act: PlaceAct, place: Jurisdiction, field: str, before: str, after: str) -> None:
    """A dated change; what an officer planned is not undone by an older edition of the files."""
    source = act.document if act.from_file else f"{BY_HAND}{act.document}"
    PlaceChange.objects.create(place=place, field=field, before=before, after=after, on=act.on, source=source[:200])


def _succeed(act: PlaceAct, plan: Plan, made: Places) -> None:
    Succession.objects.bulk_create(
        [Succession(act=act, before=made[before], after=made[after], on=act.on) for before, after in plan.successions]
    )


def _handings(act: PlaceAct, plan: Plan, made: Places, today: dt.date) -> list[Handing]:
    """Who carries what where, upper levels first."""
    fresh, into = {place.code for place in plan.places}, Counter(after for _, after in plan.moves)
    found = [
        Handing(made[one], made[two], act.on, today, act.agreed_by, act.pk, alone=into[two] == 1 and two in fresh)
        for one, two in plan.moves
    ]
    for one, two in plan.parts:
        only = tuple(number for number, code in plan.shares.items() if code == two)
        found.append(Handing(made[one], made[two], act.on, today, act.agreed_by, act.pk, only=only))
    return found


@transaction.atomic
def gather(today: dt.date) -> int:
    """What came to a place in the moment it ended goes where everything went; how many places had something.

    Looks at the acts done in the last week. Running it twice does no harm.
    """
    lately = Succession.objects.filter(act__done_at__date__gt=today - WEEK, before__ends=F("on"))  # no part of it
    found = 0
    for row in lately.filter(_inhabited()).select_related("act__agreed_by", "before", "after__parent").distinct():
        one = Handing(row.before, row.after, row.on, today, row.act.agreed_by, row.act_id)
        _carry(one)
        handing.tell_counts([row.before.code, row.after.code], row.on)
        found += 1
    return found


def _inhabited() -> Q:
    """Something is at home where a place was; by index, for the few places that ended lately."""
    here = {"place": OuterRef("before")}
    return Q(Exists(Organisation.objects.filter(**here))) | Q(Exists(Case.objects.open().filter(**here)))


def _carry(one: Handing) -> None:
    handing.carry(one)
    for name in settings.PLACE_ACT_HANDS:
        import_string(name)(one)
