"""Where additions are needed, and how few would do: pure arithmetic over whole numbers.

A place has `have` of something over `base` communities (streets, people …). More are given to whoever has least for
each of its communities, one at a time, so that no other way to give as many lifts the lowest place higher.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

Held = tuple[int, int]  # have, base


@dataclass(frozen=True)
class Need:
    """What one place has, what it needs for the goal, and its part of the fewest additions that close the whole gap.

    `alone` is what it lacks when it must reach the goal by itself: what others have above the goal does not help it.
    """

    have: int
    base: int
    wanted: int
    least: int

    @property
    def alone(self) -> int:
        return max(0, self.wanted - self.have)


def gap(goal: Fraction, have: int, base: int) -> int:
    """How many more are needed in all: ceil(goal × base) − have, never below zero."""
    return max(0, ceil(goal * base) - have)


def needs(goal: Fraction, places: Sequence[Held]) -> list[Need]:
    """What each place needs so that all of them together reach the goal, in the order given.

    The parts of all places add up to the gap of the whole. `ValueError` for a negative count.
    """
    whole = gap(goal, sum(have for have, _ in places), sum(base for _, base in places))
    given = spread(places, whole)
    rows = zip(places, given, strict=True)
    return [Need(have, base, ceil(goal * base), more) for (have, base), more in rows]


def spread(places: Sequence[Held], more: int) -> list[int]:
    """How `more` additions fall on places (have, base): always to the lowest have ÷ base, ties in the order given.

    Places without a base get nothing. The effort grows with the places, not with the additions.
    """
    if more < 0 or any(min(place) < 0 for place in places):
        raise ValueError("counts cannot be negative")
    given = [0] * len(places)
    open_ = [at for at, (_, base) in enumerate(places) if base]
    if not open_ or not more:
        return given
    level = _level([places[at] for at in open_], more - len(open_))
    for at in open_:
        have, base = places[at]
        given[at] = max(0, ceil(level * base) - have)
    _one_by_one(places, open_, given, more - sum(given))
    return given


def _level(places: list[Held], more: int) -> Fraction:
    """The level to which `more` fills the places if it could be split at will; nothing to fill is level zero.

    Filling to it in whole numbers costs at most one more a place.
    """
    if more <= 0:
        return Fraction(0)
    filled, width = 0, 0
    for place in sorted(places, key=_ratio):
        if width and _ratio(place) * width >= filled + more:
            break
        filled, width = filled + place[0], width + place[1]
    return Fraction(filled + more, width)


def _ratio(place: Held) -> Fraction:
    return Fraction(*place)


def _one_by_one(places: Sequence[Held], open_: list[int], given: list[int], rest: int) -> None:
    heap = [(Fraction(places[at][0] + given[at], places[at][1]), at) for at in open_]
    heapq.heapify(heap)
    for _ in range(rest):
        _, at = heap[0]
        given[at] += 1
        heapq.heapreplace(heap, (Fraction(places[at][0] + given[at], places[at][1]), at))
