"""Counting from the register itself: one statement an indicator, for the nation, one place, or a few heads."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from registry import codes
from registry.codes import NATION
from supervision.counts import heads
from supervision.counts.heads import Cells
from supervision.counts.ways import Ways, current_packs
from supervision.indicators import ALL, Indicator, Question


def leaves(on: dt.date, code: str = NATION, indicators: Collection[Indicator] | None = None) -> dict[str, Cells]:
    """Leaf → indicator → (hits, base[, missing]) of a place as of a day; zeros left out."""
    ways = Ways(current_packs(), on)
    wanted = ways.all() if code == NATION else {ways.of(code), *_set_below(ways, code)}
    return _gather([replace(way, code=code) for way in wanted], ways, indicators or ALL)


def of(on: dt.date, chosen: Iterable[str], indicators: Collection[Indicator] | None = None) -> dict[str, Cells]:
    """The same for some leaves alone."""
    ways = Ways(current_packs(), on)
    found: dict[str, Cells] = {}
    for batch in heads.split(chosen):
        wanted = {ways.of(heads.code(head)) for head in batch}
        found |= _gather([replace(way, heads=tuple(batch)) for way in wanted], ways, indicators or ALL)
    return found


def within(question: Question, width: int, indicators: Collection[Indicator]) -> dict[str, Cells]:
    """By the first `width` digits: the communities of a street."""
    return _collect([question], width, indicators, lambda head, way: True)


def _set_below(ways: Ways, code: str) -> set[Question]:
    below = [pack.area for pack in ways.packs if pack.area != code and codes.contains(code, pack.area)]
    return {ways.of(area) for area in below}


def _gather(questions: list[Question], ways: Ways, indicators: Collection[Indicator]) -> dict[str, Cells]:
    """Where several ways are in use each leaf is taken from its own."""
    if len(questions) == 1:
        return _collect(questions, heads.LEAF, indicators, lambda head, way: True)
    return _collect(questions, heads.LEAF, indicators, lambda head, way: _same(ways.of(heads.code(head)), way))


def _same(way: Question, other: Question) -> bool:
    return replace(way, code=other.code, heads=other.heads) == other


def _collect(
    questions: Iterable[Question], width: int, indicators: Collection[Indicator], takes: Callable[[str, Question], bool]
) -> dict[str, Cells]:
    """The hot loop of the night: a million rows for the nation, so no object is made that is not kept."""
    found: dict[str, Cells] = {}
    for question in questions:
        for indicator in indicators:
            name = indicator.name
            for head, hits, base, missing in indicator.rows(question, width):
                if (hits or base or missing) and takes(head, question):
                    cells = found.get(head)
                    if cells is None:
                        found[head] = cells = {}
                    held = cells.get(name)
                    if held is None:
                        cells[name] = (hits, base, missing) if missing else (hits, base)
                    else:
                        heads.add(cells, {name: (hits, base, missing) if missing else (hits, base)})
    return found
