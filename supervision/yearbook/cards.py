"""The scorecard of a street or a community."""

from typing import Any

from django.urls import reverse

from registry.models import Jurisdiction
from supervision.models import Statistic
from supervision.pages import crumbs
from supervision.statistics.content import Content
from supervision.yearbook.drawing import drawn
from supervision.yearbook.files import frozen
from supervision.yearbook.sheet import checked

Context = dict[str, Any]
DRAFT = "未定稿，数字会随登记册变化"


def nameless(place: Jurisdiction, offices: list[str]) -> Context:
    """What the page says whatever the year: the place and the way to it."""
    return {
        "place": place,
        "crumbs": [*crumbs(place, offices, "", leaf=False), {"label": "考核单", "url": ""}],
        "back": reverse("supervision:board", args=[place.code]),
        "shelf": reverse("supervision:statistics", args=[place.code]),
    }


def card(content: Content, row: Statistic | None) -> Context:
    """The facts, and whether they are frozen; `told` goes into the file as well."""
    told = frozen(row) if row else [("定稿", DRAFT)]
    return drawn(content) | {"row": row, "told": told} | (checked(row) if row else {})
