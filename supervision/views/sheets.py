"""The yearly sheet of a place: read by everybody who holds an office over it, entered by those who own it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.errors import NotAllowed
from registry.models import Jurisdiction
from registry.places import edits
from registry.scope import Role, SignedIn, roles_over
from supervision import batches, downloads, entries, pages, sheets
from supervision.batches import Unreadable
from supervision.entries import Faulty, Overtaken
from supervision.forms.sheets import BatchForm, SheetForm, YearForm
from supervision.progress import EVERY, behind, owed, progress
from supervision.views import seen
from supervision.views.exports import send

FAULTS = 100  # shown at once


@login_required
def sheet(request: SignedIn, code: str) -> HttpResponse:
    """Every figure a place owes in a year, last year's beside it; saved all in one."""
    place, years = seen.place(request, code), YearForm(request.GET)
    if not years.is_valid():
        return render(request, "supervision/sheet.html", _frame(request, place) | {"form": years}, status=400)
    year = years.cleaned_data["year"]
    if request.method != "POST":
        return _show(request, SheetForm(sheet=sheets.sheet(place, year)))
    form = SheetForm(request.POST, sheet=sheets.sheet(place, year))
    status = _save(request, form)
    if status == 302:
        return redirect(f"{reverse('supervision:sheet', args=[place.code])}?year={year}")
    return _show(request, form, status)


@login_required
def sheet_batch(request: SignedIn, code: str) -> HttpResponseBase:
    """Figures of many places at once, from a file or pasted; all or nothing, every fault told with its row."""
    place = seen.place(request, code)
    if not entries.may_enter(request.user, place):
        raise NotAllowed("批量填报需要本级经办权限，请联系本地管理员", code="not_allowed")
    if request.method != "POST" and "format" in request.GET:
        return _blank(request, place)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BatchForm(*sent, year=request.GET.get("year", "")[:4])
    faults: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            return _entered(request, place, form.cleaned_data)
        except Unreadable as refusal:
            faults = refusal.lines
    status = 422 if form.is_bound else 200
    shown = {
        "form": form,
        "faults": faults[:FAULTS],
        "more": max(0, len(faults) - FAULTS),
        "examples": _examples(place),
    }
    return render(request, "supervision/sheet_batch.html", _frame(request, place) | shown, status=status)


def _blank(request: SignedIn, place: Jurisdiction) -> HttpResponseBase:
    """The rows that are still owed as a spreadsheet."""
    years = YearForm(request.GET)
    if not years.is_valid():
        raise Http404("没有这一年的数据")
    year = years.cleaned_data["year"]
    export = downloads.owed(place, year, owed(place, year, batches.MOST))
    return send(request, export, request.GET["format"], place_code=place.code)


def _examples(place: Jurisdiction) -> list[tuple[str, str]]:
    """Two rows as they would be written here: code of a place, name of an item it has not given."""
    lacks = behind(place, entries.last_year(), EVERY).lacks
    return [(code, labels[0]) for code, labels in lacks.items() if labels][:2]


def _entered(request: SignedIn, place: Jurisdiction, said: dict) -> HttpResponse:
    text = batches.decode(said["file"].read()) if said["file"] else said["rows"]
    changed = batches.enter(place, said["year"], text, by=request.user)
    messages.success(request, f"{said['year']}年：已保存，改动 {changed} 项")
    return redirect(f"{reverse('supervision:sheet', args=[place.code])}?year={said['year']}")


def _save(request: SignedIn, form: SheetForm) -> int:
    """302 when saved; else everything typed comes back with its reasons."""
    place, year = form.sheet.place, form.sheet.year
    if not form.is_valid():
        return 422
    try:
        changed = entries.enter(place, year, form.figures(), by=request.user)
    except Faulty as refusal:
        for key, reason in refusal.faults.items():
            form.add_error(f"value-{key}", reason)
        return refusal.status
    except Overtaken as refusal:
        form.sheet = sheets.sheet(place, year)
        form.overtake(refusal)
        return refusal.status
    said = f"已保存，改动 {len(changed)} 项" if changed else "没有改动"
    messages.success(request, f"{place.name}{year}年：{said}")
    return 302


def _show(request: SignedIn, form: SheetForm, status: int = 200) -> HttpResponse:
    found = form.sheet
    place, mine = found.place, entries.may_enter(request.user, found.place)
    context = _frame(request, place) | {
        "sheet": found,
        "form": form if mine else None,
        "asked": form.rows(asked=True),
        "others": form.rows(asked=False),
        "progress": progress(place, found.year) if place.level < Jurisdiction.Level.COMMUNITY else None,
        "earlier": max(found.year - 1, entries.FIRST_YEAR),
        "later": min(found.year + 1, entries.last_year()),
        "counts_people": place.level <= Jurisdiction.Level.COUNTY
        and Role.DISTRICT in roles_over(request.user, edits.desk_of(place)),
    }
    return render(request, "supervision/sheet.html", context, status=status)


def _frame(request: SignedIn, place: Jurisdiction) -> dict:
    crumbs = pages.crumbs(place, seen.offices(request), "", leaf=False)
    return {"place": place, "crumbs": [*crumbs, {"label": "年度基础数据", "url": ""}]}
