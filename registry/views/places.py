"""Places for everybody to look up, and for district officers to keep."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.typed import plain
from registry import codes
from registry.forms import places as shapes
from registry.forms import placeways
from registry.models import Jurisdiction
from registry.models.jurisdictions import PSEUDO, JurisdictionQuerySet
from registry.places import edits, find, history, lineage
from registry.scope import Role, SignedIn, require, roles_over

FOUND = 50


@dataclass(frozen=True)
class Edit:
    """One thing that can be changed about a place: its form and its writer."""

    title: str
    button: str
    form: type[shapes.SourceForm]
    write: Callable
    fits: Callable[[Jurisdiction], bool] = lambda place: not place.ends


def _reopens(place: Jurisdiction) -> bool:
    """Ended with nothing in its place."""
    return bool(place.ends) and not place.successors.exists()


EDITS = {
    "name": Edit("改名", "保存新名称", shapes.NameForm, edits.rename, lambda p: p.level and not p.ends),
    "class": Edit("改城乡类别", "保存类别", shapes.ClassForm, edits.reclass, lambda p: p.level == 5 and not p.ends),
    "add": Edit("新增下级地点", "新增", shapes.AddForm, edits.add, lambda p: p.level in (2, 3, 4) and not p.ends),
    "population": Edit("登记人口", "保存人口", shapes.PopulationForm, edits.count_people),
    "end": Edit("撤销", "撤销这个地点", shapes.EndForm, edits.abolish, lambda p: p.level and not p.ends),
    "reopen": Edit(
        "恢复", "恢复这个地点", shapes.EndForm, edits.reopen, lambda p: p.ends and not p.successors.exists()
    ),
}


def places(request: HttpRequest) -> HttpResponse:
    """The provinces, and a search by code or by part of a name."""
    asked = plain(request.GET.get("q")).strip()[:80]
    try:
        return redirect("registry:place", code=find(asked).code)
    except Refusal:
        pass
    known = Jurisdiction.objects.filter(level__gt=0)
    rows = known.filter(name__contains=asked) if asked else known.filter(level=1)
    found = list(rows.select_related("parent__parent")[: FOUND + 1])
    context = {"asked": asked, "found": found[:FOUND], "more": len(found) > FOUND, "most": FOUND}
    return render(request, "registry/places.html", context)


def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place on a day: where it lies, what it was called, how many communities, what lies below."""
    found = _known(code)
    if found.code != code:
        return redirect("registry:place", code=found.code)
    day, wrong_day = _day(request.GET.get("on", ""))
    below = list(_below(found).standing_on(day).classed(day))
    names = history.names_then([found, *below], day)
    mine = Role.DISTRICT in roles_over(request.user, edits.desk_of(found))
    context = {
        "place": found,
        "name": names[found.pk],
        "crumbs": _crumbs(found),
        "day": day,
        "today": timezone.localdate(),
        "wrong_day": wrong_day,
        "stands": Jurisdiction.objects.standing_on(day).filter(pk=found.pk).exists(),
        "class_then": history.CLASSES[Jurisdiction.objects.classed(day).get(pk=found.pk).class_then],
        "communities": history.communities(found, day) if 0 < found.level < 5 else None,
        "children": [(names[child.pk], child, history.CLASSES[child.class_then]) for child in below],
        "changes": history.changes(found),
        "lineage": lineage.of(found),
        "heirs": lineage.heirs(found, timezone.localdate()) if found.ends else [],
        "offers": placeways.offered(found) if mine else [],
        "edits": [(key, edit.title) for key, edit in EDITS.items() if mine and edit.fits(found)],
    }
    return render(request, "registry/place.html", context)


@login_required
def place_edit(request: SignedIn, code: str, what: str) -> HttpResponse:
    """Change one thing about a place, with its day and its source."""
    found, edit = _known(code), EDITS.get(what)
    if edit is None:
        raise Http404
    require(request.user, Role.DISTRICT, edits.desk_of(found))
    if not edit.fits(found):
        raise OutOfTurn("这个地点现在不能这样修改", code="not_now")
    form = edit.form(request.POST if request.method == "POST" else None, place=found, initial=_initial(found))
    status = 200
    if request.method == "POST":
        status = _write(request, found, edit, form)
        if status == 302:
            return redirect("registry:place", code=found.code)
    crumbs = [*_crumbs(found, last=False), {"label": edit.title}]
    context = {"place": found, "edit": edit, "form": form, "crumbs": crumbs}
    return render(request, "registry/place_edit.html", context, status=status)


def _below(found: Jurisdiction) -> JurisdictionQuerySet:
    """The places right below; the provinces are those of the nation, though no row says so."""
    provinces = Jurisdiction.objects.filter(level=Jurisdiction.Level.PROVINCE)
    return provinces if found.level == Jurisdiction.Level.NATION else found.children.all()


def _write(request: SignedIn, found: Jurisdiction, edit: Edit, form: forms.Form) -> int:
    """Let the writer write: 302 when done. A refusal comes back in the form, with all that was typed."""
    if not form.is_valid():
        return 422
    try:
        edit.write(found, by=request.user, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as refusal:
        if refusal.status == 409 and "seen" in form.fields:
            form.data = form.data.copy()
            form.data["seen"] = history.last_change(found)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        return refusal.status
    messages.success(request, f"已办理：{edit.title}")
    return 302


def _known(code: str) -> Jurisdiction:
    try:
        return find(code)
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal


def _initial(found: Jurisdiction) -> dict:
    return {
        "seen": history.last_change(found),
        "name": "",
        "area_class": found.area_class,
        "code": codes.prefix(found.code),
        "kind": "resident",
    }


def _day(text: str) -> tuple[dt.date, bool]:
    """The day asked for, today when none or an unreadable one was given; whether it was unreadable."""
    if not text.strip():
        return timezone.localdate(), False
    try:
        return shapes.DayField().clean(text), False
    except forms.ValidationError:
        return timezone.localdate(), True


def _crumbs(found: Jurisdiction, *, last: bool = True) -> list[dict]:
    above = Jurisdiction.objects.above(found.code).exclude(pk=found.pk).order_by("level")
    links = [each for each in [*above, found] if each.name not in PSEUDO or each == found]
    crumbs = [{"label": "行政区划", "url": reverse("registry:places")}]
    crumbs += [{"label": each.name, "url": reverse("registry:place", args=[each.code])} for each in links]
    if last:
        crumbs[-1]["url"] = ""
    return crumbs
