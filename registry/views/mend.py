"""Corrections as the applicant sees them: all that was questioned on one page, each beside its control."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import OutOfTurn, Refusal
from portal.middleware import sentence, wants_json
from portal.templatetags.portal import mistakes
from registry.casework import corrections, debts, mending, rights
from registry.casework.mending import Item
from registry.models import Case, State
from registry.scope import SignedIn
from registry.views.cases import visible

Faults = dict[str, Refusal]


@login_required
def mend(request: SignedIn, pk: int) -> HttpResponse:
    """Change what was questioned and hand it in again; what is typed and brought is kept even while it is wrong."""
    case = visible(request, pk)
    rights.require_writer(case, request.user)
    if case.state != State.RETURNED:
        return _over(request, case)
    if request.method != "POST":
        return _page(request, case)
    if wants_json(request):
        return _autosave(request, case)
    faults, no = mending.bring(case, request.POST, request.FILES, by=request.user, on=timezone.localdate()), None
    try:
        mending.save(case, request.POST, by=request.user)
    except OutOfTurn as late:
        no = late
    case = visible(request, pk)
    if case.state != State.RETURNED:  # another click was quicker
        return _over(request, case)
    return _stale(request, case, {**faults, "": no}) if no else _saved(request, case, faults)


def _saved(request: SignedIn, case: Case, faults: Faults) -> HttpResponse:
    """All is kept: hand it in where nothing is wrong, unless it should only be kept."""
    if "later" in request.POST and not faults:
        messages.success(request, "已保存，改好后再提交")
        return _go(request, reverse("registry:mend", args=[case.pk]))
    if faults or _errors(mending.items(case, corrections.last_notice(case)), {}):
        return _wrong(request, case, faults)
    try:
        mending.hand_in(case, by=request.user)
    except Refusal as no:
        fresh = visible(request, case.pk)
        return _over(request, fresh) if fresh.state != State.RETURNED else _wrong(request, fresh, {"": no})
    messages.success(request, "补正已提交")
    return _go(request, reverse("registry:receipt", args=[case.pk]))


def _autosave(request: SignedIn, case: Case) -> JsonResponse:
    mending.save(case, request.POST, by=request.user)
    fresh = visible(request, case.pk)
    return JsonResponse(
        {"saved_at": timezone.localtime(fresh.saved_at).strftime("%H:%M"), "version": mending.stamp(fresh)}
    )


def _over(request: SignedIn, case: Case) -> HttpResponse:
    """Nothing to mend (any more): a second click and the back button find what was handed in."""
    if case.state == State.DRAFT:
        return _go(request, reverse("registry:tasks", args=[case.pk]))
    return _go(request, case.get_absolute_url())


def _go(request: SignedIn, url: str) -> HttpResponse:
    """Onward: a script that sends the form is told where to, so that it does not fetch the page twice."""
    if request.headers.get("X-Steady"):
        return JsonResponse({"go": url})
    return HttpResponseRedirect(url)


def _wrong(request: SignedIn, case: Case, faults: Faults) -> HttpResponse:
    """Everything is kept, so that a script can be led to the page afresh, with what no field tells as messages."""
    if not request.headers.get("X-Steady"):
        return _page(request, case, faults)
    for no in faults.values():
        messages.error(request, sentence(no))
    return _go(request, reverse("registry:mend", args=[case.pk]))


def _stale(request: SignedIn, case: Case, faults: Faults) -> HttpResponse:
    """Something was saved elsewhere: what was typed stays, and the next sending takes its place."""
    if not request.headers.get("X-Steady"):
        return _page(request, case, faults, typed=True)
    told = {"detail": sentence(faults[""]), "version": mending.stamp(case)}
    return JsonResponse(told, status=409, json_dumps_params={"ensure_ascii": False})


def _page(request: SignedIn, case: Case, faults: Faults | None = None, *, typed: bool = False) -> HttpResponse:
    told, faults = corrections.last_notice(case), faults or {}
    items = mending.items(case, told, typed=request.POST if typed else None)
    context = {
        "case": case,
        "told": told,
        "items": items,
        "faults": faults,
        "errors": _errors(items, faults),
        "stamp": mending.stamp(case),
        "unlocked": corrections.unlocked(case, told),
        "promise_day": debts.day_of(case, timezone.localdate()),
    }
    return render(request, "registry/mend.html", context, status=409 if typed else 200)


def _errors(items: list[Item], faults: Faults) -> list[dict]:
    """What is still wrong, each line leading to its control."""
    told = [{"text": sentence(no), "href": f"#file-{kind}" if kind else ""} for kind, no in faults.items()]
    for item in items:
        if item.bound:
            told += [{"text": text, "href": f"#{item.bound.id_for_label}"} for text in mistakes(item.bound)]
        elif item.line and item.line.lacking:
            told.append({"text": f"上传{item.label}", "href": f"#file-{item.line.paper.kind}"})
    return told


@login_required
@require_POST
def unlock(request: SignedIn, pk: int) -> HttpResponse:
    """Open everything else too; the case will go back to the first desk whose matter changes."""
    case = mending.unlock(visible(request, pk), by=request.user)
    messages.info(request, "其他内容可以改了。改动后，从审核这些内容的第一个环节重新办起")
    return redirect("registry:tasks", pk=case.pk)
