"""The printed file of a case: everything about it on paper, personal numbers masked."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry import verdicts
from registry.casework import history, papers
from registry.casework.sheet import sheet
from registry.models import Certificate, State
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
        "opinions": found.opinions.select_related("answered_by"),
        "clocks": [(one, STAGES.get(one.stage, "")) for one in found.clocks.all()],
        "intervals": [(one, STAGES.get(one.stage, "")) for one in found.intervals.all()],
        "entries": history.timeline(found, request.user),
        "certificate": Certificate.objects.filter(case=found).first(),
        "printed_at": timezone.now(),
    }
    return render(request, "registry/file.html", context)
