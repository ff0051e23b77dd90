"""One number in words: what it says, its two counts with the addresses of their lists, how it stands."""

from dataclasses import replace

from django.urls import reverse

from portal.templatetags.portal import WORDS
from supervision import figures
from supervision.boards import Figure
from supervision.targets import Judgement, Status

Cell = dict[str, str]


def root() -> str:
    return reverse("supervision:home")


def cell(figure: Figure, root: str, query: str) -> Cell:
    """One number of one place: its words, its two counts with the addresses of their lists, its standing.

    Where figures are missing and the rest says nothing, `absent` are the places that have not entered theirs.
    """
    address, plain = f"{root}{figure.path}{query}{'&own=1' if figure.own else ''}", figure.indicator.base is None
    found = {
        "label": figure.indicator.label,
        "short_label": figure.indicator.short,
        "text": "" if plain else figure.text,
        "hits": str(figure.hits),
        "base": "" if plain else str(figure.base),
        "hits_href": f"{address}&side=hits",
        "base_href": f"{address}&side=base",
    }
    if figure.missing and (figure.judgement is None or figure.judgement.status is Status.NO_DATA):
        found |= {"absent": str(figure.missing), "absent_href": f"{address}&side=absent"}
    if figure.judgement and figure.judgement.status is not Status.NOT_APPLICABLE:
        found["tone"], found["word"] = WORDS[figure.judgement.status.value]
        found["short"] = figures.short(figure.judgement, figure.indicator.lacks)
    return found


def unjudged(figure: Figure, judged: Judgement) -> Figure:
    """The figure without its verdict, which stands beside it; what is missing matters only where there is no data."""
    return replace(figure, judgement=None, missing=figure.missing if judged.status is Status.NO_DATA else 0)


def stat(figure: Figure, root: str, query: str) -> Cell:
    return {"label": figure.indicator.label, "value": figure.text, "href": f"{root}{figure.path}{query}&side=hits"}
