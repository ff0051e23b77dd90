"""What keeps a plan from being carried out on its day, in words. Reads only; asked before an act and as it is done."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from registry.models import Case, Hub, Jurisdiction, NameReservation, Organisation, PlaceChange
from registry.places.acts.plan import Plan
from registry.scope import within

CHANGED = ("name", "kind", "area_class")


def found(plan: Plan, on: dt.date) -> list[str]:
    """Every reason against it; empty when it can be done."""
    stood = {place.code: place for place in Jurisdiction.objects.filter(code__in=plan.concerned)}
    return [
        *_heads(plan, stood, on),
        *_codes(plan, stood),
        *_later(plan, stood, on),
        *_left_over(plan, on),
        *_names(plan, on),
        *_abolished(plan, on),
        *_reserved(plan),
    ]


def _heads(plan: Plan, stood: dict[str, Jurisdiction], on: dt.date) -> Iterator[str]:
    for code in sorted({*plan.heads, *plan.ended}):
        place = stood.get(code)
        if place is None:
            yield f"没有区划代码为 {code} 的地方"
        elif place.ends:  # also on a later day: what ended is not changed behind that
            yield f"{place}已于 {place.ends:%Y年%-m月%-d日} 撤销"
        elif place.starts and place.starts > on:
            yield f"{place}到 {place.starts:%Y年%-m月%-d日} 才设立，生效日期不能更早"


def _codes(plan: Plan, stood: dict[str, Jurisdiction]) -> Iterator[str]:
    """New places need free codes and a parent that stands or is set up by the same act."""
    made = {place.code for place in plan.places}
    parents = {place.parent for place in plan.places if place.parent} - made
    standing = set(Jurisdiction.objects.filter(code__in=parents, ends=None).values_list("code", flat=True))
    for place in plan.places:
        known = stood.get(place.code)
        if known and place.code not in plan.heads and known.ends is None:
            yield f"代码 {place.code} 已经由{known}使用"
        if place.parent in parents - standing:
            yield f"{place.name}的上级（代码 {place.parent}）不存在或已撤销"
    for code in sorted({after for _, after in plan.successions} - made):
        if code not in stood or stood[code].ends:
            yield f"要并入的地方（代码 {code}）不存在或已撤销"


def _later(plan: Plan, stood: dict[str, Jurisdiction], on: dt.date) -> Iterator[str]:
    """What changed on a later day is not overwritten by an act of an earlier one: history is written in order."""
    planned = {place.code: place for place in plan.places if place.code in stood}
    rows = PlaceChange.objects.filter(place__code__in=planned, on__gt=on, field__in=CHANGED).select_related("place")
    for row in rows.order_by("place__code", "on"):
        if getattr(row.place, row.field) != getattr(planned[row.place.code], row.field):
            yield f"{row.place}在 {row.on:%Y年%-m月%-d日} 有更晚的变动，请核对生效日期后重新提出"


def _left_over(plan: Plan, on: dt.date) -> Iterator[str]:
    """Whatever stands below a place that ends has to go somewhere as well."""
    below = Jurisdiction.objects.filter(Q(ends=None) | Q(ends__gt=on), parent__code__in=plan.ended)
    below = below.exclude(code__in=plan.ended)
    for place in below.select_related("parent")[:20]:
        yield f"{place.parent}撤销后，{place}没有去处，请重新提出方案"


def _names(plan: Plan, on: dt.date) -> Iterator[str]:
    """No two places of one name below the same parent."""
    own = {place.code for place in plan.places}
    parents = {place.parent for place in plan.places if place.parent}
    rows = Jurisdiction.objects.standing_on(on).filter(parent__code__in=parents)
    staying = rows.exclude(code__in=[*plan.ended, *own]).values_list("parent__code", "name")
    borne = Counter([*staying, *((place.parent, place.name) for place in plan.places if place.parent)])
    for (_, name), many in borne.items():
        if many > 1:
            yield f"同一个上级名下会有 {many} 个“{name}”，其中一个要先更名"


def _abolished(plan: Plan, on: dt.date) -> Iterator[str]:
    """A place with nothing in its place has to be empty."""
    for code in plan.ends:
        inside = within([code])
        many = Organisation.objects.active().filter(inside).count()
        cases = Case.objects.open().filter(inside).count()
        if many or cases:
            yield f"要撤销的地方还有 {many} 个组织、{cases} 件办理中的办件，请改用合并或划转"
        if hubs := Hub.objects.filter(Q(ends=None) | Q(ends__gt=on), within([code], "serves_code")).count():
            yield f"要撤销的地方还有 {hubs} 个枢纽型、支持型组织为它服务，请改用合并或划转"


def _reserved(plan: Plan) -> Iterator[str]:
    """A name kept at two authorities that become one can be kept for one applicant only."""
    ways = dict(plan.moves)
    into = set(ways.values())
    kept = NameReservation.objects.filter(released_on=None, place_code__in={*ways, *into})
    borne = Counter((ways.get(code, code), name) for code, name in kept.values_list("place_code", "folded_name"))
    for (_, name), many in borne.items():
        if many > 1:
            yield f"名称“{name}”在要合并的地方各为一个申请人保留着，先处理其中一个"
