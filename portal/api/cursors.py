"""Pages by key: an opaque cursor says after which row the next page begins; the last costs what the first does."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from portal.api.problems import BadRequest

MOST, USUAL, CAP = 200, 50, 1000


class PageQuery(serializers.Serializer):
    """The parameters every list takes."""

    cursor = serializers.CharField(required=False, max_length=300, help_text="上一页 next 里的游标，原样带回")
    page_size = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, default=USUAL, help_text=f"每页条数，1 到 {MOST}"
    )


def write(*key: Any) -> str:
    """The cursor of a row: its key, as text nobody needs to read."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def read(text: str, kinds: Sequence[type]) -> list[Any]:
    """The key of a cursor, each part of its kind (int or str); 400 for a cursor that none of our pages gave."""
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        good = isinstance(key, list) and [type(one) for one in key] == list(kinds)
        good = good and all(abs(one) < 2**63 if isinstance(one, int) else _keepable(one) for one in key)
    except (binascii.Error, ValueError, UnicodeError):
        good = False
    if not good:
        raise BadRequest(
            "游标不对，从第一页重新读取", code="bad_cursor", wrong=[("/cursor", "bad_cursor", "不是本接口给出的游标")]
        )
    return key


def _keepable(text: str) -> bool:
    """Whether a database can compare with it: no NUL, and no half of a character (`UnicodeError`)."""
    return b"\0" not in text.encode()


def after(names: Sequence[str], key: Sequence[Any], *, down: bool = False) -> Q:
    """Rows behind a key in the order of the columns `names` (all ascending, or all descending)."""
    way = "lt" if down else "gt"
    found = Q()
    for at, (name, value) in enumerate(zip(names, key, strict=True)):
        same = Q(**dict(zip(names[:at], key[:at], strict=True)))
        found |= same & Q(**{f"{name}__{way}": value})
    first = Q(**{f"{names[0]}__{'lte' if down else 'gte'}": key[0]})
    return first & found  # the first column alone lets the index find the place


class Source(Protocol):
    """Where the rows of a list come from, in its order."""

    def total(self) -> int:
        """How many there are, counted to `CAP` + 1."""

    def behind(self, key: Sequence[Any], size: int) -> list[Any]:
        """The first rows behind a key; from the beginning for an empty one."""


@dataclass(frozen=True)
class Asked:
    """Rows of a queryset."""

    rows: QuerySet
    names: Sequence[str]
    down: bool = False

    def total(self) -> int:
        return self.rows.order_by().values("pk")[: CAP + 1].count()  # no column, hence no join, that only shows

    def behind(self, key: Sequence[Any], size: int) -> list[Any]:
        rows = self.rows.filter(after(self.names, key, down=self.down)) if key else self.rows
        return list(rows.order_by(*(f"-{name}" if self.down else name for name in self.names))[:size])


def page(
    request: Request,
    rows: QuerySet | Source,
    names: Sequence[str],
    kinds: Sequence[type],
    asked: dict[str, Any],
    shape: Callable[[Any], Any],
    *,
    down: bool = False,
) -> dict[str, Any]:
    """One page of a list: `results`, `next` (address of the next page, or null), `count` and whether it is exact.

    `names` are the columns that order the list, the last one unique; `kinds` their types (int or str). The count is
    taken on the first page and travels on in the cursor.
    """
    source = Asked(rows, names, down) if isinstance(rows, QuerySet) else rows
    key, size = read(asked["cursor"], [*kinds, int]) if asked.get("cursor") else [], asked["page_size"]
    found = source.behind(key[:-1], size + 1)
    total = key[-1] if key else source.total()
    more, found = len(found) > size, found[:size]
    last = [_value(found[-1], name) for name in names] if more else None
    return {
        "count": max(0, min(total, CAP)),
        "count_exact": total <= CAP,
        "next": _next(request, write(*last, total)) if last else None,
        "results": [shape(one) for one in found],
    }


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _next(request: Request, cursor: str) -> str:
    """The address of the next page: the same question, from the cursor on."""
    asked = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return f"{request.path}?{urlencode({**asked, 'cursor': cursor})}"


def paged(item: type[serializers.Serializer], name: str) -> type[serializers.Serializer]:
    """The serializer of a page of these items, for the document."""
    members = {
        "count": serializers.IntegerField(help_text=f"符合条件的条数，最多数到 {CAP}"),
        "count_exact": serializers.BooleanField(help_text="count 是否就是实际条数"),
        "next": serializers.CharField(allow_null=True, help_text="下一页的地址，没有时为 null"),
        "results": item(many=True),
    }
    return type(f"{name}Page", (serializers.Serializer,), members)
