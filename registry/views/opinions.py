"""Other bodies: the desk asks and records, the unit reads what it was asked about and answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed, Refusal
from portal.middleware import sentence
from registry import verdicts
from registry.casework import facts, papers, qualifications, rights
from registry.casework import opinions as actions
from registry.casework.sheet import sheet
from registry.forms.opinions import AnswerForm, PaperForm, QuestionSet
from registry.models import Case, Office, Opinion
from registry.paging import page_of
from registry.scope import Role, SignedIn, reach
from registry.views.cases import visible
from registry.views.materials import served

PAGE = 50
WHO = (Opinion.Kind.SUPERVISING, Opinion.Kind.QUALIFICATION)  # these units look at the person in charge too


@login_required
def opinions(request: SignedIn) -> HttpResponse:
    """What my unit is asked: what waits first, the earliest day first; then what was answered."""
    if not any(role == Role.ADVISER for role, _ in reach(request.user)):
        raise NotAllowed("这里列出会商单位收到的征求意见", code="not_allowed")
    rows = Opinion.objects.asked_of(request.user).select_related("case__place")
    page = page_of(
        rows.order_by(F("answered_on").desc(nulls_first=True), "due_on", "id"), request.GET.get("page"), PAGE
    )
    return render(request, "registry/opinions.html", {"page": page, "today": timezone.localdate()})


@login_required
def opinion(request: SignedIn, pk: int) -> HttpResponse:
    """What one unit is asked, with the case to read, and its answer. A desk is led to the page of the case."""
    found = _asked(request, pk)
    if found is None:
        return redirect(_seen(request, pk).case)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer(found, by=request.user, **form.cleaned_data)
        messages.success(request, "已答复，办理部门会收到消息")
        return redirect("registry:opinions")
    return render(request, "registry/opinion.html", _reading(found) | {"form": form})


def _reading(found: Opinion) -> dict:
    """The case as the unit reads it: numbers masked, no history, no word of any other unit."""
    case = found.case
    return {
        "opinion": found,
        "case": case,
        "today": timezone.localdate(),
        "sheet": sheet(case),
        "lines": papers.checklist(case),
        "findings": verdicts.rows(case.receipt.get("rules", [])),
        "person": qualifications.of_person(case, timezone.localdate()) if found.kind in WHO else [],
        "answerable": not found.answered_on and not case.is_closed,
    }


@login_required
def opinion_material(request: SignedIn, pk: int, material_pk: int) -> FileResponse:
    """A paper of the case a unit is asked about."""
    found = _asked(request, pk)
    if found is None or found.case.is_closed:  # what was needed for an answer is not needed for ever
        raise Http404
    paper = get_object_or_404(found.case.materials.exclude(stored=None).select_related("stored"), pk=material_pk)
    return served(paper.stored, paper.original_name)


@login_required
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """Ask up to three units at once."""
    case = visible(request, pk)
    if not actions.may_ask(case, request.user):
        raise NotAllowed("只有正在办理这份申请的工作人员可以征求意见", code="not_allowed")
    rules = facts.rules_at(case.place_code, timezone.localdate())
    asked = QuestionSet(request.POST or None, days=actions.answer_days(rules))
    wrong = ""
    if request.method == "POST" and asked.is_valid():
        wrong = _ask(request, case, asked)
        if not wrong:
            return redirect(f"{case.get_absolute_url()}#opinions")
    limit, clause = actions.joint_limit(case, timezone.localdate())
    context = {"case": case, "asked": asked, "units": _units(case), "limit": limit, "clause": clause, "wrong": wrong}
    return render(request, "registry/ask.html", context)


def _ask(request: SignedIn, case: Case, asked: QuestionSet) -> str:
    """Ask what stands in the form; why not, in words, or ""."""
    questions = [actions.Question(**form.cleaned_data) for form in asked if form.cleaned_data.get("unit")]
    try:
        made = actions.ask_all(case, questions, by=request.user)
    except Refusal as no:
        if no.status == NotAllowed.status:
            raise
        return sentence(no)
    messages.success(request, f"已向 {len(made)} 个单位征求意见")
    return ""


def _units(case: Case) -> list[str]:
    """The units that have people here who can answer in the portal."""
    held = Office.objects.over(case.place_code).filter(role=Role.ADVISER)
    return list(held.order_by("title").values_list("title", flat=True).distinct())


@login_required
def opinion_record(request: SignedIn, pk: int) -> HttpResponse:
    """Record an answer that came on paper."""
    found = _seen(request, pk)
    if not actions.may_keep(found, request.user):
        raise NotAllowed("纸质答复由征求意见的窗口录入", code="not_allowed")
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(found, by=request.user, **form.cleaned_data)
        except Refusal as no:
            if no.status != Refusal.status:
                raise
            form.add_error(no.field if no.field in form.fields else None, sentence(no))
        else:
            messages.success(request, f"已录入“{found.unit}”的答复")
            return redirect(f"{found.case.get_absolute_url()}#opinions")
    return render(request, "registry/opinion_record.html", {"opinion": found, "case": found.case, "form": form})


@login_required
@require_POST
def opinion_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take an open question back."""
    found = _seen(request, pk)
    actions.withdraw(found, by=request.user, reason=request.POST.get("reason", "")[:200])
    messages.success(request, f"已撤回向“{found.unit}”征求的意见")
    return redirect(f"{found.case.get_absolute_url()}#opinions")


@login_required
def opinion_paper(request: SignedIn, pk: int) -> FileResponse:
    """The paper of a recorded answer, to the desks over the place and to the unit that gave it."""
    found = get_object_or_404(Opinion.objects.select_related("case", "paper"), pk=pk)
    if found.paper is None or not actions.seen_by(found, request.user):
        raise Http404
    return served(found.paper, f"{found.unit}答复{_ending(found.paper.file.name)}")


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def _asked(request: SignedIn, pk: int) -> Opinion | None:
    """A question put to a unit of this person."""
    return Opinion.objects.asked_of(request.user).select_related("case__place", "paper").filter(pk=pk).first()


def _seen(request: SignedIn, pk: int) -> Opinion:
    """A question of a case in which this person has a desk; 404 for everybody else, the applicant too."""
    rows = Opinion.objects.filter(case__in=Case.objects.visible_to(request.user), withdrawn_on=None)
    found = get_object_or_404(rows.select_related("case__place"), pk=pk)
    if not rights.may_reveal(found.case, request.user):
        raise Http404
    return found
