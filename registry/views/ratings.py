"""Following and rating a case from the link of an SMS, and the sums a desk may read."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import NotAllowed
from portal.limits import limit
from registry import links, ratings, reviews
from registry.casework import corrections
from registry.casework.history import public_steps
from registry.forms.messages import ReasonsForm
from registry.models import Case, Rating, State
from registry.scope import STAFF, SignedIn, reach, roles_over

MOST, WINDOW = 30, 3600
LEVELS = {str(level) for level, _ in Rating.LEVELS}
LONG_NUMBER = re.compile(r"\d[\dXx]{6,}")
OWN = "rated"  # the cases this browser rated: nobody else with the link reads how
BUSY = "这个网络上的评价太多，一小时后再试"


def rate(request: HttpRequest, token: str) -> HttpResponse:
    """How far a case is and, once it is decided, five levels one click each. No name, no sign-in."""
    case = get_object_or_404(Case.objects.select_related("place"), pk=links.row(links.RATING, token) or 0)
    rating = Rating.objects.filter(case=case).first()
    form = ReasonsForm()
    if request.method == "POST":
        _require_outsider(request, case)
        form, done = _taken(request, case, rating)
        if done:
            return redirect("registry:rate", token=token)
    return render(request, "registry/rate.html", _shown(case, rating, form, own=_own(request, case)))


def _taken(request: HttpRequest, case: Case, rating: Rating | None) -> tuple[ReasonsForm, bool]:
    """The level of whoever has not rated yet, the reasons of whoever rated low: (form, whether something was kept)."""
    limit(request, "rate", most=MOST, seconds=WINDOW, words=BUSY)
    form = ReasonsForm() if "level" in request.POST else ReasonsForm(request.POST)
    if rating is None:
        level = request.POST.get("level", "")
        ratings.rate(case, int(level) if level in LEVELS else 0)
        request.session[OWN] = [*request.session.get(OWN, []), case.pk]
        return form, True
    if not (_own(request, case) and _asks(rating) and form.is_bound and form.is_valid()):
        return form, False
    ratings.explain(case, **form.cleaned_data)
    return form, True


def _own(request: HttpRequest, case: Case) -> bool:
    """Whether the rating of a case came from this browser: the link is known at the desk too."""
    return case.pk in request.session.get(OWN, [])


def _asks(rating: Rating | None) -> bool:
    """Whether a low rating still lacks its reasons."""
    return rating is not None and rating.level <= reviews.LOW and not (rating.reasons or rating.text)


def _shown(case: Case, rating: Rating | None, form: ReasonsForm, *, own: bool) -> dict:
    return {
        "case": case,
        "rating": rating,
        "levels": Rating.LEVELS,
        "may_rate": ratings.may_rate(case),
        "asks": own and _asks(rating),
        "own": own,
        "form": form,
        "days": reviews.DAYS,
        "left": _left(case),
        "steps": public_steps(case),
        "told": _told(case),
    }


def _told(case: Case) -> list[tuple[str, str]]:
    """What has to be put right, (what, why): the SMS promises it; whatever looks like a personal number stays out."""
    notice = corrections.last_notice(case) if case.state == State.RETURNED else None
    defects = notice.defects.all() if notice else []
    return [(one.label, LONG_NUMBER.sub("（号码不显示）", one.reason)) for one in defects]


def _left(case: Case) -> str:
    """How many days are left until the promised day, in words; "" when nobody promised one or the case is closed."""
    if case.is_closed or not case.promised_on:
        return ""
    days = (case.promised_on - timezone.localdate()).days
    return f"还需要 {days} 天" if days > 0 else "今天到期" if days == 0 else "已过承诺的日子，正在催办"


def _require_outsider(request: HttpRequest, case: Case) -> None:
    """Whoever has a desk over the place does not rate what is done there."""
    if request.user.is_authenticated and roles_over(request.user, case.place_code) & STAFF:
        raise NotAllowed("评价由申请人作出，工作人员不能评价本地的办件", code="not_allowed")


@login_required
def board(request: SignedIn) -> HttpResponse:
    """Sums by office and month for desks and leaders; neither a case nor a person can be told from them."""
    if not {role for role, _ in reach(request.user)} & ratings.READERS:
        raise NotAllowed("评价汇总由街道（乡镇）和区县查看", code="not_allowed")
    today = timezone.localdate()
    context = {
        "sums": ratings.sums(request.user, today),
        "levels": [label for _, label in Rating.LEVELS],
        "open": sum(one.at is None for one in reviews.of(request.user, today)),
        "fewest": ratings.FEWEST,
    }
    return render(request, "registry/ratings.html", context)
