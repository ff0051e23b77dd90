"""Where which rules speak: the places inside a place whose documents differ, each with its rules before and after."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from registry import codes
from registry.policy.parameters import Pack
from registry.policy.resolve import Rules, covers, in_force


@dataclass(frozen=True)
class Region:
    """A place and the rules that hold there, before and after the edit; what lies in a deeper region is not meant."""

    code: str
    before: Rules
    after: Rules


def scope(place: str, pack: Pack) -> str:
    """Where an edit of a document can be felt within a place: the smaller of the two."""
    return place if covers(pack.area, place) else pack.area


def regions(place: str, packs: Iterable[Pack], copy: Pack, on: dt.date) -> list[Region]:
    """The regions of a place under the edited copy of one document, the deepest first, the place itself last."""
    former = list(packs)
    later = [copy if pack.slug == copy.slug else pack for pack in former]
    areas = {pack.area for pack in former if pack.area != place and codes.contains(place, pack.area)}
    deepest = sorted(areas, key=lambda code: (-codes.level(code), code))
    return [_region(code, former, later, on) for code in (*deepest, place)]


def _region(code: str, former: list[Pack], later: list[Pack], on: dt.date) -> Region:
    before, after = (Rules(tuple(in_force(packs, code, on)), on) for packs in (former, later))
    return Region(code, before, after)
