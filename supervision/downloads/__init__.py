"""From what a page shows to what is taken away: the very words and numbers its template was given."""

from supervision.downloads.board import board
from supervision.downloads.gaps import gaps
from supervision.downloads.handling import handling, reductions
from supervision.downloads.lists import behind, lists_organisations
from supervision.downloads.mix import mix
from supervision.downloads.owed import owed
from supervision.downloads.target import target

__all__ = ["behind", "board", "gaps", "handling", "lists_organisations", "mix", "owed", "reductions", "target"]
