"""The places right below a place, and which of them a code lies in."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db.models import QuerySet

from registry import codes
from registry.models import Jurisdiction
from registry.models.jurisdictions import PSEUDO

Counted = TypeVar("Counted")
OWN = ""  # what lies in none of the places below


def below(
    place: Jurisdiction, on: dt.date, bearing: Callable[[QuerySet], QuerySet] = lambda standing: standing
) -> list[Jurisdiction]:
    """The places right below in code order; 市辖区 and the like are stepped over. Below the nation: the provinces.

    `bearing` adds to the rows what each place shall bear.
    """
    standing = bearing(Jurisdiction.objects.standing_on(on).order_by("code"))
    if place.level == Jurisdiction.Level.NATION:
        return list(standing.filter(level=Jurisdiction.Level.PROVINCE))
    children = list(standing.filter(parent=place))
    if children and all(child.name in PSEUDO for child in children):
        return list(standing.filter(parent__parent=place))
    return children


def width(children: Iterable[Jurisdiction]) -> int:
    """How many leading digits tell the children apart; all of them where there is no child."""
    return max((len(codes.prefix(child.code)) for child in children), default=codes.WIDTHS[-1])


def spread(counted: Mapping[str, Counted], children: Iterable[Jurisdiction], nothing: Counted) -> dict[str, Counted]:
    """What was counted by leading digits, by the code of the child it lies in; under `OWN` what lies in no child."""
    heads = {codes.prefix(child.code): child.code for child in children}
    lengths = sorted({len(head) for head in heads}, reverse=True)
    found: dict[str, Counted] = {code: nothing for code in [OWN, *heads.values()]}
    for head, number in counted.items():
        child = next((heads[head[:length]] for length in lengths if head[:length] in heads), OWN)
        found[child] = found[child] + number
    return found
