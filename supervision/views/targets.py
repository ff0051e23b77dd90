"""One target of one place, and the mix of its organisations."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.scope import SignedIn
from supervision import boards, downloads, pages
from supervision.forms.days import DayForm
from supervision.views.exports import shown
from supervision.views.seen import as_of, offices


@as_of
def target(request: SignedIn, place: Jurisdiction, form: DayForm, parameter: str) -> HttpResponse:
    """What one clause asks of a place, how it stood and stands, and which places below fall short by how many."""
    try:
        found = boards.target(place, parameter, form.cleaned_data["on"])
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal
    context = pages.target(found, offices(request))
    return shown(request, "supervision/target.html", context, downloads.target)


@as_of
def mix(request: SignedIn, place: Jurisdiction, form: DayForm) -> HttpResponse:
    """By tier, category, form and group served; and how filed organisations come to register."""
    found = boards.mix(place, form.cleaned_data["on"])
    context = pages.mix(found, offices(request)) | {"now": timezone.now()}
    return shown(request, "supervision/mix.html", context, downloads.mix)
