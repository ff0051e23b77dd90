"""Changes of divisions: the list, planning one, looking at what it touches, agreeing to it or dropping it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import NotAllowed, Refusal
from registry.forms.placeacts import DIGITS, ActForm
from registry.forms.placeways import WAYS
from registry.models import Jurisdiction, Organisation, PlaceAct
from registry.paging import page_of
from registry.places import edits, find
from registry.places.acts import deciding, preview, words
from registry.places.acts.plan import Plan
from registry.scope import Role, SignedIn, require, roles_over

State = PlaceAct.State
PAGE, AT_ONCE, ROWS = 50, 500, 200


@login_required
def placeacts(request: SignedIn) -> HttpResponse:
    """The changes of one's places, the newest first; those that wait are chosen to be agreed to together."""
    chosen = request.GET.get("state", "")
    mine = PlaceAct.objects.visible_to(request.user)
    rows = mine.filter(state=chosen) if chosen in State.values else mine
    page = page_of(rows.select_related("proposed_by"), request.GET.get("page"), PAGE)
    waiting = mine.filter(state=State.PROPOSED).count()
    context = {"crumbs": _crumbs()} | {
        "page": page,
        "acts": _titled(list(page)),
        "chosen": chosen,
        "states": State.choices,
        "waiting": waiting,
    }
    return render(request, "registry/placeacts.html", context)


@login_required
def placeact_new(request: SignedIn, code: str, kind: str) -> HttpResponse:
    """Plan a change of a place; what it touches is shown before anybody agrees."""
    place, way = _place(code), WAYS.get(kind)
    if way is None:
        raise Http404
    require(request.user, Role.DISTRICT, edits.desk_of(place))
    if place.ends or not way.fits(place):
        raise Refusal("这个地方现在不能这样变更", code="not_now")
    form, status = way.form(request.POST or None, place=place), 200
    if request.method == "POST":
        act, status = _proposed(request, place, kind, form)
        if act:
            return redirect("registry:placeact", pk=act.pk)
    context = {"place": place, "way": way, "form": form, "crumbs": _crumbs(way.title)}
    return render(request, "registry/placeact_new.html", context, status=status)


def _proposed(request: SignedIn, place: Jurisdiction, kind: str, form: ActForm) -> tuple[PlaceAct | None, int]:
    """The act, or None with the status of what is wrong, which then stands in the form."""
    if not form.is_valid():
        return None, 422
    said = dict(form.cleaned_data)
    document, today = said.pop("document"), timezone.localdate()
    try:
        plan = WAYS[kind].plan(place, **said)
        act = deciding.propose(kind, plan, on=said["on"], document=document, by=request.user, today=today)
    except NotAllowed as refusal:
        form.add_error(None, "这项变更涉及您辖区以外的地方，由市级或省级民政部门的经办人员提出")
        return None, refusal.status
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        return None, refusal.status
    return act, 302


@login_required
def placeact(request: SignedIn, pk: int) -> HttpResponse:
    """One change: what becomes what, what is touched now, and what stands against it."""
    return _shown(request, _act(request, pk))


def _shown(request: SignedIn, act: PlaceAct, *, said: str = "", status: int = 200) -> HttpResponse:
    plan, open_ = Plan.from_json(act.plan), act.state in (State.PROPOSED, State.AGREED)
    told = words.rows(plan, act.on)
    context = {
        "crumbs": _crumbs(f"{act.get_kind_display()}"),
        "act": act,
        "title": words.titles([(act.get_kind_display(), plan, act.on)])[0],
        "rows": told[:ROWS],
        "more": max(0, len(told) - ROWS),
        "shares": Organisation.objects.filter(pk__in=list(plan.shares)),
        "preview": preview.look(plan, act.on) if open_ else None,
        "mine": open_ and Role.DISTRICT in roles_over(request.user, act.place_code),
        "today": timezone.localdate(),
        "said": said,
    }
    return render(request, "registry/placeact.html", context, status=status)


@login_required
@require_POST
def placeact_agree(request: SignedIn, pk: int) -> HttpResponse:
    """Agree to a change as it was shown; when something is different now, it is shown again."""
    act = _act(request, pk)
    try:
        act = deciding.agree(act, by=request.user, seen=request.POST.get("seen", ""), today=timezone.localdate())
    except NotAllowed:
        raise
    except Refusal as refusal:
        act.refresh_from_db()
        return _shown(request, act, said=refusal.reason, status=refusal.status)
    done = act.state == State.DONE
    messages.success(request, "区划变更已经办理" if done else f"已确认，{act.on:%Y年%-m月%-d日}自动生效")
    return redirect("registry:placeact", pk=act.pk)


@login_required
@require_POST
def placeact_drop(request: SignedIn, pk: int) -> HttpResponse:
    """Give up a change that has not been done."""
    act = deciding.drop(_act(request, pk), by=request.user)
    messages.success(request, "已放弃这项变更")
    return redirect("registry:placeact", pk=act.pk)


@login_required
@require_POST
def placeacts_agree(request: SignedIn) -> HttpResponse:
    """Agree to many at once: shown with what each touched when proposed, then each looked at and done by itself."""
    rows = PlaceAct.objects.visible_to(request.user).filter(state=State.PROPOSED).order_by("on", "id")
    numbers = [int(text) for text in request.POST.getlist("act") if _number(text)]
    acts = list(rows if request.POST.get("all") else rows.filter(pk__in=numbers))[:AT_ONCE]
    if not acts:
        raise Refusal("先勾选待确认的变更", code="none_chosen")
    if request.POST.get("sure"):
        return _results(request, acts)
    return render(request, "registry/placeacts_agree.html", {"looked": _titled(acts), "crumbs": _crumbs("核对")})


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def _results(request: SignedIn, acts: list[PlaceAct]) -> HttpResponse:
    results = deciding.agree_many(acts, by=request.user, today=timezone.localdate())
    failed = [(act, why) for act, why in results if why]
    if len(results) > len(failed):
        messages.success(request, f"已确认 {len(results) - len(failed)} 项变更")
    if not failed:
        return redirect("registry:placeacts")
    reasons = {act.pk: why for act, why in failed}
    told = [(act, title, reasons[act.pk]) for act, title in _titled([act for act, _ in failed])]
    return render(request, "registry/placeacts_agree.html", {"failed": told, "crumbs": _crumbs("结果")}, status=409)


def _titled(acts: list[PlaceAct]) -> list[tuple[PlaceAct, str]]:
    """Each act with what it is about, in a line; one query for all."""
    titles = words.titles([(act.get_kind_display(), Plan.from_json(act.plan), act.on) for act in acts])
    return list(zip(acts, titles, strict=True))


def _crumbs(last: str = "") -> list[dict]:
    """The way here: 行政区划 › 区划变更 › what this page is about."""
    crumbs = [{"label": "行政区划", "url": reverse("registry:places")}]
    crumbs += [{"label": "区划变更", "url": reverse("registry:placeacts") if last else ""}]
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs


def _act(request: SignedIn, pk: int) -> PlaceAct:
    rows = PlaceAct.objects.visible_to(request.user).select_related("proposed_by", "agreed_by")
    return get_object_or_404(rows, pk=pk)


def _place(code: str) -> Jurisdiction:
    try:
        return find(code)
    except Refusal as refusal:
        raise Http404(refusal.reason) from refusal
