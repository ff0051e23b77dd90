"""What a client may do with a case now, and what it may not and why: derived from the flow table, never listed."""

import copy
from typing import Any

from django.utils import timezone

from portal.api.callers import Caller
from portal.api.scopes import STAGED, places
from portal.errors import NotAllowed, Refusal
from registry import codes
from registry.api.acts import besides, fields
from registry.api.acts.besides import href
from registry.casework import actions, corrections, kinds, leases
from registry.casework.step import Turn
from registry.flows import Move, leaving
from registry.forms.decisions import MoveForm
from registry.models import Case
from registry.scope import Role

BY_FORM = {"defects_missing"}  # what a guard says of an empty form where it names no field


def told(case: Case, caller: Caller) -> dict[str, list[dict[str, Any]]]:
    """`allowed_actions` and `blocked_actions` of a case for a client, in the order of the flow table.

    Allowed is what would be done if it were asked now with what `requires` names; whoever is quicker may still win.
    Blocked follows the state of the case, but the role, the token or a rule stands against it.
    """
    held = {move.verb for move in actions.allowed(case, caller.user)}
    found: dict[str, list[dict[str, Any]]] = {"allowed_actions": [], "blocked_actions": []}
    for move in leaving(kinds.of(case.kind).flow(case), case.state):
        if move.silent:
            continue
        form = fields.blank(case, move.verb)
        no = _against(case, move, caller, form, move.verb in held)
        if no is None:
            found["allowed_actions"].append(_open(case, move, form))
        else:
            found["blocked_actions"].append(_shut(move, no))
    found["allowed_actions"] += besides.offered(case, caller)
    return found


def _open(case: Case, move: Move, form: MoveForm) -> dict[str, Any]:
    told = {"name": move.verb, "label": move.label, "method": "POST", "href": href(case, move.verb)}
    return told | {"requires": fields.requires(move, form)}


def _shut(move: Move, no: Refusal) -> dict[str, Any]:
    return {"name": move.verb, "label": move.label, "code": no.code, "reason": no.reason, "clause": no.clause}


def _against(case: Case, move: Move, caller: Caller, form: MoveForm, held: bool) -> Refusal | None:
    """What stands against a step, before anything is filled in; None when nothing does."""
    try:
        if not held:
            raise _not_ours(case, move)
        require_scope(case, move.role, caller)
        _try(case, move, caller, form)
    except Refusal as no:
        return no
    return None


def _not_ours(case: Case, move: Move) -> NotAllowed:
    if corrections.calls_back(move) and not corrections.ours(case, move):
        return NotAllowed("这份补正通知是另一个环节发出的，由发出的环节撤回", code="not_our_notice")
    if move.role == Role.APPLICANT:
        return NotAllowed(f"“{move.label}”由经办人或所在社区（村）办理", code="not_allowed")
    return NotAllowed(f"“{move.label}”需要“{Role(move.role).label}”权限", code="not_allowed")


def require_scope(case: Case, role: str, caller: Caller) -> None:
    """`NotAllowed` (scope_missing) unless the token lets the client act in this role where the case belongs."""
    ability, stage = ("cases.write", "") if role == Role.APPLICANT else (STAGED, role)
    if not any(codes.contains(code, case.place_code) for code in places(caller.scopes, ability, stage)):
        named = f"{ability}{f':{stage}' if stage else ''}@{case.place_code}"
        raise NotAllowed(f"令牌没有在这里办理这一步的权限（{named}）", code="scope_missing")


def _try(case: Case, move: Move, caller: Caller, form: MoveForm) -> None:
    """Ask every guard with nothing but ticks filled in; what it misses in the form is no objection.

    The case is a copy: guards may renew its receipt, and nothing is saved or locked.
    """
    ticked = {name: True for name, field in form.fields.items() if fields.type_of(field) == "boolean"}
    turn = Turn(copy.copy(case), move, caller.user, timezone.localdate(), data=ticked, trial=True)
    if move.role == Role.APPLICANT:
        turn.acting_for = leases.speaking_for(caller.user, case)
    else:
        leases.require_free(case, caller.user)
        turn.acting_for = leases.acting_for(caller.user, move.role, case.place_code)
    for need in move.needs:
        _ask(need, turn, form)
    corrections.route(turn)


def _ask(need: str, turn: Turn, form: MoveForm) -> None:
    try:
        kinds.of(turn.case.kind).guards[need](turn)
    except Refusal as no:
        if no.code not in BY_FORM and no.field not in form.fields:
            raise
