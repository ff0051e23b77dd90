"""Whose turn it is in a case: the moves somebody is waited for, the desks that have the next word, who sits there."""

from portal.models import User
from registry.casework import kinds
from registry.flows import Move, leaving
from registry.models import Case, Office
from registry.models.offices import OfficeQuerySet
from registry.scope import DESK, roles_over


def waiting(case: Case) -> list[Move]:
    """The moves that may follow and wait for somebody: neither the system's own nor those nobody is waited for."""
    return [move for move in leaving(kinds.of(case.kind).flow(case), case.state) if not (move.silent or move.aside)]


def desks(case: Case) -> frozenset[str]:
    """The desk roles that have the next word; none while the applicant or nobody has it."""
    return frozenset({move.role for move in waiting(case)} & DESK)


def at_desk(case: Case, user: User) -> bool:
    """Whether one of this person's desks has the next word."""
    return bool(desks(case) & roles_over(user, case.place_code))


def officers(case: Case) -> OfficeQuerySet:
    """The offices that have the next word today."""
    return Office.objects.over(case.place_code).filter(role__in=desks(case))
