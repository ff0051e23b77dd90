"""The page of a case. Every part of it is a panel: a function that reads, and a fragment that shows."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.models import User
from registry import announcements, known, reservations, verdicts
from registry.casework import (
    actions,
    clockface,
    corrections,
    history,
    looks,
    opinions,
    papers,
    qualifications,
    rights,
    turns,
)
from registry.casework.sheet import sheet
from registry.documents import letters
from registry.models import Case, Certificate
from registry.scope import Role, SignedIn
from registry.views.cases import visible
from registry.views.trail import trail


def next_steps(found: Case, user: User) -> dict:
    """What this person may do now; while a colleague has the case in hand, what the applicant may do."""
    free = found.holder in (None, user)
    return {
        "moves": [
            move
            for move in actions.allowed(found, user)
            if move.verb != "submit" and (free or move.role == Role.APPLICANT)
        ],
        "editable": found.state in rights.EDITABLE and rights.may_write(found, user),
        "may_reveal": rights.may_reveal(found, user),
        "may_hold": turns.at_desk(found, user),
        "waiting_for": waiting_for(found),
    }


def since(found: Case, user: User) -> dict:
    """What others did since this person last looked."""
    at = looks.last(found, user)
    return {"looked_at": at, "since": history.since(found, user, at) if at else []}


def verdict(found: Case, user: User) -> dict:
    """What the rules say, those of this road apart from the others."""
    own, others = verdicts.split(found.road, verdicts.rows(found.receipt.get("rules", [])))
    return {"findings": own, "others": others, "missing": verdicts.missing(found.receipt.get("missing", []))}


def contents(found: Case, user: User) -> dict:
    """What was said and handed in, and the paper given out."""
    return {
        "sheet": sheet(found),
        "lines": papers.checklist(found),
        "certificate": Certificate.objects.filter(case=found).first(),
    }


def past(found: Case, user: User) -> dict:
    """Who did what."""
    return {"entries": history.timeline(found, user)}


# One reader a panel: (case, user) -> context. Its fragment is included by one line of templates/registry/case.html
# and shows nothing (not even a heading) while its context is empty. Names of different panels must differ.
PANELS: tuple[Callable[[Case, User], dict], ...] = (
    next_steps,
    since,
    verdict,
    contents,
    clockface.panel,
    corrections.panel,
    letters.panel,
    papers.debts_panel,
    opinions.panel,
    qualifications.panel,
    announcements.panel,
    reservations.panel,
    known.panel,
    past,
)


@login_required
def case(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about a case: what was said, the verdict, the history, and what may be done next."""
    found = visible(request, pk)
    context = {"case": found, "today": timezone.localdate(), "now": timezone.now()} | _beside(request, found)
    for panel in PANELS:
        context |= panel(found, request.user)
    return render(request, "registry/case.html", context)


def _beside(request: SignedIn, found: Case) -> dict:
    """The list the case was opened from, and its neighbours there."""
    way = trail(request)
    before, after = way.beside(found.pk) if way else (None, None)
    return {
        "trail": way,
        "before": way.link(before) if way and before else "",
        "after": way.link(after) if way and after else "",
    }


def waiting_for(found: Case) -> str:
    """Who has the next word, in words."""
    if found.is_closed:
        return ""
    named = dict.fromkeys(clockface.HOLDERS[move.role] for move in turns.waiting(found) if move.verb != "withdraw")
    return "、".join(named)
