"""One act on many cases: what would follow and for whom, then the act, then a line for each."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from registry import bulk as many
from registry.forms.bulk import BulkForm
from registry.models import Case, State
from registry.scope import SignedIn
from registry.views.trail import parsed, trail

KEPT = 5  # results of bulk acts a person may look at again


@login_required
def bulk(request: SignedIn) -> HttpResponse:
    """Say how many cases an act would move, what follows, and which are left out and why; then do it."""
    given = request.POST if request.method == "POST" else request.GET
    verb, seen = given.get("verb", ""), _chosen(given.getlist("case"))
    cases = list(many.chosen(request.user, list(seen)))
    if request.method == "POST":
        return _act(request, verb, cases, seen)
    items = many.look(cases, verb, by=request.user, on=timezone.localdate())
    form = BulkForm(initial={"key": uuid4().hex}, needs=_needs(items))
    return render(request, "registry/bulk.html", _context(request, verb, items, form))


def _act(request: SignedIn, verb: str, cases: list[Case], seen: dict[int, int]) -> HttpResponse:
    form = BulkForm(request.POST, needs=_needs_of(cases, verb))
    if not form.is_valid():
        items = many.look(cases, verb, by=request.user, on=timezone.localdate())
        return render(request, "registry/bulk.html", _context(request, verb, items, form), status=422)
    key, note = form.cleaned_data["key"].hex, form.cleaned_data["note"]
    kept = request.session.get("bulk", {})
    if key not in kept:
        done = many.carry_out(cases, verb, seen=seen, by=request.user, on=timezone.localdate(), note=note, key=key)
        lines = [[result.case.pk, result.why] for result in done]
        kept[key] = {"verb": verb, "lines": lines, "from": request.POST.get("from", "")[:200]}
        request.session["bulk"] = dict(list(kept.items())[-KEPT:])
    return redirect("registry:bulk_result", key=UUID(key))


@login_required
def bulk_result(request: SignedIn, key: UUID) -> HttpResponse:
    """A line for each case of a bulk act: done, or why not; what was not done can be looked at again."""
    kept = request.session.get("bulk", {}).get(key.hex)
    if kept is None:
        raise Http404
    rows = Case.objects.visible_to(request.user).for_lists().in_bulk([pk for pk, _ in kept["lines"]])
    lines = [(rows[pk], why) for pk, why in kept["lines"] if pk in rows]
    failed = [case for case, why in lines if why]
    way = parsed(request.user, kept["from"])
    context = {"lines": lines, "failed": failed, "done": len(lines) - len(failed), "verb": kept["verb"], "trail": way}
    return render(request, "registry/bulk_result.html", context)


def _context(request: SignedIn, verb: str, items: list[many.Item], form: BulkForm) -> dict:
    fit = [item for item in items if not item.why]
    moves = {item.move.label: item.move for item in items if item.move}
    return {
        "verb": verb,
        "label": "、".join(moves) or "批量办理",
        "fit": fit,
        "left_out": [item for item in items if item.why],
        "after": "、".join(dict.fromkeys(State(item.move.target).label for item in fit)),
        "form": form,
        "trail": trail(request),
    }


def _chosen(pairs: list[str]) -> dict[int, int]:
    """The cases of a form, "12" or "12-3" (with the version that was shown): {case: version}."""
    found = {}
    for pair in pairs:
        number, _, version = pair.partition("-")
        if _digits(number) and (not version or _digits(version)):
            found[int(number)] = int(version or 0)
    return found


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _needs(items: list[many.Item]) -> bool:
    return any("opinion_given" in item.move.needs for item in items if item.move)


def _needs_of(cases: list[Case], verb: str) -> bool:
    return any("opinion_given" in move.needs for case in cases for move in many.moves(case) if move.verb == verb)
