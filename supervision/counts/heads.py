"""Heads: the leading digits that name a place in the kept counts.

A place is named by 0 (nation), 2, 4, 6 or 9 digits. Leaves have nine: a street, or what stands at a higher place
itself and in none of its streets (they end in 000). Every other head is the sum of the leaves that begin with it.
"""

from collections.abc import Iterable

from registry import codes

LEAF = codes.WIDTHS[3]
ABOVE = (0, *codes.WIDTHS[:3])


def leaf(code: str) -> str:
    """The leaf a thing at this place is counted under."""
    return code[:LEAF]


def leaves(code: str) -> list[str]:
    """The leaves a change at a place can concern: its own, and what every place above counts for itself."""
    return list(dict.fromkeys(one[:LEAF] for one in codes.lineage(code)))


def above(head: str) -> list[str]:
    """The heads a leaf is summed into, the nation first."""
    return [head[:width] for width in ABOVE]


def summed(found: dict[str, dict], plus: "callable") -> dict:  # type: ignore[valid-type]
    raise NotImplementedError


def of(codes_: Iterable[str]) -> dict[str, str]:
    """Head → code of these places."""
    return {codes.prefix(code): code for code in codes_}
