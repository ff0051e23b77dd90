"""What if: other values for a document of a place, what would follow, the organisations behind it, kept reports."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed
from registry.models import Jurisdiction
from registry.paging import page_of
from registry.scope import Role, SignedIn, roles_over
from supervision import trying, tryouts
from supervision.forms.days import DayForm
from supervision.forms.trials import WHOLE, AskForm, TitleForm, ValuesForm
from supervision.models import Trial
from supervision.trials import running
from supervision.views.exports import shown
from supervision.views.seen import offices, place

TRIERS = frozenset({Role.LEADER, Role.DISTRICT, Role.APPROVER})
SIZE = 20


def _place(request: SignedIn, code: str) -> Jurisdiction:
    """The place, for who may try policies out there."""
    found = place(request, code)
    if not roles_over(request.user, found.code) & TRIERS:
        raise NotAllowed("政策测算由领导和区县民政人员使用", code="not_allowed")
    return found


def _forms(found: Jurisdiction, data: QueryDict) -> tuple[AskForm, ValuesForm | None]:
    """The two forms, both checked; no second one before a document is chosen."""
    day = DayForm({"on": data.get("on", "")})
    on = day.cleaned_data["on"] if day.is_valid() else timezone.localdate()
    documents = running.documents(found.code, on)
    ask = AskForm(data, documents)
    pack = next((pack for pack in documents if pack.slug == data.get("document")), None)
    values = ValuesForm(data, pack) if ask.is_valid() and pack else None
    return ask, values


@login_required
def trial(request: SignedIn, code: str) -> HttpResponse:
    """Choose a document, vary it, see what would follow; POST keeps it as a report."""
    found, sent = _place(request, code), request.method == "POST"
    data = request.POST if sent else request.GET
    ask, values = _forms(found, data)
    context = tryouts.around(found, offices(request)) | {"values": values, "keeping": TitleForm(data if sent else None)}
    context["ask"] = ask if sent or "document" in data else _fresh(ask)
    if values is None or not values.is_valid() or not values.values:
        wrong = sent or (values.errors if values else "document" in data)
        context["unchanged"] = values is not None and not values.errors and WHOLE in data
        return render(request, "supervision/trial.html", context, status=400 if wrong else 200)
    if sent and context["keeping"].is_valid():
        return _keep(request, found, ask, values, context["keeping"])
    context |= _tried(found, ask, values)
    return render(request, "supervision/trial.html", context, status=400 if sent else 200)


def _tried(found: Jurisdiction, ask: AskForm, values: ValuesForm) -> dict:
    question = tryouts.query(ask, values)
    listing = f"{reverse('supervision:trial_organisations', args=[found.code])}?{question}"
    told = tryouts.shown(running.run(tryouts.asked(found, ask, values)), listing)
    return told | {"question": [(name, each) for name, given in QueryDict(question).lists() for each in given]}


def _fresh(ask: AskForm) -> AskForm:
    """The first question, not answered yet."""
    documents = ask.fields["document"].choices
    fresh = AskForm(None, [])
    fresh.fields["document"].choices = documents
    return fresh


def _keep(request: SignedIn, found: Jurisdiction, ask: AskForm, values: ValuesForm, title: TitleForm) -> HttpResponse:
    question = tryouts.asked(found, ask, values)
    made = trying.keep(question, title=title.cleaned_data["title"], by=request.user)
    messages.success(request, "已保存为报告")
    return redirect("supervision:kept", code=found.code, pk=made.pk)


@login_required
def trial_organisations(request: SignedIn, code: str) -> HttpResponse:
    """The very organisations behind a number of a trial."""
    found = _place(request, code)
    ask, values = _forms(found, request.GET)
    if values is None or not values.is_valid() or not values.values:
        raise Http404("没有这样的测算")
    names = ("shift", "within", "after", "before")
    question = tryouts.query(ask, values)
    asked = [request.GET.get(name, "")[:40] for name in names]
    if not re.fullmatch("([0-9]{12})?", asked[1]):
        raise Http404("没有这样的名单")
    context = tryouts.around(found, offices(request), "组织名单")
    context |= tryouts.organisations(tryouts.asked(found, ask, values), question, *asked)
    back = f"{reverse('supervision:trial', args=[found.code])}?{question}"
    return render(request, "supervision/trial_organisations.html", context | {"back": back})


@login_required
def kept_trials(request: SignedIn, code: str) -> HttpResponse:
    """The reports kept for a place."""
    found = place(request, code)
    rows = Trial.objects.visible_to(request.user).filter(place_code=found.code).select_related("by")
    page = page_of(rows, request.GET.get("page"), SIZE)
    may = bool(roles_over(request.user, found.code) & TRIERS)
    context = tryouts.around(found, offices(request), "测算报告") | {
        "page": page,
        "rows": tryouts.listed(page),
        "may": may,
    }
    return render(request, "supervision/trials.html", context)


@login_required
def kept(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """One kept report, to read, print or take away."""
    found = place(request, code)
    mine = Trial.objects.visible_to(request.user).filter(place_code=found.code).select_related("by")
    context = tryouts.around(found, offices(request), "测算报告") | tryouts.kept(get_object_or_404(mine, pk=pk))
    return shown(request, "supervision/trial_kept.html", context, tryouts.export)
