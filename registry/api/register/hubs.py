"""Hubs and support organisations of the places they serve, as of a day."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.callers import Caller
from portal.api.conditional import tag
from portal.api.cursors import PageQuery, page, paged
from portal.api.doors import Door, operation
from registry.api.fields import Day, PlaceField
from registry.api.reach import seen
from registry.api.register.expansions import HubTold
from registry.api.register.organisations import ABILITY
from registry.api.register.told import hub_told
from registry.models import Hub, HubType
from registry.scope import within


class HubQuery(PageQuery):
    """What the list of hubs can be narrowed by."""

    place = PlaceField(required=False, help_text="服务区域，12 位区划代码，含下级")
    hub_type = serializers.ChoiceField(HubType.choices, required=False, help_text="枢纽类型")
    on = Day(required=False, help_text="哪一天的枢纽，不写为今天")


class HubDay(serializers.Serializer):
    """The day a hub is asked for."""

    on = Day(required=False, help_text="专职社工按哪一天计算，不写为今天")


class StaffTold(serializers.Serializer):
    """How many work there; who they are is not told."""

    on = serializers.DateField(help_text="哪一天")
    full_time = serializers.IntegerField(help_text="专职社工人数")
    part_time = serializers.IntegerField(help_text="兼职人数")


class HubFull(HubTold):
    """A hub with its people in numbers."""

    in_force = serializers.BooleanField(help_text="那一天是否仍是枢纽")
    staff = StaffTold()


class Hubs(Door):
    """The hubs of the places of a token."""

    @operation(
        "hubs.list",
        "枢纽型、支持型组织名单",
        ability=ABILITY,
        description="某一天的枢纽型、支持型组织，按服务区域排列。`place` 不在权限范围内时返回空列表。",
        query=HubQuery,
        answers={200: paged(HubTold, "Hubs")},
    )
    def get(self, request: Request) -> Response:
        found = _rows(self.caller).in_force(self.asked.get("on") or timezone.localdate())
        if "place" in self.asked:
            found = found.filter(within([self.asked["place"]], "serves_code"))
        if "hub_type" in self.asked:
            found = found.filter(hub_type=self.asked["hub_type"])
        return self.told(page(request, found, ("serves_code", "id"), (str, int), self.asked, hub_told))


class HubOne(Door):
    """One hub."""

    @operation(
        "hubs.read",
        "查看一个枢纽型、支持型组织",
        ability=ABILITY,
        description="服务区域不在权限范围内时为 404。带 ETag。街道调整后，同一组织在新的服务区域是另一条记录。",
        query=HubDay,
        tagged=True,
        answers={200: HubFull},
    )
    def get(self, request: Request, pk: int) -> Response:
        on = self.asked.get("on") or timezone.localdate()
        found = get_object_or_404(_rows(self.caller), pk=pk)
        told = hub_told(found) | _on(found, on)
        return self.told(told, etag=tag(told))


def _rows(caller: Caller) -> QuerySet:
    return seen(Hub.objects.select_related("organisation", "serves"), caller, ABILITY, "serves_code")


def _on(found: Hub, on: dt.date) -> dict[str, Any]:
    posts = dict(found.staff.in_force(on).order_by().values_list("full_time").annotate(Count("pk")))
    many = {"full_time": posts.get(True, 0), "part_time": posts.get(False, 0)}
    in_force = found.starts <= on and (found.ends is None or on < found.ends)
    return {"in_force": in_force, "staff": {"on": on, **many}}
