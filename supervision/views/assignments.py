"""The outlook of a place on a target, and what streets are asked to do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import Refusal
from registry.models import Jurisdiction
from registry.paging import key_page
from registry.scope import SignedIn
from supervision import assigning, errands, pages
from supervision.boards import outlook as outlooks
from supervision.forms.days import DayForm
from supervision.models import Assignment
from supervision.views.seen import as_of, offices, place


@as_of
def outlook(request: SignedIn, place: Jurisdiction, form: DayForm, parameter: str) -> HttpResponse:
    """How many more a target needs, where the fewest would do, and what the cases under way will bring."""
    found = _outlook(place, parameter, form)
    crumbs = pages.crumbs(place, offices(request), f"?on={found.on.isoformat()}", leaf=False)
    context = {
        "outlook": found,
        "place": place,
        "form": form,
        "crumbs": [*crumbs, {"label": found.label, "url": ""}],
        **errands.beside(found, request.user),
    }
    return render(request, "supervision/outlook.html", context)


def _outlook(place: Jurisdiction, parameter: str, form: DayForm) -> outlooks.Outlook:
    try:
        return outlooks.outlook(place, outlooks.sought(place, parameter), form.cleaned_data["on"])
    except LookupError as none:
        raise Http404("没有这项目标") from none


@require_POST
@login_required
def assign(request: SignedIn, code: str, parameter: str) -> HttpResponse:
    """A district officer asks a street to do something about a target, today."""
    form = DayForm({})
    form.full_clean()
    found = _outlook(place(request, code), parameter, form)
    made = assigning.open_by_hand(found, by=request.user)
    messages.success(request, "已交办，街道会收到消息")
    return redirect("supervision:assignment", made.pk)


@login_required
def assignments(request: SignedIn) -> HttpResponse:
    """What the streets of my places are asked to do, in code order; what is over on a page of its own."""
    over = request.GET.get("tab") == "over"
    seen = Assignment.objects.visible_to(request.user)
    rows = seen.filter(state=Assignment.State.CLOSED) if over else seen.open()
    page = key_page(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"page": page, "rows": errands.listed(page.rows), "over": over}
    return render(request, "supervision/assignments.html", context)


@login_required
def assignment(request: SignedIn, pk: int) -> HttpResponse:
    """One assignment, with what this person may do about it."""
    found = _visible(request, pk)
    return render(request, "supervision/assignment.html", errands.one(found, request.user))


@require_POST
@login_required
def assignment_do(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """The street answers, or the district ends it; what is wrong comes back with what was typed."""
    found, form = _visible(request, pk), errands.VERBS.get(verb, _unknown)(request.POST)
    if form.is_valid():
        try:
            _done(found, verb, request, form.cleaned_data)
        except Refusal as no:
            if not no.field:
                raise
            form.add_error(no.field, no.reason)
        else:
            return redirect("supervision:assignment", pk)
    return render(request, "supervision/assignment.html", errands.one(found, request.user, {verb: form}), status=422)


def _unknown(*said: object) -> None:
    raise Http404("没有这个操作")


def _done(found: Assignment, verb: str, request: SignedIn, said: dict[str, str]) -> None:
    if verb == "answer":
        assigning.answer(found, by=request.user, text=said["answer"])
        messages.success(request, "已回复")
    else:
        assigning.close(found, by=request.user, on=timezone.localdate(), reason=said["reason"])
        messages.success(request, "已结束")


def _visible(request: SignedIn, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).select_related("opened_by", "answered_by")
    return get_object_or_404(rows, pk=pk)
