"""One frozen table: its rows, whether they fit their digest, its versions, and another period beside it."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from portal.templatetags.portal import moment
from registry.models import Jurisdiction
from supervision.models import Statistic
from supervision.pages import crumbs
from supervision.statistics.content import Difference, differences, digest
from supervision.yearbook.drawing import drawn
from supervision.yearbook.shelf import frozen_by, over

Context = dict[str, Any]
TRUE, FALSE = "内容与指纹一致", "内容与指纹不一致，这份报表不能使用，请联系管理员"


def statistic(place: Jurisdiction, offices: list[str], row: Statistic, kin: list[Statistic], against: str) -> Context:
    """Everything `supervision/statistic.html` shows. `kin` are all rows of the same table and place, oldest first."""
    versions = [one for one in kin if one.period == row.period]
    before = next((one for one in reversed(versions) if one.pk < row.pk), None)
    other = next((one for one in kin if str(one.pk) == against), None)
    back = reverse("supervision:statistics", args=[place.code])
    label = row.content["label"]
    return drawn(row.content) | {
        "place": place,
        "row": row,
        "crumbs": [
            *crumbs(place, offices, "", leaf=False),
            {"label": "统计报表", "url": f"{back}?year={row.period[:4]}"},
            {"label": f"{label}{row.content['title']}", "url": ""},
        ],
        "back": f"{back}?year={row.period[:4]}",
        **checked(row),
        "by": frozen_by(row),
        "versions": [_version(place, one, row) for one in versions] if len(versions) > 1 else [],
        "again": compared(before, row) if before else None,
        "others": _others(place, row, kin),
        "against": compared(other, row) if other and other != row else None,
    }


def checked(row: Statistic) -> Context:
    """The digest worked out once more from what is kept."""
    sound = digest(row.content) == row.digest
    return {"sound": sound, "verdict": TRUE if sound else FALSE}


def _version(place: Jurisdiction, one: Statistic, row: Statistic) -> Context:
    href = reverse("supervision:statistic", args=[place.code, one.pk])
    return {"at": moment(one.frozen_at), "cause": one.cause, "href": "" if one == row else href, "digest": one.digest}


def _others(place: Jurisdiction, row: Statistic, kin: list[Statistic]) -> list[Context]:
    """The newest row of every other period, to be held beside this one."""
    newest = {one.period: one for one in kin if one.period != row.period}
    address = reverse("supervision:statistic", args=[place.code, row.pk])
    order = sorted(newest.values(), key=lambda one: over(one.period), reverse=True)
    return [{"label": one.content["label"], "href": f"{address}?{urlencode({'against': one.pk})}"} for one in order]


def compared(before: Statistic, after: Statistic) -> Context:
    """Where two frozen tables differ, cell by cell."""
    found = differences(before.content, after.content)
    same = sum(len(row["cells"]) for table in after.content["tables"] for row in table["rows"]) - len(found)
    labels = before.content["label"], after.content["label"]
    if before.period == after.period:
        labels = f"{moment(before.frozen_at)}定稿", f"{moment(after.frozen_at)}定稿"
    return {"before": labels[0], "after": labels[1], "rows": [_differing(one) for one in found], "same": max(same, 0)}


def _differing(one: Difference) -> Context:
    by = "" if one.by is None else f"{one.by:+d}".replace("-", "−")
    return {
        "table": one.table,
        "row": one.row,
        "column": one.column,
        "before": one.before or "没有这一格",
        "after": one.after or "没有这一格",
        "by": by,
    }
