"""Judgements as the nights kept them: never changed, each with why it differs from the one before."""

from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.cursors import page, paged
from portal.api.doors import Door, operation
from portal.models import User
from registry.scope import within
from supervision.api.shapes import JudgementQuery, JudgementTold
from supervision.api.targets import ABILITY
from supervision.models import Judgement

KEY = ("place_code", "id")
COLUMNS = (
    "id",
    "place_code",
    "parameter",
    "indicator",
    "edition",
    "on",
    "numerator",
    "denominator",
    "missing",
    "status",
    "gap",
    "cause",
    "computed_at",
)
NARROWING = {
    "place": lambda code: within([code]),
    "parameter": lambda parameter: Q(parameter=parameter),
    "updated_since": lambda moment: Q(computed_at__gte=moment),
}


class Judgements(Door):
    """The kept judgements of the places of a token."""

    @operation(
        "judgements.list",
        "目标结论",
        ability=ABILITY,
        description=(
            "每晚保存的结论，只在变化时新增一条，从不修改；`cause` 说明与上一条不同的原因。按地方和编号排列。"
            "`place` 不在权限范围内时返回空列表。增量读取用 `updated_since`，从上次开始读取的时刻再往前十分钟读起，"
            "重复的按 `id` 去掉。"
        ),
        query=JudgementQuery,
        answers={200: paged(JudgementTold, "Judgements")},
    )
    def get(self, request: Request) -> Response:
        found = rows(self.caller.user, self.caller.places(ABILITY), self.asked)
        return self.told(page(request, found, KEY, (str, int), self.asked, shape))


def rows(user: User, places: list[str], asked: dict[str, Any]) -> QuerySet:
    """The judgements a user sees in these places (12 digits) that fit what is asked, as dicts."""
    found = Judgement.objects.visible_to(user).filter(within(places))
    for name, value in asked.items():
        if name in NARROWING:
            found = found.filter(NARROWING[name](value))
    return found.values(*COLUMNS)


def shape(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `rows` as the API tells it."""
    return {"id": row["id"], "place": row["place_code"], **{name: row[name] for name in COLUMNS[2:]}}
