"""Places as of a day: what lies where, what it was called and classed, what became of it. Public, with any token."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.conditional import tag
from portal.api.cursors import PageQuery, page, paged
from portal.api.doors import Door, operation
from registry.api.fields import Day, PlaceField
from registry.api.register.expansions import LEVELS, PlaceTold
from registry.api.register.told import place_told
from registry.models import Jurisdiction
from registry.places import history
from registry.places.lineage import heirs

COLUMNS = ("code", "name", "level", "kind", "area_class", "starts", "ends")


class PlaceQuery(PageQuery):
    """What the list of places can be narrowed by."""

    q = serializers.CharField(required=False, min_length=2, max_length=40, help_text="现在名称中的字，至少两个")
    parent = PlaceField(required=False, help_text="直接上级的 12 位区划代码")
    inside = PlaceField(required=False, help_text="这个地方及其下级，12 位区划代码")
    level = serializers.IntegerField(required=False, min_value=0, max_value=5, help_text=LEVELS)
    on = Day(required=False, help_text="这一天存在的地方；不写时已撤销的也在内")


class PlaceDay(serializers.Serializer):
    """The day a place is asked for."""

    on = Day(required=False, help_text="名称、城乡类别和下级按哪一天，不写为今天")


class ChildTold(serializers.Serializer):
    """A place right below, as of the day."""

    code = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="当天的名称")
    level = serializers.IntegerField(help_text=LEVELS)
    area_class = serializers.CharField(allow_blank=True, help_text="当天的城乡类别：urban 城市社区，rural 农村社区")


class NameTold(serializers.Serializer):
    """A name a place bore."""

    name = serializers.CharField(help_text="曾用名")
    until = serializers.DateField(help_text="用至（不含），即改名生效的日期")
    source = serializers.CharField(help_text="依据")


class LinkTold(serializers.Serializer):
    """From a day on one place is, or is a part of, another."""

    code = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="名称")
    on = serializers.DateField(help_text="生效日期")
    way = serializers.CharField(help_text="变更方式：rename、merge、split、transfer、convert、zone、add、abolish")
    document = serializers.CharField(help_text="批准文件")


class PlaceFull(PlaceTold):
    """A place as of a day, with what lies below and where it came from."""

    on = serializers.DateField(help_text="哪一天")
    stands = serializers.BooleanField(help_text="那一天是否存在")
    name_then = serializers.CharField(help_text="那一天的名称")
    class_then = serializers.CharField(allow_blank=True, help_text="那一天的城乡类别：urban、rural，没有时为空")
    lineage = serializers.ListField(child=serializers.CharField(), help_text="由近及远各级上级的区划代码")
    children = ChildTold(many=True, help_text="那一天的直接下级，按代码排列")
    former_names = NameTold(many=True, help_text="曾用名，旧的在前")
    predecessors = LinkTold(many=True, help_text="由哪些地方变更而来")
    successors = LinkTold(many=True, help_text="变更成了哪些地方")
    heirs = serializers.ListField(child=serializers.CharField(), help_text="已撤销时，今天在原处的地方")


class Places(Door):
    """Every place of the tree."""

    @operation(
        "places.list",
        "行政区划名单",
        description="行政区划是公开的，任何令牌都可以读取全国的。名称和类别为现在的；某一天的见单个地方。",
        query=PlaceQuery,
        answers={200: paged(PlaceTold, "Places")},
    )
    def get(self, request: Request) -> Response:
        found = Jurisdiction.objects.all()
        for name, value in self.asked.items():
            if name in NARROWING:
                found = NARROWING[name](found, value)
        found = found.annotate(above=F("parent__code")).values(*COLUMNS, "above")
        return self.told(page(request, found, ("code",), (str,), self.asked, _row))


NARROWING = {
    "q": lambda found, text: found.filter(name__contains=text),
    "parent": lambda found, code: found.filter(_right_below(code)),
    "inside": lambda found, code: found.within(code),
    "level": lambda found, level: found.filter(level=level),
    "on": lambda found, day: found.standing_on(day),
}


def _right_below(code: str) -> Q:
    """The provinces are those of the nation, though no row says so."""
    return Q(level=Jurisdiction.Level.PROVINCE) if not code.strip("0") else Q(parent__code=code)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in COLUMNS}, "parent": row["above"]}


class PlaceOne(Door):
    """One place."""

    @operation(
        "places.read",
        "查看一个地方",
        description="`on` 那一天的名称、城乡类别和下级，以及沿革。带 ETag。",
        query=PlaceDay,
        tagged=True,
        answers={200: PlaceFull},
    )
    def get(self, request: Request, code: str) -> Response:
        on = self.asked.get("on") or timezone.localdate()
        found = Jurisdiction.objects.classed(on).filter(code=code).select_related("parent").first()
        if found is None:
            raise Http404
        told = place_told(found) | _then(found, on) | _lineage(found)
        return self.told(told, etag=tag(told))


def _then(found: Jurisdiction, on: dt.date) -> dict[str, Any]:
    """What it was on the day, and what lay right below."""
    below = list(_below(found).standing_on(on).classed(on).order_by("code"))
    names = history.names_then([found, *below], on)
    return {
        "on": on,
        "stands": (found.starts is None or found.starts <= on) and (found.ends is None or on < found.ends),
        "name_then": names[found.pk],
        "class_then": found.class_then,
        "children": [_child(each, names[each.pk]) for each in below],
    }


def _below(found: Jurisdiction) -> QuerySet:
    return Jurisdiction.objects.filter(_right_below(found.code))


def _child(each: Jurisdiction, name: str) -> dict[str, Any]:
    return {"code": each.code, "name": name, "level": each.level, "area_class": each.class_then}


def _lineage(found: Jurisdiction) -> dict[str, Any]:
    """Where it lies, what it was called, what it came from and what it became."""
    above = Jurisdiction.objects.above(found.code).exclude(pk=found.pk).order_by("-level", "code")
    changes = found.changes.filter(field="name").order_by("on", "id")
    return {
        "lineage": list(above.values_list("code", flat=True)),
        "former_names": [{"name": one.before, "until": one.on, "source": one.source} for one in changes],
        "predecessors": _links(found.predecessors.all(), "before"),
        "successors": _links(found.successors.all(), "after"),
        "heirs": [each.code for each in heirs(found, timezone.localdate())] if found.ends else [],
    }


def _links(rows: QuerySet, end: str) -> list[dict[str, Any]]:
    columns = (f"{end}__code", f"{end}__name", "on", "act__kind", "act__document")
    names = ("code", "name", "on", "way", "document")
    return [dict(zip(names, row, strict=True)) for row in rows.order_by("on", f"{end}__code").values_list(*columns)]
