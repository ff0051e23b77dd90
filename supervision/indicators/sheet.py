"""All places from the street up on one sheet: each indicator asked once for the nation, rolled up by code."""

from collections import defaultdict

from registry import codes
from supervision.indicators.catalogue import ALL
from supervision.indicators.questions import Question

STREET = codes.WIDTHS[3]
Sheet = dict[str, dict[str, list[int]]]


def fill(ask: Question) -> Sheet:
    """Leading digits of a place (2, 4, 6 or 9) → indicator → [hits, base], zeros left out; one statement an indicator.

    What stands at a county itself is in the county's sums and in no street's, so sums agree on every level.
    """
    sheet: Sheet = defaultdict(dict)
    for indicator in ALL:
        for head, (hits, base) in indicator.counts(ask, STREET).items():
            for width in codes.WIDTHS[:4]:
                _add(sheet[head[:width]], indicator.name, hits, base)
    return sheet


def _add(counts: dict[str, list[int]], name: str, hits: int, base: int) -> None:
    if name in counts:
        counts[name][0] += hits
        counts[name][1] += base
    elif hits or base:
        counts[name] = [hits, base]
