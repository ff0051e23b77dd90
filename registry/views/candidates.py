"""The ledger of candidates: the list with its numbers, one candidate, and what each role may do with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import Refusal
from portal.middleware import sentence
from registry import verdicts
from registry.candidates import acts, figures
from registry.casework import conversion, facts
from registry.forms.candidates import ActForm, AttestForm, DoneForm, LedgerForm, PlanForm, RemoveForm, ReviewForm
from registry.models import Attestation, Candidate, Organisation, Stage, Support
from registry.paging import page_of
from registry.scope import DESK, Role, SignedIn, roles_over

PAGE = 50


@login_required
def candidates(request: SignedIn) -> HttpResponse:
    """The candidates of my places: the shortest way first, then in the order of places; and the numbers of all."""
    mine, today = Candidate.objects.visible_to(request.user), timezone.localdate()
    form = LedgerForm(request.GET or None)
    chosen = form.cleaned_data["stage"] if form.is_valid() else ""
    rows = _narrowed(mine, chosen).select_related("organisation", "organisation__place")
    page = page_of(rows.order_by("distance", "place_code", "id"), request.GET.get("page"), PAGE)
    context = {"page": page, "form": form, "figures": figures.figures(mine, today), "today": today, "chosen": chosen}
    return render(request, "registry/candidates.html", context)


def _narrowed(rows: QuerySet[Candidate], chosen: str) -> QuerySet[Candidate]:
    if chosen == "due":
        return figures.due(rows, timezone.localdate())
    return rows.filter(stage=chosen) if chosen else rows.open()


@dataclass(frozen=True)
class Act:
    """A button on the page of a candidate: its words, who presses it at which stages, and what is asked first."""

    label: str
    title: str
    form: type[forms.Form]
    roles: frozenset[str]
    stages: tuple[str, ...]
    do: Callable[..., object]
    danger: bool = False
    button: bool = True


def _today(**said):
    return said | {"on": timezone.localdate()}


ACTS = {
    "attest": Act(
        "认定条件", "认定台账条件", AttestForm, acts.VOUCHERS, (Stage.NOMINATED,),
        lambda found, by, said, request: acts.attest(found, said["criterion"], said["evidence"], by=by),
    ),
    "list": Act(
        "列入台账", "列入拟登记台账", ActForm, acts.LISTERS, (Stage.NOMINATED,),
        lambda found, by, said, request: acts.list_(found, by=by, **_today()),
    ),
    "plan": Act(
        "安排扶持或监督", "安排扶持或监督", PlanForm, acts.PLANNERS, acts.ON_LEDGER,
        lambda found, by, said, request: acts.plan(found, by=by, **said),
    ),
    "done": Act(
        "记录结果", "记录结果", DoneForm, acts.PLANNERS, acts.ON_LEDGER,
        lambda found, by, said, request: acts.done(_line(found, request), by=by, **_today(**said)), button=False,
    ),
    "review": Act(
        "复核", "复核", ReviewForm, acts.LISTERS, acts.ON_LEDGER,
        lambda found, by, said, request: acts.review(found, by=by, **_today(**said)),
    ),
    "demonstrate": Act(
        "培育示范点", "培育示范点", ActForm, acts.LISTERS, acts.ON_LEDGER,
        lambda found, by, said, request: acts.demonstrate(found, by=by, on=not found.demonstration),
    ),
    "remove": Act(
        "移出", "移出台账", RemoveForm, acts.PLANNERS, (*acts.BEFORE_LISTING, Stage.LISTED),
        lambda found, by, said, request: acts.remove(found, by=by, **_today(**said)), danger=True,
    ),
}  # fmt: skip


def _line(found: Candidate, request: SignedIn) -> Support:
    """The planned line that is meant, one of this candidate's."""
    number = request.GET.get("line", "")
    valid = number.isascii() and number.isdigit() and len(number) < 19
    return get_object_or_404(found.supports.select_related("candidate"), pk=int(number) if valid else 0)


def _found(request: SignedIn, pk: int) -> Candidate:
    rows = Candidate.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organisation__place", "nominated_by", "listed_by", "case"), pk=pk)


@login_required
def candidate(request: SignedIn, pk: int) -> HttpResponse:
    """How far it is and what is missing, who vouches for what, the plan, and the buttons of this person."""
    found = _found(request, pk)
    roles = roles_over(request.user, found.place_code)
    receipt = conversion.outlook(found.organisation, timezone.localdate())
    context = {
        "candidate": found,
        "today": timezone.localdate(),
        "missing": verdicts.rows([one for one in receipt.findings if one.open]) if receipt else [],
        "distance": len(receipt.missing) if receipt else 0,
        "criteria": _criteria(found),
        "supports": found.supports.all(),
        "buttons": _buttons(found, roles),
        "may_read": bool(roles & DESK),
        "may_note": bool(roles & acts.PLANNERS) and found.stage in acts.ON_LEDGER,
        "may_nominate": found.stage == Stage.SUGGESTED and bool(roles & acts.NOMINATORS),
        "may_convert": found.stage not in (Stage.REGISTERED, Stage.REMOVED) and bool(roles & conversion.OPENERS),
    }
    return render(request, "registry/candidate.html", context)


def _buttons(found: Candidate, roles: set[str]) -> list[tuple[str, Act]]:
    """What this person may do now; taking off after listing is the district's alone."""
    late = found.stage == Stage.LISTED and Role.DISTRICT not in roles
    own = [(verb, act) for verb, act in ACTS.items() if act.button and roles & act.roles and found.stage in act.stages]
    return [(verb, _worded(act, found)) for verb, act in own if not (verb == "remove" and late)]


def _worded(act: Act, found: Candidate) -> Act:
    """The act as its button calls it for this candidate: what can be set or taken back says which."""
    if act is not ACTS["demonstrate"]:
        return act
    return replace(act, label="取消培育示范点" if found.demonstration else "设为培育示范点")


def _criteria(found: Candidate) -> list[tuple[str, Attestation | None]]:
    """Each criterion that counts here, and who vouches for it."""
    said = {one.criterion: one for one in found.attestations.select_related("by")}
    asked = acts.criteria(facts.rules_at(found.place_code, timezone.localdate()))
    return [(str(one.label), said.get(one)) for one in asked]


@login_required
def candidate_do(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """One act: what it asks, then the act itself."""
    found = _found(request, pk)
    if verb not in ACTS:
        raise Http404
    act = _worded(ACTS[verb], found)
    form = act.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not form.fields or form.is_valid()):
        try:
            act.do(found, request.user, getattr(form, "cleaned_data", {}), request)
        except Refusal as no:
            if no.status != Refusal.status:
                raise
            messages.error(request, sentence(no))
        else:
            messages.success(request, f"已办理：{act.label}")
        return redirect("registry:candidate", pk=found.pk)
    return render(request, "registry/candidate_do.html", {"candidate": found, "act": act, "verb": verb, "form": form})


@login_required
@require_POST
def nominate(request: SignedIn, pk: int) -> HttpResponse:
    """Propose a filed organisation for the ledger."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    found = acts.nominate(organisation, by=request.user, on=timezone.localdate())
    messages.success(request, f"已提名“{organisation}”")
    return redirect("registry:candidate", pk=found.pk)
