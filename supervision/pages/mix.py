"""What the page of the mix of a place is given."""

import datetime as dt
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from registry.models import Category, LegalForm, ServiceGroup, StandingKind
from supervision import figures
from supervision.boards import Mix
from supervision.boards.mix import KINDS, SENSITIVE, Crossed, Year
from supervision.boards.pictures import stacked
from supervision.pages.places import crumbs, day_form

WORDS = dict(StandingKind.choices)
CATEGORIES = [*Category.choices, ("", "未分类")]
YEARLY = ("年份", "年初已备案", "新备案", "直接登记", "备案转登记", "注销或终止", "转登记占年初备案")


def mix(found: Mix, offices: list[str]) -> dict[str, Any]:
    """Everything `supervision/mix.html` shows."""
    query, code = f"?on={found.on.isoformat()}", found.place.code
    links, names = _Links(code, found.on), _territories(found)
    return {
        "found": found,
        "place": found.place,
        "form": day_form(found.on),
        "crumbs": [*crumbs(found.place, offices, query, leaf=False), {"label": "组织构成", "url": ""}],
        "back": reverse("supervision:board", args=[code]) + query,
        "tiers": [_tier(found, kind, links) for kind in KINDS],
        "categories": _table("类别", found.categories, CATEGORIES, links, "category"),
        "forms": _table("组织形式", found.forms, LegalForm.choices, links, "legal_form"),
        "territories": _table("地方", found.territories, names, links, "place"),
        "groups": _grid("类别", found.groups, CATEGORIES),
        "served": _grid("地方", found.served, names),
        "sensitive": "、".join(str(group.label) for group in ServiceGroup if group in SENSITIVE),
        "years": {"columns": _columns(*YEARLY), "rows": [_year(one) for one in found.years]},
        "picture": _picture(found),
        "candidates": _candidates(found, offices),
    }


class _Links:
    """The list of organisations narrowed to a number; only for today, which is what that list shows."""

    def __init__(self, code: str, on: dt.date) -> None:
        self.code, self.today = code, on == timezone.localdate()

    def to(self, **narrowed: str) -> str:
        if not self.today or "" in narrowed.values() or narrowed.get("place") == self.code:
            return ""
        return f"{reverse('registry:organisations')}?{urlencode({'place': self.code} | narrowed)}"


def _tier(found: Mix, kind: str, links: _Links) -> dict[str, str]:
    return {"label": WORDS[kind], "value": str(found.total(kind)), "href": links.to(standing=kind)}


def _territories(found: Mix) -> list[tuple[str, str]]:
    """The places below in code order, and last what stands at the place itself."""
    own = f"{found.place.name}本级" if found.rows else found.place.name
    return [*((row.code, row.name) for row in found.rows), (found.place.code, own)]


def _columns(axis: str, *labels: str) -> list[dict[str, Any]]:
    return [{"label": axis}, *({"label": label, "num": True} for label in labels)]


def _number(many: int, href: str = "") -> dict[str, Any]:
    return {"text": str(many), "num": True, "href": href if many else ""}


def _table(axis: str, numbers: Crossed, names: list[tuple[str, str]], links: _Links, narrow: str) -> dict[str, Any]:
    """Rows by the three tiers and their sum; rows without anything are left out."""
    rows = []
    for code, name in names:
        counted = {kind: numbers.get((code, kind), 0) for kind in KINDS}
        if any(counted.values()):
            tiers = [_number(many, links.to(**{narrow: code, "standing": kind})) for kind, many in counted.items()]
            rows.append([{"text": name}, *tiers, _number(sum(counted.values()))])
    return {"columns": _columns(axis, *(WORDS[kind] for kind in KINDS), "合计"), "rows": rows}


def _grid(axis: str, numbers: Crossed, names: list[tuple[str, str]]) -> dict[str, Any]:
    """Rows by the groups somebody serves; bare counts, never lists."""
    groups = [group for group in ServiceGroup if any(column == group for _, column in numbers)]
    counted = [(name, [numbers.get((code, group), 0) for group in groups]) for code, name in names]
    rows = [[{"text": name}, *map(_number, many)] for name, many in counted if any(many)]
    return {"columns": _columns(axis, *(str(group.label) for group in groups)), "rows": rows}


def _year(one: Year) -> list[dict[str, Any]]:
    share = figures.percent(Fraction(one.converted, one.before)) if one.before else "不适用"
    counted = [one.before, one.filed, one.registered, one.converted, one.ended]
    return [{"text": f"{one.year}年"}, *map(_number, counted), {"text": share, "num": True}]


def _picture(found: Mix) -> list[tuple[str, dict[str, Any]]]:
    there = {code for code, _ in found.categories}
    names = [(code, name) for code, name in CATEGORIES if code in there]
    if not names:
        return []
    series = {WORDS[kind]: [found.categories.get((code, kind), 0) for code, _ in names] for kind in KINDS}
    title = f"{found.place.name}：各类组织的登记和备案情况（{figures.day(found.on)}）"
    return [("chart-mix", stacked(title, "类别", [name for _, name in names], series) | {"told": "数字见下面的表格。"})]


def _candidates(found: Mix, offices: list[str]) -> dict[str, str]:
    """The ledger: who is on it and how it ended for those who left it; the list is the person's own."""
    counted = found.candidates
    left = counted["registered"] + counted["removed"]
    mine = found.on == timezone.localdate() and offices[:1] == [found.place.code]
    return {
        **{name: str(many) for name, many in counted.items()},
        "rate": figures.percent(Fraction(counted["registered"], left)) if left else "还没有出账的组织",
        "href": reverse("registry:candidates") if mine else "",
    }
