"""Division codes and unified social credit codes, without a database.

A place is known by the 12 digits of the statistical division code (统计用区划代码, after GB/T 2260 and
GB/T 10114): two digits each for province, prefecture and county, three each for street and community.
A shorter code of 2, 4, 6 or 9 digits means the same place, padded with zeros. Twelve zeros are the nation.
"""

from collections.abc import Iterable

WIDTHS = (2, 4, 6, 9, 12)
NATION = "0" * 12


def normalise(code: str) -> str:
    """The 12 digits of a division code given with 2, 4, 6, 9 or 12 digits; `ValueError` for anything else."""
    text = "".join(str(code).split())
    if not (text.isascii() and text.isdigit() and len(text) in WIDTHS):
        raise ValueError(f"区划代码应为 2、4、6、9 或 12 位数字：{code}")
    return text.ljust(12, "0")


def level(code: str) -> int:
    """0 nation, 1 province, 2 prefecture, 3 county, 4 street, 5 community, by the digits that are not padding."""
    return 0 if code == NATION else 1 + next(n for n, width in enumerate(WIDTHS) if not code[width:].strip("0"))


def prefix(code: str) -> str:
    """The digits shared by a place and everything below it."""
    return "" if code == NATION else code[: WIDTHS[level(code) - 1]]


def span(code: str) -> tuple[str, str]:
    """The half-open range [first, end) of 12-digit codes that lie in a place, itself included."""
    head = prefix(code)
    if not head:
        return NATION, "9" * 12
    return code, str(int(head) + 1).zfill(len(head)).ljust(12, "0")


def lineage(code: str) -> list[str]:
    """The place itself and every place above it up to the province, nearest first, by code alone."""
    if code == NATION:
        return [NATION]
    own = WIDTHS.index(len(prefix(code)))
    return [code[:width].ljust(12, "0") for width in reversed(WIDTHS[: own + 1])]


def contains(above: str, code: str) -> bool:
    """Whether the place `code` is `above` or lies in it."""
    return code.startswith(prefix(above))


def shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """The places that lie in both, the widest of them only: those of either that lie in a place of the other."""
    left, right = set(one), set(other)
    both = {code for code in left if any(contains(above, code) for above in right)}
    both |= {code for code in right if any(contains(above, code) for above in left)}
    return sorted(code for code in both if not any(above != code and contains(above, code) for above in both))
