"""Where a token lets its client look: its own places, as far as its offices still give them."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.api.callers import Caller
from registry import codes
from registry.models import Jurisdiction
from registry.scope import STAFF, reach, within


def seen(rows: QuerySet, caller: Caller, ability: str, field: str = "place_code") -> QuerySet:
    """Of rows without `visible_to` those in the places of the token where the client is staff today."""
    held = [code for role, code in reach(caller.user) if role in STAFF]
    return rows.filter(within(held, field), within(caller.places(ability), field))


def own_cases(rows: QuerySet, caller: Caller) -> QuerySet:
    """Of cases those the client sees, narrowed to the places of its token; its own wherever they are."""
    shown = within(caller.places("cases.read")) | Q(opened_by=caller.user)
    return rows.visible_to(caller.user).filter(shown)


def place(caller: Caller, ability: str, code: str) -> Jurisdiction:
    """The place with this code (12 digits); 404 for one outside the token, as for one that is not."""
    held = [each for role, each in reach(caller.user) if role in STAFF and codes.contains(each, code)]
    if not held or not any(codes.contains(each, code) for each in caller.places(ability)):
        raise Http404
    found = Jurisdiction.objects.filter(code=code).select_related("parent").first()
    if found is None:
        raise Http404
    return found
