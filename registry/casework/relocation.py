"""Cases go along when their place becomes another: the second writer of a case's home, after `opening`.

An open case moves with place and code, so that the desk there has it; of a closed one only the code by which staff
find it, `place` says where it was decided. State, clocks, editions and answers stay; nobody has to do anything again.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from portal import actions as audit
from portal.models import User
from registry.casework import leases
from registry.models import CLOSED, Case, Jurisdiction, Notice
from registry.models.cases import CaseQuerySet
from registry.scope import roles_over

NEW_PLACE = "new_place"  # the answer that names a place: to where an organisation wants to move


def lock(spans: CaseQuerySet) -> None:
    """Hold open cases against every move of theirs, in order of number, until the transaction ends."""
    list(spans.open().select_for_update().order_by("id").values_list("id", flat=True))


def relocate(
    before: Jurisdiction, after: Jurisdiction, *, by: User | None, act: int, only: Iterable[int] | None = None
) -> int:
    """Hand the cases of a place to the place it becomes; how many open ones. `only`: of these organisations.

    Call inside the transaction of the act, after `lock`.
    """
    rows = Case.objects.filter(place_code=before.code)
    if only is not None:
        rows = rows.filter(organisation_id__in=list(only))
    moved = list(rows.open().select_related("held_by", "opened_by"))
    for case in moved:
        _move(case, after)
        _tell(case, before, after, by, act)
    rows.filter(state__in=CLOSED).update(place_code=after.code)
    return len(moved)


def _move(case: Case, after: Jurisdiction) -> None:
    case.place, case.place_code = after, after.code
    if case.held_by and not roles_over(case.held_by, after.code):
        leases.let_go(case)
    case.save(update_fields=["place", "place_code", "held_by", "held_until"])


def _tell(case: Case, before: Jurisdiction, after: Jurisdiction, by: User | None, act: int) -> None:
    words = f"{case}：所在地由{before}调整为{after}"
    audit.note("case.relocate", f"case:{case.pk}", by=by, place_code=after.code, summary=words)
    for user in {case.opened_by_id, case.held_by_id} - {None}:
        key = f"placeact:{act}:{case.pk}"
        told = {"case": case, "kind": Notice.Kind.HANDED, "text": f"{words}，不需要您做什么"[:200]}
        Notice.objects.get_or_create(user_id=user, key=key, defaults=told)


def rewrite(ways: Mapping[str, str], rows: CaseQuerySet) -> None:
    """Open cases that want to move to a place want to move to what it became; `ways` is old code → new code."""
    for case in rows.open().filter(kind__contains="change").select_for_update():
        changed = {key: _put(said, ways) for key, said in case.answers.items()}
        if changed != case.answers:
            case.answers = changed
            case.save(update_fields=["answers"])


def _put(said: Any, ways: Mapping[str, str]) -> Any:
    wanted = said.get(NEW_PLACE) if isinstance(said, dict) else None
    return said | {NEW_PLACE: ways[wanted]} if wanted in ways else said
