"""Appointments made public, for everybody; and the objections, for the desk that answers them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import NotAllowed
from portal.limits import limit
from registry import announcements as notices
from registry.forms.announcements import AnswerForm, ObjectionForm
from registry.identity import mask_phone
from registry.models import Objection
from registry.paging import page_of
from registry.scope import SignedIn
from registry.views.cases import visible

PAGE = 20
MOST, WINDOW = 5, 3600  # objections from one address in an hour


def announcements(request: HttpRequest) -> HttpResponse:
    """What is public now; no personal data but name, post and introduction."""
    page = page_of(notices.published().select_related("place__parent"), request.GET.get("page"), PAGE)
    rows = notices.read_all(page)
    return render(request, "registry/announcements.html", {"page": page, "rows": rows})


def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment, until when it is public, and a form to object; 404 once it is no longer public."""
    case = get_object_or_404(notices.published().select_related("place__parent"), pk=pk)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit(request, "object", most=MOST, seconds=WINDOW, words="提交太频繁，请一小时后再试")
        notices.object_to(case, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, "已收到您的异议，登记机关会在公示结束后作出结论以前核实和答复")
        return redirect("registry:announcement", pk=pk)
    found = notices.read(case)
    context = {"one": found, "form": form, "open": found.open_on(timezone.localdate())}
    return render(request, "registry/announcement.html", context)


@login_required
def objection(request: SignedIn, pk: int, objection_pk: int) -> HttpResponse:
    """Answer one objection; only at the deciding desk."""
    case = visible(request, pk)
    if not notices.may_decide(case, request.user):
        raise NotAllowed("异议由区县民政部门答复", code="not_allowed")
    found = get_object_or_404(Objection.objects.filter(case=case), pk=objection_pk)
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        notices.answer(found, by=request.user, **form.cleaned_data)
        messages.success(request, "已答复")
        return redirect(case)
    context = {"case": case, "objection": found, "form": form, "phone": mask_phone(found.phone) if found.phone else ""}
    return render(request, "registry/objection.html", context)
