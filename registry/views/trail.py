"""Where in the worklist a person stands, kept in addresses and forms as `from`: the tab and what narrows it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from registry.casework.desk import TABS, Desk
from registry.filters import CaseFilter
from registry.models import Case, Jurisdiction
from registry.scope import DESK, Role

KEPT = ("q", "kind", "place")
LONGEST = 500  # cases of a list that next and previous know
SHORT = 200  # letters of `from`


@dataclass
class Trail:
    """A list a person works through: tab and filters, always one of the known tabs."""

    user: User
    tab: str
    asked: QueryDict

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.user)

    @cached_property
    def filter(self) -> CaseFilter:
        return CaseFilter(self.asked, queryset=self.desk.rows(self.tab), places=places(self.desk))

    @property
    def rows(self) -> QuerySet[Case]:
        return self.filter.qs

    @property
    def kept(self) -> dict[str, str]:
        return {name: self.asked[name] for name in KEPT if self.asked.get(name)}

    @property
    def text(self) -> str:
        """The value of `from`."""
        return "&".join(filter(None, [self.tab, urlencode(self.kept)]))

    @property
    def url(self) -> str:
        """The list itself."""
        return f"{reverse('registry:cases')}?{urlencode({'tab': self.tab} | self.kept)}"

    @property
    def label(self) -> str:
        return self.desk.tabs.get(self.tab, TABS[self.tab])

    @cached_property
    def order(self) -> list[int]:
        """The keys of the cases of the list, in its order."""
        return list(self.rows.values_list("pk", flat=True)[:LONGEST])

    def beside(self, pk: int) -> tuple[int | None, int | None]:
        """The case before and the case after this one in the list; the first one after a case that left it."""
        if pk not in self.order:
            return None, next(iter(self.order), None)
        at = self.order.index(pk)
        return (self.order[at - 1] if at else None), (self.order[at + 1] if at + 1 < len(self.order) else None)

    def link(self, pk: int) -> str:
        """A case of the list, with the way back."""
        return f"{reverse('registry:case', args=[pk])}?{urlencode({'from': self.text})}"


def trail(request: HttpRequest) -> Trail | None:
    """The list this page was opened from; None when it was opened otherwise or `from` makes no sense."""
    return parsed(request.user, request.POST.get("from") or request.GET.get("from") or "")


def parsed(user: User, text: str) -> Trail | None:
    """The list a `from` speaks of."""
    tab, _, rest = text[:SHORT].partition("&")
    return Trail(user, tab, QueryDict(rest)) if tab in TABS and user.is_authenticated else None


def follow(before: Trail, at: int) -> int | None:
    """The case to open after the one at `at` was dealt with, from the list as it stood before: the next that still
    waits there, or the first one left; None when the list is worked through."""
    order = before.order
    place = order.index(at) if at in order else -1
    now = set(Trail(before.user, before.tab, before.asked).order) - {at}
    return next((pk for pk in [*order[place + 1 :], *order[: max(place, 0)], *sorted(now)] if pk in now), None)


def places(desk: Desk) -> list[tuple[str, str]]:
    """The places just below those where the person holds a desk, for a filter; one query."""
    own = {code for role, code, _ in desk.held if role in DESK | {Role.APPLICANT}}
    below = Jurisdiction.objects.standing_on(timezone.localdate()).filter(parent__code__in=own)
    return list(below.values_list("code", "name")[:300])
