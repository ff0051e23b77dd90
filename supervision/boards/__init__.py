"""Read models of the boards. They ask and never write."""

from supervision.boards.coverage import coverage, current_packs, formal, question, tolerance
from supervision.boards.lists import Behind, behind
from supervision.boards.pictures import pictures
from supervision.boards.readings import Board, Figure, Held, Row

__all__ = [
    "Behind",
    "Board",
    "Figure",
    "Held",
    "Row",
    "behind",
    "coverage",
    "current_packs",
    "formal",
    "pictures",
    "question",
    "tolerance",
]
