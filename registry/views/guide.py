"""登记还是备案? Five questions, an answer with reasons and clauses, and the answers carried into the form."""

import secrets

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.errors import Refusal
from registry import verdicts
from registry.casework import actions, answers
from registry.casework.facts import rules_at
from registry.eligibility import Facts, assess
from registry.forms.guide import GuideForm, StartForm, carried, given
from registry.scope import Role, SignedIn, reach
from registry.views.cases import next_task

TIERS = {
    "close": ("可以准备登记", "问到的条件都已具备，可以准备申请登记，成为法人；办理时还要核对下面没有问到的内容。"),
    "registered": ("可以直接申请登记", "条件已经具备，可以向登记管理机关申请登记，成为法人。"),
    "filed": ("先办备案", "还不具备登记条件，由街道（乡镇）备案和管理；以后条件具备了，可以一键转登记。"),
    "street_managed": (
        "由街道（乡镇）管理",
        "还不具备登记条件，但规模较大、能正常开展活动，由街道（乡镇）备案和管理。",
    ),
    "community_guided": ("由社区指导", "还不具备登记条件，规模较小，由居（村）委会列名、社区党组织领导，不用审批。"),
}


def guide(request: HttpRequest) -> HttpResponse:
    """The questions; with answers, the verdict beside them. Nothing is stored."""
    asked = bool(request.GET.get("place_code"))
    form = GuideForm(request.GET if asked else None, user=request.user)
    context = {"form": form, "key": secrets.token_urlsafe(16), "receipt": None, "may_list": _may_list(request)}
    if asked and form.is_valid():
        place = form.cleaned_data["place"]
        today = timezone.localdate()
        receipt = assess(
            Facts.from_json(given(form.cleaned_data)), rules_at(place.code, today), today, place=place.code
        )
        lines = verdicts.missing(receipt.missing)
        close = receipt.tier != "registered" and all(verdicts.not_asked(line) for line in lines)
        title, text = TIERS["close" if close else receipt.tier]
        context |= {
            "receipt": receipt,
            "findings": verdicts.rows(receipt.findings),
            "missing": [line for line in lines if not verdicts.not_asked(line)],
            "unasked": [line.removeprefix("尚未填写").partition("，")[0] for line in lines if verdicts.not_asked(line)],
            "place": place,
            "title": title,
            "close": close,
            "text": text,
            "carried": carried(form, place),
        }
    return render(request, "registry/guide.html", context)


def _may_list(request: HttpRequest) -> bool:
    """Whether this person keeps a community's own list."""
    return any(role == Role.COMMUNITY for role, _ in reach(request.user))


@login_required
@require_POST
def start(request: SignedIn) -> HttpResponse:
    """Open a draft that carries the answers given so far; a second click finds the same draft."""
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Refusal("请先回答五个问题，再开始办理", code="guide_first")
    place = form.cleaned_data["place"]
    said = {"organisation": form.said(), "people": form.people(), answers.GUIDE: form.guide()}
    case = actions.open_case(
        form.cleaned_data["road"], by=request.user, place=place, key=form.cleaned_data["key"], said=said
    )
    return redirect(*next_task(case))
