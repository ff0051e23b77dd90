"""Codes for places that get a new one: the same last digits where they are free, else the next free of the band. Pure.

The bands are those of `registry.places.classes`: a street stays among streets, a village among villages.
"""

from collections.abc import Iterable

from registry import codes

PROVINCE, PREFECTURE, COUNTY, STREET, COMMUNITY = range(1, 6)
BANDS = {
    COMMUNITY: ((1, 199), (200, 399), (400, 497), (500, 597)),
    STREET: ((1, 99), (100, 199), (200, 399), (400, 599)),
    COUNTY: ((1, 20), (21, 70), (71, 79), (81, 99)),
    PREFECTURE: ((1, 20), (21, 50), (51, 70), (90, 90)),
}
VILLAGE, TOWN_COMMITTEE = 200, 1


class Full(Exception):
    """No code is left in the band."""


def tail(code: str, level: int) -> str:
    """The digits of a code that belong to its own level."""
    return code[codes.WIDTHS[level - 2] : codes.WIDTHS[level - 1]]


def beneath(parent: str, level: int, number: str) -> str:
    """The 12 digits of a place of a level below another, with these own digits."""
    return (parent[: codes.WIDTHS[level - 2]] + number).ljust(12, "0")


def band(level: int, number: int) -> tuple[int, int]:
    """The first and the last number of the band a number lies in; the number alone where it lies in none."""
    return next((pair for pair in BANDS[level] if pair[0] <= number <= pair[1]), (number, number))


def free(parent: str, level: int, wanted: str, taken: Iterable[str]) -> str:
    """A code below `parent` that nobody bears or bore, as near to the digits `wanted` as can be; `Full` otherwise."""
    used, width = set(taken), len(wanted)
    first, last = band(level, int(wanted))
    for number in (int(wanted), *range(first, last + 1)):
        code = beneath(parent, level, str(number).zfill(width))
        if number and code not in used:
            return code
    raise Full(beneath(parent, level, wanted))


def keeper(concerned: Iterable[str]) -> str:
    """The county that keeps an act on these places, or the nearest place above the counties concerned; 12 digits."""
    found = list(concerned)
    for width in (6, 4, 2):
        heads = {code[:width] for code in found}
        if len(heads) == 1 and not heads.pop().endswith("00"):
            return found[0][:width].ljust(12, "0")
    return found[0][:2].ljust(12, "0") if len({code[:2] for code in found}) == 1 else codes.NATION


def tops(concerned: Iterable[str]) -> list[str]:
    """Of some places those that lie in no other of them, in code order."""
    found: list[str] = []
    for code in sorted(concerned):
        if not found or not codes.contains(found[-1], code):
            found.append(code)
    return found
