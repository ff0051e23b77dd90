"""The counts boards read: kept a place, corrected where something changed since, equal to a recount."""

from supervision.counts.proof import Proof, latest, mended
from supervision.counts.reading import Reading, read, series, totals
from supervision.counts.ways import Ways, current_packs, question

__all__ = [
    "Proof",
    "Reading",
    "Ways",
    "current_packs",
    "latest",
    "mended",
    "question",
    "read",
    "series",
    "totals",
]
