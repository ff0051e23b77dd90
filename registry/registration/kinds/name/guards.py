"""Conditions of keeping a name."""

from portal.errors import OutOfTurn, Refusal
from registry import reservations
from registry.casework import facts
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import authority, by_hand, open_findings, stored
from registry.casework.step import Turn
from registry.models import Jurisdiction


def name_fits(turn: Turn) -> None:
    """The rules on names hold today, under the lock of the authority: no other decision is made beside this one."""
    authority(turn, Jurisdiction.Level.COUNTY)
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))
    settled = "name_checked" if turn.data.get("name_checked") else None
    still = [one for one in open_findings(turn.case.receipt) if settled is None or by_hand(one) != settled]
    if still:
        raise Refusal(
            f"这个名称还不能保留：{'；'.join(one['label'] for one in still)}",
            code="name_unfit",
            clause=f"{still[0]['document']} {still[0]['clause']}",
        )


def still_kept(turn: Turn) -> None:
    if not reservations.held(turn.case, turn.on):
        raise OutOfTurn("这个名称已经不在保留中，不需要放弃", code="not_kept")


GUARDS = SHARED | {"name_fits": name_fits, "still_kept": still_kept}
