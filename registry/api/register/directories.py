"""名录: who was registered or filed in a place on a day, called and at home as on that day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.callers import Caller
from portal.api.cursors import PageQuery, page, paged
from portal.api.doors import Door, operation
from registry.api.fields import PastDay, PlaceField
from registry.api.reach import seen
from registry.api.register.organisations import ABILITY
from registry.models import Category, FormerName, Jurisdiction, LegalForm, Standing
from registry.models.organisations import Scope
from registry.places import history
from registry.scope import within

COLUMNS = (
    "id",
    "kind",
    "starts",
    "place_code",
    "scope",
    "legal_form",
    "organisation_id",
    "organisation__name",
    "organisation__category",
    "organisation__activities",
    "organisation__managing_body",
    "organisation__credit_code",
    "organisation__filing_number",
)
STOOD = [("registered", "已登记"), ("filed", "已备案")]


class DirectoryQuery(PageQuery):
    """Which directory."""

    place = PlaceField(help_text="区县或街道（乡镇）的 12 位区划代码，含下级")
    on = PastDay(required=False, help_text="哪一天的名录，不写为今天")
    standing = serializers.ChoiceField(STOOD, required=False, help_text="只要已登记的，或只要已备案的")


class LineTold(serializers.Serializer):
    """A line of the directory."""

    organisation = serializers.IntegerField(help_text="组织的编号")
    name = serializers.CharField(help_text="当天的名称")
    standing = serializers.ChoiceField(STOOD, help_text="登记或备案")
    standing_text = serializers.CharField(help_text="状态，中文")
    since = serializers.DateField(help_text="这一状态（在这一所在地）自")
    number = serializers.CharField(allow_null=True, help_text="登记的为统一社会信用代码，备案的为备案编号")
    legal_form = serializers.ChoiceField(LegalForm.choices, help_text="当天的组织形式")
    category = serializers.ChoiceField(Category.choices, allow_blank=True, help_text="类别")
    category_text = serializers.CharField(allow_blank=True, help_text="类别，中文")
    activities = serializers.CharField(allow_blank=True, help_text="主要活动")
    scope = serializers.ChoiceField(Scope.choices, help_text="当天的活动范围")
    place = serializers.CharField(help_text="当天的所在地，12 位区划代码")
    place_name = serializers.CharField(help_text="当天所在地的名称")
    managing_body = serializers.CharField(allow_blank=True, help_text="管理单位")


class Directories(Door):
    """The directory of a county, a street or a community."""

    @operation(
        "directories.list",
        "社区社会组织名录",
        ability=ABILITY,
        description=(
            "一个地方某一天登记和备案的社区社会组织，按所在地代码排列；名称、所在地、组织形式和状态都是当天的。"
            "社区列名指导的小组不在名录里。`place` 不在权限范围内时返回空列表。"
        ),
        query=DirectoryQuery,
        answers={200: paged(LineTold, "Directory")},
    )
    def get(self, request: Request) -> Response:
        on = self.asked.get("on") or timezone.localdate()
        rows = lines(self.caller, self.asked["place"], on)
        if "standing" in self.asked:
            rows = rows.filter(kind=self.asked["standing"])
        told = page(request, rows, ("place_code", "id"), (str, int), self.asked, dict)
        told["results"] = as_on(told["results"], on)
        return self.told(told)


def lines(caller: Caller, place: str, on: dt.date) -> QuerySet:
    """The standings that held in a place on a day, where this client may look; as dicts of `COLUMNS`."""
    rows = Standing.objects.on(on).counted().filter(within([place]))
    return seen(rows, caller, ABILITY).values(*COLUMNS)


def as_on(rows: Sequence[dict[str, Any]], on: dt.date) -> list[dict[str, Any]]:
    """Lines in the words of the day; three queries, whatever their number."""
    names = _names({row["organisation_id"] for row in rows}, on)
    places = Jurisdiction.objects.filter(code__in={row["place_code"] for row in rows})
    known = {each.pk: each.code for each in places}
    called = {known[pk]: name for pk, name in history.names_then(places, on).items()}
    return [_line(row, names.get(row["organisation_id"]), called) for row in rows]


def _names(organisations: set[int], on: dt.date) -> dict[int, str]:
    """What those that are called otherwise today were called on a day."""
    given_up = FormerName.objects.filter(organisation__in=organisations, until__gt=on).order_by("-until", "-id")
    return dict(given_up.values_list("organisation", "name"))  # the first given up after the day comes last and stays


def _line(row: dict[str, Any], name: str | None, called: dict[str, str]) -> dict[str, Any]:
    registered = row["kind"] == "registered"
    return {
        "organisation": row["organisation_id"],
        "name": name or row["organisation__name"],
        "standing": row["kind"],
        "standing_text": dict(STOOD)[row["kind"]],
        "since": row["starts"],
        "number": row["organisation__credit_code"] if registered else row["organisation__filing_number"],
        "legal_form": row["legal_form"],
        "category": row["organisation__category"],
        "category_text": dict(Category.choices).get(row["organisation__category"], ""),
        "activities": row["organisation__activities"],
        "scope": row["scope"],
        "place": row["place_code"],
        "place_name": called.get(row["place_code"], ""),
        "managing_body": row["organisation__managing_body"],
    }
