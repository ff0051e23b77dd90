"""What a flow table is made of. Pure: no database, no Django.

A flow is a tuple of moves. Buttons, the API's list of allowed actions, documentation and tests are all
derived from it; a state changes nowhere else than along a move (`registry.casework.actions.move`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal.errors import OutOfTurn

SYSTEM = "system"  # the role of a step nobody takes by hand


@dataclass(frozen=True)
class Move:
    """One allowed step: its verb and the word for it, from which states to which, by whom, under which guards."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    role: str
    needs: tuple[str, ...] = ()
    tone: str = "secondary"
    days: int = 0  # days the next desk has where the documents give none; 0 = no desk waits
    quick: bool = False  # one press on the case page is enough: nothing has to be written
    limit: str = ""  # the parameter of the packs that gives the next desk its days
    unit: str = "working"  # what `days` counts: working or calendar days
    bulk: bool = False  # many cases may take this step in one act
    silent: bool = False  # the system takes this step once the stage's clock has run out
    aside: bool = False  # may be taken, but nobody waits for it: a notice called back


def revised(
    flow: Iterable[Move], *, labels: Mapping[str, str], guards: Mapping[str, tuple[str, ...]]
) -> tuple[Move, ...]:
    """The table of another kind of case on the same road: some moves called otherwise ({verb: word}), some guards
    replaced wherever they stand ({guard: the ones in its place})."""
    return tuple(
        replace(
            move,
            label=labels.get(move.verb, move.label),
            needs=tuple(dict.fromkeys(one for need in move.needs for one in guards.get(need, (need,)))),
        )
        for move in flow
    )


def leaving(flow: Iterable[Move], state: str) -> list[Move]:
    """The moves that may follow a state."""
    return [move for move in flow if state in move.sources]


def find(flow: Iterable[Move], state: str, verb: str, *, label: str = "") -> Move:
    """The move named `verb` that leaves `state`; `OutOfTurn` when it is not its turn (or no longer)."""
    for move in leaving(flow, state):
        if move.verb == verb:
            return move
    raise OutOfTurn(f"办件当前状态为“{label or state}”，不能执行该操作", code="out_of_turn")
