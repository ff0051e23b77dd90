"""Who has a case in hand: taken for a while, handed back with every step, taken over with a reason."""

from portal.models import User
from registry.models import Case


def require_free(case: Case, by: User) -> None:
    """`OutOfTurn` while somebody else has the case in hand."""


def let_go(case: Case) -> None:
    """Nobody has the case in hand any more (not saved here)."""
    case.held_by, case.held_until = None, None


def acting_for(by: User, role: str, place_code: str) -> User | None:
    """For whom a person acts who holds the role over the place only as a stand-in; None for one's own office."""
    return None
