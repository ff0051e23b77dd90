"""The clocks of a case: the only writer of its limits and of the ledger of intervals.

The days on the case (`promised_on`, `limit_on`, `due_on`) are copies for lists; the ledger is the truth.
"""

import datetime as dt

from registry import clock
from registry.casework import kinds
from registry.casework.step import Turn
from registry.models import Case, Clock, Step

PUT_IN_COPY = {Clock.Scope.STATUTORY: "limit_on", Clock.Scope.PROMISED: "promised_on", Clock.Scope.STAGE: "due_on"}


def tick(turn: Turn, step: Step) -> None:
    """After a move: close the stage that ended, open the next, start what starts now, stop everything when closed."""
    case = turn.case
    for limit in kinds.of(case.kind).limits:
        if limit.scope == Clock.Scope.PROMISED and limit.starts == turn.move.verb and not case.promised_on:
            case.promised_on = clock.after_calendar_days(turn.on, limit.days).on
    case.due_on = clock.after_working_days(turn.on, turn.move.days).on if turn.move.days else None


def refresh(case: Case, *, on: dt.date) -> None:
    """Recompute the days of a case from its ledger and copy them to the case (not saved here)."""
