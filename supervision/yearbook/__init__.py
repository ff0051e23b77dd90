"""What the pages of frozen statistics and of scorecards are given: finished words and addresses."""

from supervision.yearbook.cards import card, nameless
from supervision.yearbook.files import export, frozen
from supervision.yearbook.sheet import statistic
from supervision.yearbook.shelf import shelf

__all__ = ["card", "export", "frozen", "nameless", "shelf", "statistic"]
