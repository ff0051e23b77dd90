"""Corrections (补正): what was found wrong, what was changed since, and where the case goes on."""

from registry.casework.step import Turn
from registry.models import Defect, Step


def route(turn: Turn) -> None:
    """Before a move is recorded: a correction handed in goes on at the desk that asked for it, or at an earlier one."""


def keep(turn: Turn, step: Step) -> None:
    """After a move is recorded: keep the defects told with it."""
    for defect in turn.data.get("defects", []):
        Defect.objects.create(step=step, **defect)
