"""The letters of a case."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from registry.documents import letters
from registry.scope import SignedIn
from registry.views.cases import visible
from registry.views.public import pdf


@login_required
def letter(request: SignedIn, pk: int, step_pk: int) -> HttpResponse:
    """The letter that belongs to a step, as PDF, for whoever may see the case."""
    case = visible(request, pk)
    step = get_object_or_404(case.steps.select_related("case__place", "by"), pk=step_pk)
    text = letters.text_of(case, step)
    if text is None:
        raise Http404
    return pdf(letters.letter(case, step), f"{text.title.format(matter=case.matter)}{case.number or ''}.pdf")
