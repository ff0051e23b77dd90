"""The list of organisations a client may see, narrowed and in code order; the export job asks the same `rows`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.cursors import page, paged
from portal.api.doors import Door, operation
from portal.models import User
from registry.api.register.shapes import OrganisationQuery, OrganisationTold
from registry.filters import matching
from registry.models import Hub, Organisation, Standing
from registry.scope import within

ABILITY = "register.read"
ENDED = "ended"  # how the API calls an organisation that left the register
KEY, KINDS = ("place_code", "id"), (str, int)
COLUMNS = (
    "id",
    "name",
    "standing",
    "legal_form",
    "category",
    "scope",
    "place_code",
    "place__name",
    "filing_number",
    "credit_code",
    "managing_body",
    "charity_since",
    "valid_until",
    "updated_at",
)


def rows(user: User, places: Sequence[str], asked: Mapping[str, Any]) -> QuerySet:
    """The organisations a user sees in these places (12 digits) that fit what is asked; unordered, as dicts of
    `COLUMNS`. One query for the user's offices now, one when the rows are read."""
    found = Organisation.objects.visible_to(user).filter(within(list(places)))
    for name, value in asked.items():
        if name in NARROWING:
            found = NARROWING[name](found, value)
    if "standing" in asked or "standing_on" in asked:
        found = _standing(found, asked.get("standing"), asked.get("standing_on"))
    return found.values(*COLUMNS)


def shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `rows` as the API tells it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "standing": row["standing"] or ENDED,
        "legal_form": row["legal_form"],
        "category": row["category"],
        "scope": row["scope"],
        "place": row["place_code"],
        "place_name": row["place__name"],
        "filing_number": row["filing_number"],
        "credit_code": row["credit_code"],
        "managing_body": row["managing_body"],
        "charity_since": row["charity_since"],
        "valid_until": row["valid_until"],
        "updated_at": row["updated_at"],
    }


def _hub(found: QuerySet, value: bool) -> QuerySet:
    acting = Exists(Hub.objects.in_force(timezone.localdate()).filter(organisation=OuterRef("pk")))
    return found.filter(acting if value else ~acting)


def _standing(found: QuerySet, kind: str | None, day: dt.date | None) -> QuerySet:
    """Of this standing today; with a day, those that stood then, of this standing where one is named."""
    if day is None:
        return found.filter(standing="" if kind == ENDED else kind)
    own = Standing.objects.filter(organisation=OuterRef("pk"))
    then = own.on(day)
    if kind == ENDED:
        return found.filter(~Exists(then), Exists(own.filter(starts__lte=day)))
    return found.filter(Exists(then.filter(kind=kind) if kind else then))


NARROWING = {
    "q": lambda found, text: found.filter(matching(text)),
    "place": lambda found, code: found.filter(within([code])),
    "category": lambda found, value: found.filter(category=value),
    "legal_form": lambda found, value: found.filter(legal_form=value),
    "hub": _hub,
    "charity": lambda found, value: found.filter(charity_since__isnull=not value),
    "credit_code": lambda found, value: found.filter(credit_code=value.upper()),
    "filing_number": lambda found, value: found.filter(filing_number=value),
    "updated_since": lambda found, moment: found.filter(updated_at__gte=moment),
}


class Organisations(Door):
    """The organisations of the places of a token."""

    @operation(
        "organisations.list",
        "组织名单",
        ability=ABILITY,
        description=(
            "权限范围内的社会组织，按区划代码和编号排列。`place` 不在权限范围内时返回空列表。\n\n"
            "增量读取：用 `updated_since`（含该时刻）读取之后变动过的组织，组织本身、负责人、证书、枢纽身份、状态和"
            "所在地的变动都算。写入有先后，后提交的可能时间在前，所以下一次要从本次开始读取的时刻再往前十分钟读起，"
            "重复的按 `id` 覆盖。注销的组织仍在名单里，`standing` 为 `ended`。"
        ),
        query=OrganisationQuery,
        answers={200: paged(OrganisationTold, "Organisations")},
    )
    def get(self, request: Request) -> Response:
        found = rows(self.caller.user, self.caller.places(ABILITY), self.asked)
        return self.told(page(request, found, KEY, KINDS, self.asked, shape))
