"""The printed file of a case: everything about it on paper, personal numbers masked."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.models import User
from registry import verdicts
from registry.casework import history, papers, rights
from registry.casework.sheet import sheet
from registry.models import Case, Certificate, Opinion, State
from registry.scope import SignedIn
from registry.views.cases import visible

STAGES = dict(State.choices)


@login_required
def file(request: SignedIn, pk: int) -> HttpResponse:
    """Cover, answers, papers, verdict with its clauses, opinions, clocks, history; for a case that was handed in."""
    found = visible(request, pk)
    if not found.number:
        raise Http404
    own, others = verdicts.split(found.road, verdicts.rows(found.receipt.get("rules", [])))
    context = {
        "case": found,
        "sheet": sheet(found),
        "lines": papers.checklist(found),
        "findings": own,
        "others": others,
        "editions": found.receipt.get("pack", []),
        "opinions": _opinions(found, request.user),
        "clocks": [(one, STAGES.get(one.stage, "")) for one in found.clocks.all()],
        "intervals": [(one, STAGES.get(one.stage, "")) for one in found.intervals.all()],
        "entries": history.timeline(found, request.user),
        "certificate": Certificate.objects.filter(case=found).first(),
        "printed_at": timezone.now(),
    }
    return render(request, "registry/file.html", context)


def _opinions(found: Case, user: User) -> QuerySet[Opinion]:
    """What other bodies were asked and said: for the desks, as on the page of the case; the applicant reads none."""
    asked = found.opinions.select_related("answered_by")
    return asked if rights.may_reveal(found, user) else asked.none()
