"""Papers: the checklist with its files, one file, a photo sent as soon as it is chosen, and what is still owed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import Refusal
from portal.middleware import sentence
from registry.casework import corrections, filestore, papers, rights
from registry.casework import debts as promises
from registry.models import Case, Material, State, StoredFile
from registry.paging import page_of
from registry.scope import SignedIn
from registry.views.cases import defects_of, editable, next_task, visible

PAGE = 50
SEALED_OFF = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@login_required
def materials(request: SignedIn, pk: int) -> HttpResponse:
    """The checklist: files, what was handed in before, and dated promises, all in one form."""
    case = editable(request, pk)
    if request.method == "POST":
        return _take(request, case)
    offered = papers.reusable(case, request.user)
    today = timezone.localdate()
    day, barred = promises.day_of(case, today), promises.bar(case, request.user, today)
    rows = [
        {
            "line": line,
            "former": offered.get(line.paper.kind, [])[:3],
            "undertaking": "" if barred else promises.undertaking(line.paper.label, request.user, day),
            "shut": not corrections.is_open(case, line.paper.kind),
        }
        for line in papers.checklist(case)
    ]
    context = {"case": case, "rows": rows, "barred": barred, "defects": defects_of(case, "materials")}
    context["editable"] = any(not row["shut"] for row in rows)
    return render(request, "registry/materials.html", context)


def _take(request: SignedIn, case: Case) -> HttpResponse:
    """Take everything that was sent; what is refused is told all at once, and the rest is kept."""
    refused = [told for line in papers.checklist(case) if (told := _taken(request, case, line))]
    for told in refused:
        messages.error(request, told)
    lacking = any(line.lacking for line in papers.checklist(case))
    if not refused and not lacking and "reuse" not in request.POST:
        return redirect(*next_task(case))
    if not refused and "reuse" not in request.POST:
        messages.info(request, "已保存。还有必需的材料没有上传，可以稍后继续")
    return redirect("registry:materials", pk=case.pk)


def _taken(request: SignedIn, case: Case, line: papers.Line) -> str:
    """Do what was sent for one line; why not, in words, or ""."""
    kind, (reused, _, former) = line.paper.kind, request.POST.get("reuse", "").partition(":")
    try:
        if kind in request.FILES:
            papers.attach(case, kind, request.FILES[kind], by=request.user)
        elif reused == kind:
            papers.reuse(case, kind, _number(former), by=request.user)
        elif request.POST.get(f"promise-{kind}") and (not line.material or line.lapsed):
            papers.promise(case, kind, by=request.user, on=timezone.localdate())
    except Refusal as no:
        if no.status != Refusal.status:
            raise
        return sentence(no)
    return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@login_required
@require_POST
def upload(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """One file, sent as soon as it was chosen; sending it again after a lost answer changes nothing."""
    case = _bringable(request, pk)
    sent = request.FILES.get("file")
    if sent is None:
        raise Refusal("没有收到文件，重新选择一次", code="no_file", field=kind)
    put = papers.attach if case.state in rights.EDITABLE else papers.deliver_owed
    material = put(case, kind, sent, by=request.user)
    lacking = [line.paper.label for line in papers.checklist(case) if line.lacking]
    url = reverse("registry:material", args=[case.pk, material.pk])
    return JsonResponse({"name": material.original_name, "url": url, "lacking": lacking})


@login_required
def material(request: SignedIn, pk: int, material_pk: int) -> FileResponse:
    """A stored file, to whoever may see its case."""
    found = get_object_or_404(Material.objects.select_related("stored"), pk=material_pk, case=visible(request, pk))
    if found.stored is None:
        raise Http404
    return served(found.stored, found.original_name)


def served(stored: StoredFile, name: str) -> FileResponse:
    """A kept file under a name; pictures and PDF open in the browser, sealed off, everything else is saved."""
    inline = stored.content_type.startswith("image/") or stored.content_type == "application/pdf"
    answer = FileResponse(
        filestore.opened(stored), as_attachment=not inline, filename=name, content_type=stored.content_type
    )
    answer["Content-Security-Policy"] = SEALED_OFF
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
def owed(request: SignedIn, pk: int) -> HttpResponse:
    """What was promised and not brought: upload just that, also after the decision."""
    case = _bringable(request, pk)
    lines = papers.owed(case)
    if request.method == "POST":
        brought = {line.paper.kind for line in lines} & set(request.FILES)
        for kind in brought:
            papers.deliver_owed(case, kind, request.FILES[kind], by=request.user)
        if brought or not lines:  # without lines each was sent as soon as it was chosen
            messages.success(request, "已补交，办理部门会看到")
        else:
            messages.info(request, "先选择文件或拍照，再点“补交”")
        return redirect("registry:owed", pk=case.pk)
    seen = Case.objects.visible_to(request.user).filter(pk=pk).exists()
    return render(
        request, "registry/owed.html", {"case": case, "lines": lines, "back": case if seen else case.organisation}
    )


def _bringable(request: SignedIn, pk: int) -> Case:
    """The case, for the applicant's side: its contact brings what is owed without reading the rest; else 404 or 403."""
    spoken_for = request.user.contacts.in_force().values("organisation")
    theirs = Case.objects.filter(organisation__in=spoken_for).exclude(state=State.DRAFT)
    rows = (Case.objects.visible_to(request.user) | theirs).select_related("place", "organisation")
    case = get_object_or_404(rows, pk=pk)
    rights.require_bringer(case, request.user)
    return case


@login_required
def debts(request: SignedIn) -> HttpResponse:
    """Everything promised and not brought in the cases this person may see, the earliest day first."""
    today, late = timezone.localdate(), request.GET.get("late") == "1"
    rows = Material.objects.visible_to(request.user)
    rows = rows.owed_since(today) if late else rows.owed()
    page = page_of(rows.select_related("case__place").order_by("promised_by", "id"), request.GET.get("page"), PAGE)
    lines = [{"material": one, "label": promises.label(one), "late": one.promised_by < today} for one in page]
    context = {"page": page, "lines": lines, "late": late, "today": today}
    return render(request, "registry/debts.html", context)
