"""Having a case in hand: take it, put it back, take it over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from registry.casework import leases
from registry.models import Case
from registry.scope import SignedIn
from registry.views.cases import visible
from registry.views.trail import trail


@login_required
@require_POST
def take(request: SignedIn, pk: int) -> HttpResponse:
    """Have a case in hand for a while."""
    case = leases.take(visible(request, pk), by=request.user)
    messages.success(request, f"已由您领取，到{timezone.localtime(case.held_until):%H:%M}")
    return _back(request, case)


@login_required
@require_POST
def put_back(request: SignedIn, pk: int) -> HttpResponse:
    """Give back what one has in hand."""
    case = leases.release(visible(request, pk), by=request.user)
    messages.success(request, "已放回，同岗位的同事都可以办理")
    return _back(request, case)


@login_required
@require_POST
def take_over(request: SignedIn, pk: int) -> HttpResponse:
    """Take a case out of a colleague's hands, for a reason he is told."""
    holder = request.POST.get("holder", "")
    known = int(holder) if holder.isascii() and holder.isdigit() and len(holder) < 10 else 0
    case = leases.take_over(
        visible(request, pk), by=request.user, reason=request.POST.get("reason", "")[:200], holder=known
    )
    messages.success(request, "已由您接手，原领取人会收到消息")
    return _back(request, case)


def _back(request: SignedIn, case: Case) -> HttpResponse:
    way = trail(request)
    return redirect(way.link(case.pk) if way else case)
