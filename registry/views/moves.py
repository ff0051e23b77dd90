"""Every move of a case: a form that says what follows, then the act itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from portal.errors import OutOfTurn, Refusal
from portal.middleware import sentence
from registry.casework import actions, clockface, corrections, history, kinds, opinions
from registry.casework.sheet import sheet
from registry.flows import Move
from registry.forms.decisions import MoveForm, of_move
from registry.models import Case, State
from registry.scope import Role, SignedIn, roles_over
from registry.views.cases import visible
from registry.views.trail import Trail, follow, trail


@login_required
def move(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Take a step: a form that says what follows, then the act itself; who may not is told who can."""
    found, way = visible(request, pk), trail(request)
    step = next((one for one in kinds.of(found.kind).flow(found) if one.verb == verb), None)
    if step is None:
        raise Http404
    if request.method != "POST" and (no := _too_late(found, verb, request)):
        return _to_the_case(request, found, way, no)
    form = of_move(found, verb, request.POST if request.method == "POST" else None)
    answer = _act(request, found, step, form, way) if request.method == "POST" and form.is_valid() else None
    return answer or render(request, "registry/move.html", _beside(found, step, request) | {"form": form, "trail": way})


def _beside(found: Case, step: Move, request: SignedIn) -> dict:
    """What to decide by: what was said, what others held of it, what a correction changed; and the state after."""
    told = step.role != Role.APPLICANT and not corrections.calls_back(step)
    return corrections.panel(found, request.user) | {
        "case": found,
        "move": step,
        "sheet": sheet(found),
        "entries": history.timeline(found, request.user),
        "after": State(step.target).label if told else "",
        "resting": clockface.resting(found) if step.role != Role.APPLICANT else "",
        "opinions": opinions.panel(found, request.user)["opinions"],
    }


def _too_late(found: Case, verb: str, request: SignedIn) -> OutOfTurn | None:
    """Why the turn is over, or somebody else's; `NotAllowed` for whoever never has it."""
    try:
        actions.require_turn(found, verb, by=request.user)
    except OutOfTurn as no:
        return no
    return None


def _to_the_case(request: SignedIn, found: Case, way: Trail | None, no: OutOfTurn) -> HttpResponse:
    """The case as it stands now, with the reason, told once (a refused act may have brought the person here)."""
    told = messages.get_messages(request)
    known = any(str(message) == no.reason for message in told)
    told.used = False
    if not known:
        messages.error(request, no.reason)
    return redirect(way.link(found.pk) if way else found)


def _act(request: SignedIn, found: Case, step: Move, form: MoveForm, way: Trail | None) -> HttpResponse | None:
    """Where the act leads; nothing when a guard found fault with what was filled in."""
    given, before = dict(form.cleaned_data), way.order if way else []
    seen, note = given.pop("version"), given.pop("note", "")
    try:
        done = actions.move(found, step.verb, by=request.user, note=note, data=given, seen=seen)
    except Refusal as no:
        if step.verb == "submit" or no.status != Refusal.status:
            return _refused(request, found, step.verb, no)
        form.add_error(no.field if no.field in form.fields else None, sentence(no))
        return None
    if step.verb == "submit" and Role.DISTRICT not in roles_over(request.user, done.place_code):
        return redirect("registry:receipt", pk=done.pk)
    messages.success(request, f"已办理：{step.label}")
    return _onward(request, way, done) if way and before else redirect(done)


def _onward(request: SignedIn, way: Trail, done: Case) -> HttpResponse:
    """The next case of the list, where that was asked for; the list itself when it is worked through."""
    if request.POST.get("then") != "next":
        return redirect(way.link(done.pk))
    after = follow(way, done.pk)
    if after is None:
        messages.info(request, f"“{way.label}”里的办件都看完了")
        return redirect(way.url)
    return redirect(way.link(after))


def _refused(request: SignedIn, found: Case, verb: str, no: Refusal) -> HttpResponse:
    """A second click on "submit" finds the receipt; everything else is told on the case page."""
    found.refresh_from_db(fields=["number"])
    if verb == "submit" and no.status == OutOfTurn.status and found.number:
        return redirect("registry:receipt", pk=found.pk)
    raise no
