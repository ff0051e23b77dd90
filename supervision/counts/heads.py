"""Heads: the leading digits that name a place in the kept counts. Pure.

A place is named by 0 (nation), 2, 4, 6 or 9 digits. Leaves have nine: a street, or what stands at a higher place
itself and in none of its streets (they end in 000). Every other head is the sum of the leaves that begin with it.
"""

from collections.abc import Collection, Iterable, Mapping

from registry import codes

LEAF = codes.WIDTHS[3]
NATION = codes.NATION[:LEAF]  # the leaf of what stands at the nation itself
ABOVE = (*reversed(codes.WIDTHS[:3]), 0)
BATCH = 100  # heads in one statement that counts them
Cells = dict[str, tuple[int, ...]]


def leaves(code: str) -> list[str]:
    """The leaves a change at a place can concern: its own, and what every place above counts for itself."""
    return list(dict.fromkeys(one[:LEAF] for one in codes.lineage(code)))


def above(head: str) -> list[str]:
    """The heads a head is summed into, the nearest first, the nation last."""
    return [""] if head == NATION else [head[:width] for width in ABOVE if width < len(head)]


def code(head: str) -> str:
    """The 12 digits of the place a head names."""
    return head.ljust(12, "0")


def add(cells: Cells, more: Mapping[str, tuple[int, ...]], sign: int = 1) -> None:
    """Add (or take away) cells name by name, in place; each is hits, base and, where it matters, missing."""
    for name, numbers in more.items():
        held = cells.get(name)
        if held is None:
            cells[name] = numbers if sign > 0 else tuple(-one for one in numbers)
        elif len(held) == len(numbers):
            cells[name] = tuple(one + sign * other for one, other in zip(held, numbers, strict=True))
        else:
            cells[name] = tuple(one + sign * other for one, other in zip(_three(held), _three(numbers), strict=True))


def _three(numbers: tuple[int, ...]) -> tuple[int, int, int]:
    hits, base, missing = (*numbers, 0)[:3]
    return hits, base, missing


def trimmed(cells: Cells) -> dict[str, list[int]]:
    """As it is kept: zeros left out, the third number only where something is missing."""
    found = {}
    for name, numbers in cells.items():
        if any(numbers):
            found[name] = list(numbers[:2]) if len(numbers) > 2 and not numbers[2] else list(numbers)
    return found


def kept(counts: Mapping[str, list[int]] | None) -> Cells:
    """The cells of a row that was kept; none where there is no row."""
    return {name: tuple(numbers) for name, numbers in (counts or {}).items()}


def without(cells: Mapping[str, tuple[int, ...]], names: Collection[str]) -> Cells:
    """The cells of all but some indicators."""
    return {name: numbers for name, numbers in cells.items() if name not in names}


def summed(leaf_cells: Mapping[str, Cells]) -> dict[str, Cells]:
    """Every head with its cells: the leaves as they are, and what they add up to at each level."""
    sums: dict[str, Cells] = {head: dict(cells) for head, cells in leaf_cells.items()}
    for width, wider in zip((LEAF, *ABOVE), ABOVE, strict=False):
        for head in [head for head in sums if len(head) == width and head != NATION]:
            add(sums.setdefault(head[:wider], {}), sums[head])
    add(sums.setdefault("", {}), leaf_cells.get(NATION, {}))
    return sums


def split(found: Iterable[str], size: int = BATCH) -> list[list[str]]:
    """Heads in order, in lists short enough for one statement."""
    ordered = sorted(found)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
