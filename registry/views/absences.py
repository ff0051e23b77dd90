"""Who is away, who stands in, and handing over all open work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed, Refusal
from portal.middleware import sentence
from registry import absences as desk
from registry.forms.absences import AbsenceForm, HandOverForm
from registry.models import Absence
from registry.scope import DESK, SignedIn, reach


@login_required
def absences(request: SignedIn) -> HttpResponse:
    """The absences of my desk and below, and a form for the next one."""
    _require_desk(request)
    form = AbsenceForm(request.POST or None, initial=_usual(request), **_people(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("user", "deputy", "starts", "ends", "reason")
        try:
            made = desk.announce(**{name: said[name] for name in names}, by=request.user, on=timezone.localdate())
        except Refusal as no:
            form.add_error({"ends": "last"}.get(no.field, no.field) or None, sentence(no))
        else:
            messages.success(request, f"已安排{made.deputy}代{made.user}办理")
            return redirect("registry:absences")
    return _show(request, form, HandOverForm(**_people(request)))


@login_required
@require_POST
def hand_over(request: SignedIn) -> HttpResponse:
    """All open work of one person to another, in one act."""
    _require_desk(request)
    form = HandOverForm(request.POST, **_people(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            done = desk.hand_over(
                said["user"], to=said["to"], by=request.user, reason=said["reason"], on=timezone.localdate()
            )
        except Refusal as no:
            form.add_error(no.field or None, sentence(no))
        else:
            messages.success(request, f"{done.words}，接手人：{said['to']}")
            return redirect("registry:absences")
    return _show(request, AbsenceForm(initial=_usual(request), **_people(request)), form)


@login_required
@require_POST
def absence_end(request: SignedIn, pk: int) -> HttpResponse:
    """Back earlier than planned."""
    found = get_object_or_404(desk.known_to(request.user, timezone.localdate()), pk=pk)
    ended = desk.end(found, by=request.user, on=timezone.localdate())
    messages.success(request, f"{ended.deputy}不再代{ended.user}办理")
    return redirect("registry:absences")


def _require_desk(request: SignedIn) -> None:
    if not any(role in DESK for role, _ in reach(request.user)):
        raise NotAllowed("安排外出和交接需要本级办理权限", code="not_allowed")


def _usual(request: SignedIn) -> dict:
    return {"user": request.user.pk, "starts": timezone.localdate()}


def _people(request: SignedIn) -> dict:
    on = timezone.localdate()
    return {"people": desk.people(request.user, on), "deputies": desk.deputies(request.user, on)}


def _show(request: SignedIn, form: AbsenceForm, hand: HandOverForm) -> HttpResponse:
    rows: list[Absence] = list(desk.known_to(request.user, timezone.localdate()))
    context = {"form": form, "hand": hand, "rows": rows, "today": timezone.localdate()}
    return render(request, "registry/absences.html", context)
