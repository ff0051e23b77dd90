"""Which cases a client may see, and in which it may write: its account's offices, narrowed to the token's places."""

from django.shortcuts import get_object_or_404

from portal.api.callers import Caller
from portal.api.doors import Door
from registry.api.acts.actions import require_scope
from registry.api.reach import own_cases
from registry.models import Case
from registry.models.cases import CaseQuerySet
from registry.scope import Role


def shown(caller: Caller) -> CaseQuerySet:
    """The client's own cases, and those the places of its token show; `NotAllowed` for a token that reads no cases."""
    return own_cases(Case.objects.all(), caller)


def find(caller: Caller, pk: int) -> Case:
    """A case with its place; 404 for whoever may not know of it."""
    return get_object_or_404(shown(caller).select_related("place"), pk=pk)


def hold(caller: Caller, pk: int) -> Case:
    """A case, locked to be changed from the applicant's side; 404 for strangers, 403 outside the token's places."""
    rows = shown(caller).select_for_update(of=("self",)).select_related("place", "organisation__place", "opened_by")
    case = get_object_or_404(rows, pk=pk)
    require_scope(case, Role.APPLICANT, caller)
    return case


class OfCase(Door):
    """A door of one case (`pk`)."""

    def require_sight(self) -> None:
        """What was answered of a case is repeated only to who may still read it."""
        if "pk" in self.kwargs:
            find(self.caller, self.kwargs["pk"])
