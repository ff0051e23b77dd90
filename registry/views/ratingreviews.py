"""差评核实: what a person who did not handle the case has to look into, and where the outcome is written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.errors import NotAllowed
from registry import ratings, reviews
from registry.casework.history import public_steps
from registry.forms.ratingreviews import ReviewForm
from registry.models import Jurisdiction, RatingReview
from registry.scope import SignedIn, reach


@login_required
def ratingreviews(request: SignedIn) -> HttpResponse:
    """The low ratings this person may look into, what is due first on top."""
    if not {role for role, _ in reach(request.user)} & ratings.READERS:
        raise NotAllowed("差评由街道（乡镇）和区县核实", code="not_allowed")
    today = timezone.localdate()
    rows = reviews.of(request.user, today)
    names = dict(Jurisdiction.objects.filter(code__in={one.place_code for one in rows}).values_list("code", "name"))
    told = [(one, names.get(one.place_code, "")) for one in rows]
    return render(request, "registry/ratingreviews.html", {"rows": told, "today": today, "days": reviews.DAYS})


@login_required
def ratingreview(request: SignedIn, pk: int) -> HttpResponse:
    """One low rating: what was said and how the case went, without name or number; and the form."""
    found = reviews.find(request.user, pk, timezone.localdate())
    if found is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reviews.conclude(found, by=request.user, **form.cleaned_data)
        messages.success(request, "已记录核实结果")
        return redirect("registry:ratingreviews")
    return render(request, "registry/ratingreview.html", _shown(found, form))


def _shown(found: RatingReview, form: ReviewForm) -> dict:
    rating = found.rating
    return {
        "review": found,
        "form": form,
        "today": timezone.localdate(),
        "place": Jurisdiction.objects.filter(code=found.place_code).first(),
        "matter": rating.case.matter,
        "reasons": [ratings.REASONS[key] for key in rating.reasons if key in ratings.REASONS],
        "steps": public_steps(rating.case),
    }
