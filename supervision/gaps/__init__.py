"""What is not known yet: yearly figures nobody entered, and facts the organisations of a place lack."""

from supervision.gaps.board import TOTAL, Board, Row, board
from supervision.gaps.facts import FACTS, Fact
from supervision.gaps.lists import Lacking, lacking

__all__ = ["FACTS", "TOTAL", "Board", "Fact", "Lacking", "Row", "board", "lacking"]
