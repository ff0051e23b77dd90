"""What comes of a case: its receipt and its certificate."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from registry import documents
from registry.api.cases import history, replies
from registry.api.cases.doors import CaseDoor
from registry.api.cases.reach import find
from registry.casework import papers
from registry.links import absolute, track_url
from registry.models import Case, Certificate, Clock

PDF = "application/pdf"


def _handed_in(case: Case) -> Case:
    if not case.number:
        raise Http404
    return case


def _papers(case: Case) -> list[str]:
    lines = [line for line in papers.checklist(case) if line.material]
    return [line.paper.label + ("（承诺补交）" if line.material.is_promise else "") for line in lines]


class CaseReceipt(CaseDoor):
    """The receipt of an application."""

    @operation("cases.receipt", "回执", ability="cases.read", answers={200: replies.ReceiptTold}, refuses=(404,))
    def get(self, request: Request, pk: int) -> Response:
        return self.told(_receipt(_handed_in(find(self.caller, pk)), self, request))


def _receipt(case: Case, door: CaseDoor, request: Request) -> dict[str, Any]:
    mine = case.opened_by_id == door.caller.user.pk
    return {
        "number": case.number,
        "query_code": case.query_code if mine else None,
        "name": case.name,
        "item_label": case.matter,
        "submitted_at": case.submitted_at,
        "promised_on": case.promised_on,
        "limits": [one for one in history.deadlines(case)["limits"] if one["scope"] != Clock.Scope.STAGE],
        "materials": _papers(case),
        "track_url": track_url(request, case) if mine else "",
    }


class CaseReceiptPdf(CaseDoor):
    """The receipt on paper."""

    @operation(
        "cases.receipt_pdf",
        "回执（PDF）",
        ability="cases.read",
        description="上面印有查询码，只给新建的接入方，其他接入方是 404。",
        answers={200: None},
        media=PDF,
        refuses=(404, 422),
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        case = _handed_in(find(self.caller, pk))
        if case.opened_by_id != self.caller.user.pk:  # the query code stands on it
            raise Http404
        body = documents.receipt(case, url=track_url(request, case), papers=_papers(case))
        return pdf(body, f"回执{case.number}.pdf")


class CaseCertificatePdf(CaseDoor):
    """The certificate on paper."""

    @operation(
        "cases.certificate_pdf", "证书（PDF）", ability="cases.read", answers={200: None}, media=PDF, refuses=(404, 422)
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        found = Certificate.objects.select_related("organisation").filter(case=find(self.caller, pk)).first()
        if found is None:
            raise Http404
        body = documents.certificate(found, url=absolute(request, found.get_absolute_url()))
        return pdf(body, f"{found.number}.pdf")


def pdf(body: bytes, name: str) -> HttpResponse:
    """A PDF to be saved under a name."""
    answer = HttpResponse(body, content_type=PDF)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
