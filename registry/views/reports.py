"""Who has reported and who has not, by kind and period, for the desks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.errors import NotAllowed
from registry import arrears
from registry.arrears import Book
from registry.models import Organisation, Report
from registry.paging import key_page
from registry.periods import Period
from registry.scope import STAFF, SignedIn, reach


@login_required
def reports(request: SignedIn) -> HttpResponse:
    """The organisations of my places that owe a report for a period, fifty a page."""
    held = [code for role, code in reach(request.user) if role in STAFF]
    if not held:
        raise NotAllowed("报送情况由街道（乡镇）和民政部门查看", code="not_allowed")
    book = Book(timezone.localdate())
    offered = arrears.offered(book, held)
    kind = _chosen(request.GET.get("kind"), offered)
    spans = arrears.spans(book, kind)
    period = next((one for one in spans if one.key == request.GET.get("period")), spans[0])
    mine = Organisation.objects.visible_to(request.user)
    rows = arrears.owing(book, kind, period).filter(pk__in=mine.values("pk"))
    return render(
        request,
        "registry/reports.html",
        _context(request, book, kind, period, rows)
        | {
            "kinds": [(one, Report.Kind(one).label) for one in offered],
            "spans": spans,
        },
    )


def _chosen(kind: str | None, offered: list[str]) -> str:
    return kind if kind in offered else offered[0]


def _context(request: SignedIn, book: Book, kind: str, period: Period, rows) -> dict:
    state = request.GET.get("state", "")
    narrowed = arrears.narrowed(rows, state).select_related("place__parent")
    page = key_page(narrowed, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return {
        "page": page,
        "lines": arrears.lines(book, page.rows, kind, period),
        "counts": arrears.counts(rows),
        "kind": kind,
        "kind_label": Report.Kind(kind).label,
        "period": period,
        "state": state if state in arrears.STATES else "",
        "states": arrears.STATES,
    }
