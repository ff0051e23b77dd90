"""The register: list, one organisation, turning a filing into a registration, and taking one off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from registry import contacts, register, verdicts
from registry.candidates import acts
from registry.casework import conversion, debts, history, kinds, opening, rights
from registry.filters import OrganisationFilter
from registry.forms.register import EndForm
from registry.identity import mask_name, mask_phone
from registry.models import Case, LeaderTerm, Organisation, StandingKind
from registry.paging import key_page
from registry.scope import DESK, STAFF, Role, SignedIn, require, roles_over
from registry.views.cases import next_task


def _found(request: SignedIn, pk: int) -> Organisation:
    mine = Case.objects.filter(opened_by=request.user).exclude(organisation=None).values("organisation")
    spoken_for = request.user.contacts.in_force().values("organisation")
    own = Organisation.objects.filter(Q(pk__in=mine) | Q(pk__in=spoken_for))
    rows = Organisation.objects.visible_to(request.user) | own
    return get_object_or_404(rows.select_related("place__parent").distinct(), pk=pk)


@login_required
def organisations(request: SignedIn) -> HttpResponse:
    """The organisations of my places, in code order, fifty a page."""
    chosen = OrganisationFilter(request.GET, queryset=Organisation.objects.visible_to(request.user))
    rows = chosen.qs.select_related("place__parent")
    page = key_page(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(request, "registry/organisations.html", {"filter": chosen, "page": page})


@login_required
def organisation(request: SignedIn, pk: int) -> HttpResponse:
    """Who it is, since when, under which papers, and how far it is from registration."""
    found = _found(request, pk)
    roles = roles_over(request.user, found.place_code)
    term = found.leader_terms.select_related("person").filter(ends=None).last()
    receipt = conversion.outlook(found, timezone.localdate())
    context = {
        "organisation": found,
        "serves": found.services.words(),
        "standings": found.standings.all(),
        "offers": opening.offers(found, request.user, timezone.localdate()),
        "former_names": found.former_names.all(),
        "reports": found.reports.all(),
        "former_leaders": [
            (mask_name(one.name), one.starts, one.ends) for one in found.leader_terms.exclude(ends=None)
        ],
        "leader": _leader(term, roles),
        "owed": debts.lines(found, timezone.localdate()),
        "receipt": receipt,
        "findings": verdicts.rows(receipt.findings) if receipt else [],
        "missing": verdicts.missing(receipt.missing) if receipt else [],
        "certificates": found.certificates.all(),
        "cases": found.cases.visible_to(request.user),
        "entries": history.of_organisation(found, request.user),
        "candidacy": found.candidacies.open().first() if roles & STAFF else None,
        "may_nominate": found.standing == StandingKind.FILED and bool(roles & acts.NOMINATORS),
        "may_convert": found.standing == StandingKind.FILED and bool(roles & conversion.OPENERS),
        "may_invite": found.standing in contacts.INVITED and bool(roles & DESK),
        "may_end": found.standing == StandingKind.LISTED and Role.COMMUNITY in roles,
        "expired": found.valid_until is not None and found.valid_until < timezone.localdate(),
    }
    return render(request, "registry/organisation.html", context)


def _leader(term: LeaderTerm | None, roles: set[str]) -> str:
    """Who leads it, with a masked phone for the desks; others see a masked name."""
    if term is None:
        return ""
    if not roles & DESK:
        return mask_name(term.name)
    return f"{term.name}，{mask_phone(term.phone)}" if term.phone else term.name


@login_required
@require_POST
def open_case(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """Begin a case about an organisation; a second click, and whoever comes back, finds the one under way."""
    if kind not in kinds.every():
        raise Http404
    case = opening.begin(_found(request, pk), kind, by=request.user)
    if case.state in rights.EDITABLE and rights.may_write(case, request.user):
        return redirect(*next_task(case))
    return redirect(case)


@login_required
@require_POST
def convert(request: SignedIn, pk: int) -> HttpResponse:
    """Open a registration for a filed organisation; nothing has to be typed again."""
    case = acts.apply(_found(request, pk), by=request.user)
    if case.state not in rights.EDITABLE or not rights.may_write(case, request.user):
        return redirect(case)
    messages.success(request, "已把备案时的信息带入登记申请，再补充登记需要的内容")
    return redirect(*next_task(case))


@login_required
def end(request: SignedIn, pk: int) -> HttpResponse:
    """Strike a listed group off the committee's own list; who is filed or registered leaves the register by a case."""
    found = _found(request, pk)
    if found.standing:
        require(request.user, register.ENDING_ROLE[found.standing], found.place_code)
    if found.standing in (StandingKind.FILED, StandingKind.REGISTERED):
        messages.info(request, "注销要经过审核，在下面“可以办理的事项”里办理")
        return redirect(f"{found.get_absolute_url()}#offers")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        register.end(found, by=request.user, on=timezone.localdate(), reason=form.cleaned_data["reason"])
        messages.success(request, f"“{found}”已从列名中去掉")
        return redirect(found)
    return render(request, "registry/end.html", {"organisation": found, "form": form})
