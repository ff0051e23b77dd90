"""The applicant's side: task list, tasks, materials, check-your-answers, receipt."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import OutOfTurn
from registry import known, ratings, verdicts
from registry.casework import actions, answers, clockface, corrections, facts, kinds, papers, rights, similar
from registry.casework.kinds import Section
from registry.casework.sheet import sheet
from registry.flows import leaving
from registry.forms.decisions import MoveForm
from registry.links import service_path, track_url
from registry.models import Case, State
from registry.scope import DESK, Role, SignedIn, roles_over


def visible(request: HttpRequest, pk: int) -> Case:
    """The case, or 404 for whoever may not know of it."""
    return get_object_or_404(Case.objects.visible_to(request.user).for_lists(), pk=pk)


def editable(request: HttpRequest, pk: int) -> Case:
    """A case this person may still write in; 404 for strangers, 409 once it is handed in."""
    case = visible(request, pk)
    rights.require_writer(case, request.user)
    if case.state not in rights.EDITABLE:
        told = "申请已经提交，不能再修改。要改的，联系办理人员退回，或者撤回以后重新办"
        raise OutOfTurn(told, code="not_editable", way=case.get_absolute_url())
    return case


@login_required
def section(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """One task. What is typed is kept even while it is wrong; right answers lead to the next task."""
    case = editable(request, pk)
    found = _section(case, key)
    if request.method == "GET":
        return _show(request, case, found, answers.to_fill(found, case))
    try:
        case = actions.save_section(case, found, request.POST, by=request.user, seen=_seen(request))
    except OutOfTurn as no:
        if no.code != "stale_section":
            raise
        return _beside(request, visible(request, pk), found, no)
    if answers.bound(found, case).is_valid():
        return redirect(*next_task(case))
    return _show(request, case, found, answers.to_mend(found, case))


def _section(case: Case, key: str) -> Section:
    found = kinds.of(case.kind).section(key)
    if found is None:
        raise Http404
    return found


def _show(request: SignedIn, case: Case, found: Section, form: Form, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "case": case,
        "section": found,
        "form": form,
        "version": case.section_versions.get(found.key, 0),
        "known": known.rows(case),
        "defects": defects_of(case, found.key),
        "shut": _shut(case, found, form),
    }
    return render(request, "registry/section.html", context | more, status=status)


def _shut(case: Case, found: Section, form: Form) -> bool:
    """Nobody types in what was not questioned in a case given back; whether anything is shut so."""
    fields = corrections.open_fields(case, found)
    shut = [] if fields is None else [field for name, field in form.fields.items() if name not in fields]
    for field in shut:
        field.widget.attrs["disabled"] = True
    return bool(shut)


def _beside(request: SignedIn, case: Case, found: Section, no: OutOfTurn) -> HttpResponse:
    """Another window saved first: what was typed here stays in the form, what is stored stands beside it."""
    form = answers.typed_form(found, case, request.POST)
    return _show(request, case, found, form, status=409, stale=no.reason, stored=answers.differing(found, case, form))


@login_required
@require_POST
def autosave(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Keep a half-filled task; answers with the time and the new version."""
    case = editable(request, pk)
    found = _section(case, key)
    case = actions.save_section(case, found, request.POST, by=request.user, seen=_seen(request))
    at = timezone.localtime(case.saved_at or timezone.now()).strftime("%H:%M")
    return JsonResponse({"saved_at": at, "version": case.section_versions.get(key, 0)})


@login_required
def resembling(request: SignedIn, pk: int) -> HttpResponse:
    """A hint while typing a name: the same or a similar one already known hereabouts."""
    case = editable(request, pk)
    name = answers.plain(request.GET.get("name") or request.GET.get("new_name", ""))[:50]
    return render(request, "registry/_similar.html", {"found": similar.nearby(name, case)})


@login_required
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Everything said on one page before it is handed in, with the verdict of the rules."""
    case = visible(request, pk)
    if case.number and case.state not in rights.EDITABLE:
        return redirect("registry:receipt", pk=pk)
    case = editable(request, pk)
    tasks = answers.tasks(kinds.of(case.kind).sections, case)
    lines = papers.checklist(case)
    ready = all(task.done for task in tasks) and not any(line.lacking for line in lines)
    context = {
        "case": case,
        "sheet": sheet(case, links=True),
        "lines": lines,
        "ready": ready,
        "form": MoveForm(case=case),
        "known": known.rows(case),
        "submit": next(move for move in kinds.of(case.kind).flow(case) if move.verb == "submit"),
        "next_desk": next_desk(case),
    }
    return render(request, "registry/check.html", context | _verdict(case))


def _verdict(case: Case) -> dict[str, Any]:
    """What the rules say of it, in words; nothing for a kind they do not judge."""
    if not kinds.of(case.kind).judged:
        return {}
    receipt = facts.verdict(case, timezone.localdate())
    own, others = verdicts.split(case.road, verdicts.rows(receipt.findings))
    return {
        "receipt": receipt,
        "missing": verdicts.missing(receipt.missing),
        "party": verdicts.party_notes(receipt.findings),
        "findings": own,
        "others": others,
    }


DESKS = {
    Role.COMMUNITY: "居（村）委会",
    Role.STREET: "街道（乡镇）",
    Role.DISTRICT: "县级民政部门",
    Role.APPROVER: "县级民政部门",
}


def next_desk(case: Case) -> str:
    """Who looks at a case first once it is handed in, in words."""
    after = leaving(kinds.of(case.kind).flow(case), State.SUBMITTED)
    return next((DESKS[move.role] for move in after if move.role in DESKS), "")


@login_required
def receipt(request: SignedIn, pk: int) -> HttpResponse:
    """The printable receipt: number, query code, QR code and the promised day."""
    case = visible(request, pk)
    if not case.number:
        raise Http404
    brought = [line for line in papers.checklist(case) if line.material]
    context = {"case": case, "lines": brought, "track_url": track_url(request, case)}
    if ratings.may_rate(case) and not roles_over(request.user, case.place_code) & DESK:
        context["rating_url"] = service_path(case)
    context["limits"] = clockface.limits(case, timezone.localdate())
    return render(request, "registry/receipt.html", context)


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def defects_of(case: Case, key: str) -> list:
    if case.state != State.RETURNED:
        return []
    last = case.steps.filter(target=State.RETURNED).last()
    return list(last.defects.filter(section=key)) if last else []


def next_task(case: Case) -> tuple[str, int] | tuple[str, int, str]:
    """Where to go after a task: the first task that is not done, then the materials, then the check."""
    for task in answers.tasks(kinds.of(case.kind).sections, case):
        if not task.done:
            return "registry:section", case.pk, task.section.key
    if any(line.lacking for line in papers.checklist(case)):
        return "registry:materials", case.pk
    return "registry:check", case.pk
