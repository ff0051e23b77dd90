"""The list behind a number: the very set that was counted, a page at a time."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from portal.errors import Refusal
from registry.models import Jurisdiction, Organisation, Population
from registry.policy import resolve
from registry.scope import within
from supervision.counts import current_packs, question
from supervision.indicators import BY_NAME, Indicator
from supervision.territory import below

PAGE = 50
WITH = {
    Jurisdiction: ("parent",),
    Organisation: ("place", "place__parent"),
    Population: ("place", "place__parent"),
}


@dataclass(frozen=True)
class Behind:
    """One page of the list of things `listed`: `total` rows in all, `rows` of this page, `after` the next page's key.

    `own` leaves out what lies in the places below. `amount` is what figures add up to where rows are figures that
    were entered, None where each row counts one.
    """

    indicator: Indicator
    side: str
    listed: type
    place: Jurisdiction
    on: dt.date
    total: int
    rows: list[Any]
    own: bool
    after: str
    amount: int | None = None

    @property
    def words(self) -> str:
        """What is listed: 已有的街道（乡镇）, 尚未达到的街道（乡镇）, 街道（乡镇）, 没有填报的地方."""
        if self.side == "absent":
            return "没有填报的地方"
        if self.side == "hits":
            return self.indicator.hits_words
        return f"尚未达到的{self.indicator.base_words}" if self.side == "missing" else self.indicator.base_words


def behind(
    place: Jurisdiction, name: str, side: str, on: dt.date, after: str = "", *, own: bool = False, size: int = PAGE
) -> Behind:
    """What a number counted, in code order. `Refusal` for an unknown indicator, side or page key.

    `own` leaves out what lies in the places below: the row of the own level on the board.
    """
    if name not in BY_NAME:
        raise Refusal("没有这项指标", code="unknown_indicator")
    packs = resolve.in_force(current_packs(), place.code, on)
    try:
        rows, listed = BY_NAME[name].behind(question(place.code, on, packs), side)
    except LookupError as error:
        raise Refusal("这项指标没有这样的清单", code="unknown_side") from error
    if own:
        rows = rows.exclude(within([child.code for child in below(place, on)], "at"))
    page = list(_beyond(rows, after).order_by("at", "thing").values_list("at", "thing")[: size + 1])
    more = f"{page[size - 1][0]}-{page[size - 1][1]}" if len(page) > size else ""
    things = _things(listed, [thing for _, thing in page[:size]])
    return Behind(BY_NAME[name], side, listed, place, on, rows.count(), things, own, more, _amount(rows))


def _amount(rows: Any) -> int | None:
    """The sum of figures, where the set has any."""
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0 if "amount" in rows.query.annotations else None


def _beyond(rows: Any, after: str) -> Any:
    """The rows after a page key "code-id"."""
    if not after:
        return rows
    at, _, thing = after.partition("-")
    if not re.fullmatch(r"[0-9]{12}-[0-9]{1,18}", after):
        raise Refusal("翻页地址不完整，请从第一页开始", code="bad_page_key")
    return rows.filter(Q(at__gt=at) | Q(at=at, thing__gt=int(thing)))


def _things(listed: type, ids: list[int]) -> list[Any]:
    """The rows themselves, whatever the set lists, with the places they name."""
    found = listed.objects.select_related(*WITH.get(listed, ())).in_bulk(ids)
    return [found[one] for one in ids]
