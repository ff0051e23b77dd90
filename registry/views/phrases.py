"""The phrase library of an office, and how often its notices came late."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed, Refusal
from registry import phrases as library
from registry.casework import corrections
from registry.forms.phrases import PhraseForm, purposes
from registry.models import Defect, Jurisdiction
from registry.scope import Role, SignedIn, within


@login_required
def phrases(request: SignedIn) -> HttpResponse:
    """The phrases of one's offices, to read, add and retire."""
    places = library.offices(request.user)
    if not places:
        raise NotAllowed("补正用语由办理人员维护", code="not_allowed")
    form = PhraseForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return redirect("registry:phrases")
    known, words = {place.code: str(place) for place in places}, dict(purposes())
    rows = [
        {"phrase": one, "place": known.get(one.place_code, "通用"), "applies": words.get(one.applies, "其他")}
        for one in library.kept_by(request.user)
    ]
    return render(request, "registry/phrases.html", {"form": form, "rows": rows})


def _added(request: SignedIn, form: PhraseForm) -> bool:
    said = form.cleaned_data
    try:
        library.add(said["place"], said["text"], applies=said["applies"], by=request.user)
    except Refusal as no:
        form.add_error(no.field or None, no.reason)
        return False
    messages.success(request, "已添加")
    return True


@login_required
@require_POST
def retire_phrase(request: SignedIn, pk: int) -> HttpResponse:
    """Take a phrase out of use."""
    library.retire(get_object_or_404(library.kept_by(request.user), pk=pk), by=request.user)
    messages.success(request, "已停用")
    return redirect("registry:phrases")


@login_required
def told_late(request: SignedIn) -> HttpResponse:
    """How many notices of this year named what an earlier one could have named, office by office; no persons."""
    places = library.offices(request.user)
    if not places:
        raise NotAllowed("这一页供办理单位查看", code="not_allowed")
    since = timezone.localdate().replace(month=1, day=1)
    inside = within([place.code for place in places], "step__case__place_code")
    told = corrections.told_late(Defect.objects.filter(inside), since)
    names = dict(Jurisdiction.objects.filter(code__in={code for code, _ in told}).values_list("code", "name"))
    rows = [
        {"place": names.get(code, ""), "desk": Role(role).label, "many": many}
        for (code, role), many in sorted(told.items())
    ]
    return render(request, "registry/told_late.html", {"rows": rows, "since": since})
