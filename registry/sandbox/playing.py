"""The desks of the sandbox at work. Only cases of clients are played; what people file stays with people."""

import logging
from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings
from django.db import transaction

from portal.errors import NotAllowed, Refusal
from portal.models import User
from registry.casework import actions, clockwork, turns
from registry.models import Case, Interval, State
from registry.sandbox.answers import BASIS, RESUME, SUSPEND, SUSPENDED, Act, following, refusing
from registry.sandbox.endings import plan
from registry.sandbox.staff import candidates
from registry.scope import DESK

MOST = 100  # cases played in one go
STEPS = 12  # no road is longer
log = logging.getLogger(__name__)


@dataclass
class Played:
    """A case and the steps its desks took; `why` is what kept them from going on, in words."""

    case: Case
    verbs: list[str] = field(default_factory=list)
    why: str = ""


def play(client: User | None = None) -> list[Played]:
    """Play every case that waits for a desk (of this client, or of all): until it waits for the applicant, is held, or
    closed. Those in which nothing happened are left out. Safe to run twice at once; nothing outside the sandbox."""
    if not settings.SANDBOX:
        return []
    rows = Case.objects.open().exclude(state__in=(State.DRAFT, State.RETURNED)).exclude(opened_by__client=None)
    if client is not None:
        rows = rows.filter(opened_by=client)
    found = (_played(pk) for pk in rows.order_by("id").values_list("pk", flat=True))
    return list(islice((one for one in found if one and (one.verbs or one.why)), MOST))


@transaction.atomic
def _played(pk: int) -> Played | None:
    rows = Case.objects.select_for_update(of=("self",), skip_locked=True).select_related("place")
    case = rows.filter(pk=pk).first()
    if case is None:  # somebody else plays it
        return None
    told = Played(case)
    while len(told.verbs) < STEPS and (act := following(case, plan(case.open_key or ""))):
        told.why = _act(case, act)
        case = told.case = rows.get(pk=pk)
        if told.why:
            break
        told.verbs.append(act.verb)
        if act.verb == SUSPEND:
            break
    return told


def _act(case: Case, act: Act) -> str:
    """Do it, or refuse the case with the words in which a rule said no; "" when done, else why not."""
    why = _tried(case, act)
    no = refusing([move for move in turns.waiting(case) if move.role in DESK])
    if not why or no is None or act.move is None or act.verb == no.verb:
        return why
    return _tried(case, Act(no.verb, no.role, no, f"沙箱：{why}"))


def _tried(case: Case, act: Act) -> str:
    """Whoever may do it does it: the next colleague where the first looked at the case before (four eyes)."""
    why = ""
    for by in candidates(act.role, case):
        try:
            with transaction.atomic():
                _do(case, act, by)
            return ""
        except NotAllowed as no:
            why = no.reason
        except Refusal as no:
            log.info("sandbox case %s %s: %s", case.pk, act.verb, no.code)
            return no.reason
    return why


def _do(case: Case, act: Act, by: User) -> None:
    if act.verb == SUSPEND and act.move is None:
        clockwork.suspend(case, by=by, cause=Interval.Cause.EXPERT, reason=SUSPENDED, basis=BASIS, cap=5)
    elif act.verb == RESUME and act.move is None:
        clockwork.resume(case, by=by)
    else:
        actions.move(case, act.verb, by=by, note=act.note, data=dict(act.data))
