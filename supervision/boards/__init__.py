"""Read models of the boards. They ask and never write."""

from supervision.boards.coverage import coverage, formal, tolerance
from supervision.boards.lists import Behind, behind
from supervision.boards.mix import Mix, mix
from supervision.boards.pictures import pictures
from supervision.boards.readings import Board, Figure, Held, Row
from supervision.boards.target import Target, standing, target

__all__ = [
    "Behind",
    "Board",
    "Figure",
    "Held",
    "Mix",
    "Row",
    "Target",
    "behind",
    "coverage",
    "formal",
    "mix",
    "pictures",
    "standing",
    "target",
    "tolerance",
]
