"""What the organisations of a place lack, counted for the places right below at once."""

from supervision.gaps.board import TOTAL, Board, Row, board
from supervision.gaps.facts import BY_KEY, FACTS, Fact
from supervision.gaps.lists import Lacking, lacking

__all__ = ["BY_KEY", "FACTS", "TOTAL", "Board", "Fact", "Lacking", "Row", "board", "lacking"]
