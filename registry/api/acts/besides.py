"""What a desk may do with a case besides moving it: take it in hand and give it back, hold and release its clocks."""

from collections.abc import Iterator
from typing import Any

from portal.api.callers import Caller
from portal.api.scopes import STAGED, places
from registry import codes
from registry.api.acts import fields
from registry.casework import turns
from registry.forms.clocks import ResumeForm, SuspendForm
from registry.models import Case
from registry.scope import roles_over

OWN_DOOR = frozenset({"submit", "withdraw"})  # the applicant's side asks for these elsewhere
LABELS = {"take": "领取", "release": "放回", "suspend": "暂停计时", "resume": "恢复计时"}
FORMS = {"suspend": SuspendForm, "resume": ResumeForm}


def href(case: Case, verb: str) -> str:
    """Where a step of a case is asked for."""
    return f"/api/v1/cases/{case.pk}/{verb if verb in OWN_DOOR else f'actions/{verb}'}"


def offered(case: Case, caller: Caller) -> list[dict[str, Any]]:
    """What the client may do now besides the moves; nothing where another desk has the next word."""
    return [_told(case, verb) for verb in _verbs(case, caller)]


def _verbs(case: Case, caller: Caller) -> Iterator[str]:
    held, holder = desk_in_token(case, caller), case.holder
    if not held or (holder and holder != caller.user):
        return
    yield "release" if holder else "take"
    yield "resume" if case.intervals.standing().exists() else "suspend"


def desk_in_token(case: Case, caller: Caller) -> set[str]:
    """The roles of the desk that has the next word which the client holds there and its token names there."""
    wanted = turns.desks(case)
    mine = wanted & roles_over(caller.user, case.place_code) if wanted else set()
    return {role for role in mine if any(codes.contains(code, case.place_code) for code in _given(caller, role))}


def _given(caller: Caller, role: str) -> list[str]:
    return places(caller.scopes, STAGED, role)


def _told(case: Case, verb: str) -> dict[str, Any]:
    form = FORMS[verb]() if verb in FORMS else None
    asked = form.fields.items() if form else ()
    requires = [fields.asked(name, field, f"/{name}", field.required) for name, field in asked]
    return {"name": verb, "label": LABELS[verb], "method": "POST", "href": href(case, verb), "requires": requires}
