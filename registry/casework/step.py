"""One turn of a case: all that a guard or an effect may look at while a move is being made."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from portal.models import User
from registry.flows import Move
from registry.models import Case


@dataclass
class Turn:
    """The case (locked), the move, who makes it, on which day, with which opinion and form data."""

    case: Case
    move: Move
    by: User | None
    on: dt.date
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    target: str = ""  # where the case goes: the move's target, or the desk a correction goes back to
    acting_for: User | None = None  # for whom the person stands in
    trial: bool = False  # only asked whether it could be made: guards lock nothing

    def __post_init__(self) -> None:
        self.target = self.target or self.move.target
