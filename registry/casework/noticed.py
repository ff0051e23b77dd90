"""Whether a proposed leader has been made public (任职前公示) for the organisation a case is about. Reads only."""

from portal.crypto import blind
from registry.models import Case, State
from registry.names.folding import fold

KIND, KEY, QUESTION = "appointment", "noticed", "public_notice_done"


def done(case: Case) -> bool:
    """Whether a notice on the leader of this case ended without objection, for the same organisation or name.

    Looked up only where the rules of the place ask for such a notice.
    """
    number = case.sealed.get("leader_id_number", "")
    if not number or QUESTION not in case.decision.get("asks", []):
        return False
    ended = Case.objects.filter(kind=KIND, state=State.APPROVED, **{f"decision__{KEY}": blind(number)})
    return any(_same(case, one) for one in ended.inside(case.place_code[:6]).exclude(pk=case.pk))


def _same(case: Case, notice: Case) -> bool:
    known = case.organisation_id is not None and case.organisation_id == notice.organisation_id
    return known or (bool(case.name) and fold(case.name) == fold(notice.name))


def settled(case: Case) -> dict:
    """The decision of a case, with the question left out that a notice answers (`Case.asks`)."""
    return {**case.decision, "settled": [QUESTION] if done(case) else []}
