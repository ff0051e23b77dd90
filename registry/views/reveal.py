"""Numbers that identify a person, in plain, to whoever must compare them with a paper: each look is recorded."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from registry.casework import rights
from registry.scope import SignedIn
from registry.views.cases import visible


@login_required
@require_POST
def reveal(request: SignedIn, pk: int) -> HttpResponse:
    """The sealed answers of a case, once, on a page of their own."""
    case = visible(request, pk)
    return render(request, "registry/reveal.html", {"case": case, "numbers": rights.reveal(case, by=request.user)})
