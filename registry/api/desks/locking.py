"""The case a desk's client acts on: there for who may know of it, locked, with the token's places looked at."""

from django.http import Http404

from portal.api.callers import Caller
from portal.api.doors import Door
from portal.api.scopes import STAGED
from portal.errors import NotAllowed
from registry.api.acts.besides import desk_in_token
from registry.api.cases.reach import shown
from registry.api.cases.state import etag
from registry.casework import turns
from registry.models import Case
from registry.scope import roles_over


def locked(door: Door, pk: int) -> Case:
    """The case, locked until the answer stands, once If-Match was compared; 404 for a stranger, 412 when it moved."""
    if not shown(door.caller).filter(pk=pk).exists():
        raise Http404
    case = Case.objects.select_for_update(of=["self"]).select_related("place").get(pk=pk)
    door.match(etag(case))
    return case


def require_desk_scope(case: Case, caller: Caller) -> None:
    """`NotAllowed` (scope_missing) when the client has the desk that has the next word, and its token does not say so.

    Who has not the desk at all is told so by the act itself.
    """
    mine = turns.desks(case) & roles_over(caller.user, case.place_code)
    if mine and not desk_in_token(case, caller):
        named = "、".join(f"{STAGED}:{role}@{case.place_code}" for role in sorted(mine))
        raise NotAllowed(f"令牌没有在这里办理这一步的权限（{named}）", code="scope_missing")
