"""Identical and similar names among those that exist already."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from registry.names.folding import fold
from registry.names.parser import parse

THRESHOLD = 85  # percent of characters in common after the place is dropped; a hint for people, never a verdict
MOST = 10


@dataclass(frozen=True)
class Likeness:
    """A name that exists already, how much of it is the same (percent), and whether it is the very same."""

    name: str
    score: int
    same: bool


def similar(
    name: str, names: Iterable[str], *, places: Iterable[str] = (), threshold: int = THRESHOLD
) -> list[Likeness]:
    """The likest of `names` first, at most ten, identical ones (after folding) before all others.

    `places` are place names with which names begin (重庆市渝北区, 花卉园社区…): they are left out of the comparison,
    because all names of one district share them; none given, those of `name` itself are left out. Whether two names
    are the same is asked of the whole names.
    """
    given, heads = list(names), _heads(places or _places(name))
    tails = [_tail(other, heads) for other in given]
    hits = process.extract(_tail(name, heads), tails, scorer=fuzz.ratio, score_cutoff=threshold, limit=None)
    found = [Likeness(given[at], int(score), fold(given[at]) == fold(name)) for _, score, at in hits]
    return sorted(found, key=lambda one: (not one.same, -one.score, one.name))[:MOST]


def _places(name: str) -> list[str]:
    parts = parse(name)
    return [parts.division or "", parts.community or ""]


def _heads(places: Iterable[str]) -> list[str]:
    return sorted((fold(place) for place in places if place), key=len, reverse=True)


def _tail(name: str, heads: list[str]) -> str:
    tail = fold(name)
    while head := next((head for head in heads if tail.startswith(head) and tail != head), ""):
        tail = tail[len(head) :]
    return tail


def identical(name: str, names: Iterable[str]) -> list[str]:
    """The names that are the same after folding width, case, blanks, brackets and points."""
    folded = fold(name)
    return [other for other in names if fold(other) == folded]
