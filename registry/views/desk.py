"""The reviewer's side: worklist, case page, and every move."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.errors import OutOfTurn, Refusal
from portal.middleware import sentence
from registry import verdicts
from registry.casework import actions, desk, kinds, papers, rights
from registry.casework.history import timeline
from registry.casework.sheet import questions, sheet
from registry.flows import leaving
from registry.forms.decisions import MoveForm, ReturnForm
from registry.models import Case, Certificate
from registry.paging import page_of
from registry.scope import Role, SignedIn, roles_over
from registry.views.cases import visible

PHRASES = (
    "缺少签名或盖章",
    "照片不清楚，请重新拍摄",
    "内容与证件不一致",
    "名称不规范，请按规定的顺序填写",
    "成员名单人数与填写的不一致",
    "地址不完整，请写到门牌号",
    "章程缺少必备内容",
    "材料已过有效期",
)


@login_required
def cases(request: SignedIn) -> HttpResponse:
    """The worklist, fifty a page."""
    name = request.GET.get("tab") or desk.first_tab(request.user)
    if name not in desk.TABS:
        raise Http404
    rows = desk.tab(request.user, name).for_lists()
    page = page_of(rows, request.GET.get("page"), desk.PAGE)
    context = {"page": page, "tab": name, "tabs": desk.TABS, "may_begin": desk.may_begin(request.user)}
    return render(request, "registry/cases.html", context)


@login_required
def case(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about a case: what was said, the verdict, the history, and what may be done next."""
    found = visible(request, pk)
    own, others = verdicts.split(found.road, verdicts.rows(found.receipt.get("rules", [])))
    moves = [move for move in actions.allowed(found, request.user) if move.verb != "submit"]
    context = {
        "case": found,
        "moves": moves,
        "editable": found.state in rights.EDITABLE and rights.may_write(found, request.user),
        "sheet": sheet(found),
        "lines": papers.checklist(found),
        "entries": timeline(found),
        "waiting_for": waiting_for(found),
        "certificate": Certificate.objects.filter(case=found).first(),
        "today": timezone.localdate(),
        "may_reveal": rights.may_reveal(found, request.user),
        "findings": own,
        "others": others,
        "missing": verdicts.missing(found.receipt.get("missing", [])),
    }
    return render(request, "registry/case.html", context)


@login_required
def move(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Take a step: a form that says what follows, then the act itself."""
    found = visible(request, pk)
    step = next((one for one in kinds.of(found.kind).flow(found) if one.verb == verb), None)
    if step is None:
        raise Http404
    form = _form(found, verb, request)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        seen, note = given.pop("version"), given.pop("note", "")
        try:
            done = actions.move(found, verb, by=request.user, note=note, data=given, seen=seen)
        except Refusal as no:
            if verb == "submit" or no.status != Refusal.status:
                return _refused(request, found, verb, no)
            form.add_error(no.field if no.field in form.fields else None, sentence(no))
        else:
            if verb == "submit" and Role.DISTRICT not in roles_over(request.user, done.place_code):
                return redirect("registry:receipt", pk=done.pk)
            messages.success(request, f"已办理：{step.label}")
            return redirect(done)
    context = {"case": found, "move": step, "form": form, "phrases": PHRASES, "sheet": sheet(found)}
    return render(request, "registry/move.html", context)


def _refused(request: SignedIn, found: Case, verb: str, no: Refusal) -> HttpResponse:
    """A second click on "submit" finds the receipt; everything else is told on the case page."""
    found.refresh_from_db(fields=["number"])
    if verb == "submit" and no.status == OutOfTurn.status and found.number:
        return redirect("registry:receipt", pk=found.pk)
    raise no


def _form(found: Case, verb: str, request: SignedIn) -> MoveForm:
    kind = kinds.of(found.kind).forms.get(verb, MoveForm)
    extra = {"rows": questions(found)} if issubclass(kind, ReturnForm) else {}
    return kind(request.POST if request.method == "POST" else None, case=found, **extra)


def waiting_for(found: Case) -> str:
    """Who has the next word, in words."""
    if found.is_closed:
        return ""
    roles = {
        "applicant": "申请人",
        "community": "居（村）委会",
        "street": "街道（乡镇）",
        "district": "区县民政部门经办人",
        "approver": "区县民政部门审批人",
    }
    named = dict.fromkeys(
        roles[move.role] for move in leaving(kinds.of(found.kind).flow(found), found.state) if move.verb != "withdraw"
    )
    return "、".join(named)
