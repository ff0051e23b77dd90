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
    by: User
    on: dt.date
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
