"""What anybody may ask without signing in: is this certificate valid, and how far is my case."""

import re
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.errors import Refusal
from portal.limits import limit
from portal.typed import narrow
from registry import documents, ratings
from registry.casework import numbers, papers
from registry.casework.history import public_steps
from registry.forms.register import TrackForm, VerifyForm
from registry.links import absolute, service_path, track_url
from registry.models import Case, Certificate
from registry.places import lineage
from registry.scope import SignedIn
from registry.views.cases import visible

GUESSES, WINDOW = 30, 600
NOT_FOUND = "没有查到。核对以后再试，或向所在社区、街道（乡镇）和发证机关咨询"
RECEIPT = re.compile(r"收?(\d{6}|\d{9}|\d{12})〔?(20\d\d)〕?(\d{5,})号?")


def _limit(request: HttpRequest) -> None:
    """At most thirty questions in ten minutes from one address."""
    limit(request, "ask", most=GUESSES, seconds=WINDOW, words="查询太频繁，请十分钟后再试")


def verify(request: HttpRequest) -> HttpResponse:
    """Type the number on a certificate. An unknown number and one from elsewhere get the same answer."""
    form = VerifyForm(request.GET if "number" in request.GET else None)
    missing = ""
    if form.is_bound and form.is_valid():
        _limit(request)
        found = Certificate.objects.filter(number=numbers.as_printed(form.cleaned_data["number"])).first()
        if found:
            return redirect(found)
        missing = NOT_FOUND
    return render(request, "registry/verify.html", {"form": form, "missing": missing, "track": TrackForm()})


def verified(request: HttpRequest, token: str) -> HttpResponse:
    """What a certificate is worth at this moment."""
    found = get_object_or_404(Certificate.objects.select_related("organisation__place__parent"), token=token)
    last, newer = found.organisation.valid_until, found.organisation.certificates.filter(cancelled_on=None)
    context = {
        "certificate": found,
        "now": timezone.now(),
        "successor": newer.first() if found.cancelled_on else None,
        "home": _home(found),
        "expired": last is not None and last < timezone.localdate(),
    }
    return render(request, "registry/verified.html", context)


def _home(paper: Certificate) -> dict[str, str]:
    """Where the paper says it is at home, or where it was when the paper was issued, and what that is called now.

    The paper itself goes first: a change of divisions may take effect on the day of issue, or be written down later.
    """
    organisation, on = paper.organisation, paper.issued_on
    now = organisation.place.lineage_names()
    if printed := paper.details.get("place"):
        return {"then": printed, "now": now}
    held = organisation.standings.in_force(on).first()
    return {"then": lineage.full_name(held.place_code, on) if held else now, "now": now}


def track(request: HttpRequest) -> HttpResponse:
    """Follow a case with receipt number and query code; no personal data, no names of staff."""
    form = TrackForm(request.GET if "number" in request.GET else None)
    context = {"form": form, "missing": "", "case": None}
    if form.is_bound and form.is_valid():
        _limit(request)
        found = (
            Case.objects.filter(
                number=_receipt(form.cleaned_data["number"]), query_code=narrow(form.cleaned_data["code"]).upper()
            )
            .select_related("place")
            .first()
        )
        more = {"rating_url": service_path(found) if ratings.may_rate(found) else ""} if found else {}
        context |= {"case": found, "steps": public_steps(found)} | more if found else {"missing": NOT_FOUND}
    return render(request, "registry/track.html", context)


@login_required
def certificate(request: SignedIn, pk: int) -> HttpResponse:
    """The certificate as PDF, for whoever may see its organisation's case."""
    found = get_object_or_404(
        Certificate.objects.select_related("organisation"), pk=pk, case__in=Case.objects.visible_to(request.user)
    )
    return pdf(documents.certificate(found, url=absolute(request, found.get_absolute_url())), f"{found.number}.pdf")


@login_required
def receipt_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The receipt of an application as PDF."""
    case = visible(request, pk)
    if not case.number:
        raise Refusal("申请还没有提交，没有回执", code="no_receipt")
    names = [
        line.paper.label + ("（承诺补交）" if line.material.is_promise else "")
        for line in papers.checklist(case)
        if line.material
    ]
    return pdf(documents.receipt(case, url=track_url(request, case), papers=names), f"回执{case.number}.pdf")


def _receipt(text: str) -> str:
    """A receipt number as typed, also without its first and last character and without the brackets no phone has."""
    number = numbers.as_printed(text)
    found = RECEIPT.fullmatch(number)
    return "收{}〔{}〕{}号".format(*found.groups()) if found else number


def pdf(body: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and is saved under a name."""
    answer = HttpResponse(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer
