"""Who may see and do what, and where.

A role is held over a place through a dated office. Everything below the place is in its reach; nothing
else is. Rows outside the reach do not exist for the person: pages answer 404.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from portal.errors import NotAllowed
from portal.models import User
from registry import codes


class Role(models.TextChoices):
    APPLICANT = "applicant", "组织申请人"
    COMMUNITY = "community", "社区（村）工作人员"
    STREET = "street", "街道（乡镇）审核人员"
    DISTRICT = "district", "区县民政经办人员"
    APPROVER = "approver", "区县民政审批人员"
    LEADER = "leader", "领导（看板和组织名录）"
    ADVISER = "adviser", "会商单位人员（只看征求意见的办件）"


STAFF = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER})
DESK = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.APPROVER})


class SignedIn(HttpRequest):
    """A request whose user is known; for type checks behind `login_required`."""

    user: User


def reach(user: User, on: dt.date | None = None) -> list[tuple[str, str]]:
    """The (role, 12-digit code) pairs a person holds on a day; one query."""
    if not user.is_authenticated:
        return []
    day = on or timezone.localdate()
    known = user.known_offices  # of one request of the API
    if known and known.day == day:
        return list(known.held)
    return list(user.offices.in_force(day).values_list("role", "place__code"))


def staffed(user: User) -> list[str]:
    """The 12-digit codes of the places where a person holds an office as staff."""
    return [code for role, code in reach(user) if role in STAFF]


def roles_over(user: User, code: str, on: dt.date | None = None) -> set[str]:
    """The roles a person holds over a place, through an office there or above."""
    return {role for role, held in reach(user, on) if codes.contains(held, code)}


def require(user: User, role: str, code: str) -> None:
    """`NotAllowed` unless the person holds the role over the place."""
    if role not in roles_over(user, code):
        raise NotAllowed(f"此操作需要“{Role(role).label}”权限，请联系本地管理员", code="not_allowed")


def within(spans: list[str], field: str = "place_code") -> models.Q:
    """Rows whose code lies in any of the places; nothing for no place."""
    inside = models.Q(pk__in=[])
    for code in spans:
        first, end = codes.span(code)
        inside |= models.Q(**{f"{field}__gte": first, f"{field}__lt": end})
    return inside


class ScopedQuerySet(models.QuerySet):
    """A queryset whose rows each belong to a place, by the 12-digit code in `scope_field`."""

    scope_field = "place_code"

    def visible_to(self, user: User) -> Self:
        """Rows inside any place where the person holds an office as staff; none for a stranger."""
        return self.filter(within(staffed(user), self.scope_field))

    def inside(self, code: str) -> Self:
        """Rows of a place (2 to 12 digits) and of everything below it."""
        return self.filter(within([codes.normalise(code)], self.scope_field))
