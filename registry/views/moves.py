"""Every move of a case: a form that says what follows, then the act itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from portal.errors import OutOfTurn, Refusal
from portal.middleware import sentence
from registry.casework import actions, kinds
from registry.casework.sheet import questions, sheet
from registry.forms.decisions import MoveForm, ReturnForm
from registry.models import Case
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
