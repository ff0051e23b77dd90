"""Which lists of the register and of casework can be taken away in bulk: the same rows, the same words."""

from typing import Any

from django.db.models import QuerySet

from portal.api.callers import Caller
from portal.api.scopes import Scope
from portal.models import User
from registry.api.cases import bodies, doors, reach, replies, shape
from registry.api.register import organisations, reading, shapes
from registry.exports.kinds import Kind
from registry.models import Case

READ = "cases.read"


def _cases(user: User, places: list[str], asked: dict[str, Any]) -> QuerySet:
    """The rows of the list of cases, as a token for these places would show them."""
    caller = Caller(user.client, tuple(Scope(READ, place) for place in places))
    return doors.filtered(reach.shown(caller), asked, user.pk).only(*shape.LINE)


def _case(case: Case, user: User) -> dict[str, Any]:
    return shape.line(case, Caller(user.client, ()))


ORGANISATIONS = Kind(
    ability=organisations.ABILITY,
    query=shapes.OrganisationQuery,
    item=shapes.OrganisationTold,
    rows=reading.rows,
    shape=lambda row, user: reading.shape(row),
    names=reading.KEY,
)
CASES = Kind(
    ability=READ, query=bodies.CaseListQuery, item=replies.CaseLine, rows=_cases, shape=_case, names=("id",), down=True
)
