"""Beginning a case about an organisation on the register, from its page."""

import datetime as dt
from dataclasses import dataclass

from portal.errors import OutOfTurn
from portal.models import User
from registry.casework import actions, kinds, rights
from registry.casework.kinds import Kind
from registry.models import Case, Organisation, PolicyPack, State


@dataclass(frozen=True)
class Offer:
    """A kind of case somebody may begin for an organisation; `why` says why not now, `case` is the one under way.

    `mine` says whether the person may go on with it, `visible` whether its page may be seen.
    """

    kind: Kind
    why: str
    case: Case | None = None
    mine: bool = False
    visible: bool = False

    @property
    def editable(self) -> bool:
        """Whether the person can go on filling it in now."""
        return self.case is not None and self.mine and self.case.state in rights.EDITABLE


def offers(organisation: Organisation, user: User, on: dt.date) -> list[Offer]:
    """What this person may begin for the organisation, and what is under way; nothing while no document is loaded."""
    rows = organisation.cases.open().select_related("opened_by", "organisation__place")
    open_ones = {case.kind: case for case in rows}
    seen = set(organisation.cases.open().visible_to(user).values_list("pk", flat=True))
    found: list[Offer] = []
    if not PolicyPack.objects.rules(organisation.place_code, on).packs:
        return found
    may: dict[frozenset[str], bool] = {}  # most kinds have the same openers
    for kind, why in kinds.offered(organisation, on):
        if kind.openers not in may:
            may[kind.openers] = rights.may_open(kind, user, organisation.place, organisation)
        if may[kind.openers]:
            found.append(_offer(kind, why, open_ones.get(kind.key), user, seen))
    return found


def _offer(kind: Kind, why: str, case: Case | None, user: User, seen: set[int]) -> Offer:
    if case is None:
        return Offer(kind, why)
    visible = case.pk in seen
    mine = rights.may_write(case, user) if visible else _abandoned(case, kind)
    return Offer(kind, why, case, mine=mine, visible=visible)


def _abandoned(case: Case, kind: Kind) -> bool:
    """Whether nobody goes on with an unfinished case: who opened it may open no such case any more."""
    organisation = case.organisation
    return case.state in rights.EDITABLE and not rights.may_open(kind, case.opened_by, organisation.place, organisation)


def under_way(organisation: Organisation, kind: Kind) -> Case | None:
    """The case of this kind that is not closed yet; there is one at most."""
    return organisation.cases.open().filter(kind=kind.key).select_related("opened_by", "organisation__place").first()


def begin(organisation: Organisation, key: str, *, by: User) -> Case:
    """The open case of a kind for an organisation: the one under way when the person may see it, else a new one.

    `OutOfTurn` while somebody else has one under way, `Refusal` when the organisation cannot have it now.
    """
    kind = kinds.of(key)
    rights.require_opener(kind, by, organisation.place, organisation)
    found = under_way(organisation, kind)
    if found is None:
        try:
            return actions.open_case(key, by=by, place=organisation.place, organisation=organisation)
        except OutOfTurn:  # a second click, or somebody else, was quicker
            found = under_way(organisation, kind)
            if found is None:
                raise
    seen = Case.objects.visible_to(by).filter(pk=found.pk).exists()
    return found if seen else _left_behind(found, kind, by)


def _left_behind(found: Case, kind: Kind, by: User) -> Case:
    """What a former leader left unfinished goes to whoever speaks now; `OutOfTurn` while its opener may go on."""
    if _abandoned(found, kind):
        return actions.adopt(found, by=by)
    doing, day = "填写" if found.state == State.DRAFT else "办理", f"{found.opened_at:%-m月%-d日}"
    raise OutOfTurn(f"{found.opened_by}已于{day}发起“{kind.label}”，正在{doing}", code="case_open")
