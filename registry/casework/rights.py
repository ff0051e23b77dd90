"""Who may write in a case: the person who opened it, or the committee of the place it belongs to."""

from portal.errors import NotAllowed
from portal.models import User
from registry.models import Case, State
from registry.scope import Role, roles_over

EDITABLE = (State.DRAFT, State.RETURNED)


def may_write(case: Case, user: User) -> bool:
    """Whether the person may fill in, hand in or withdraw this application."""
    return case.opened_by_id == user.pk or Role.COMMUNITY in roles_over(user, case.place_code)


def require_writer(case: Case, user: User) -> None:
    """`NotAllowed` for everybody else, however much of the case they may read."""
    if not may_write(case, user):
        raise NotAllowed("只有经办人或所在社区（村）可以修改、提交或撤回这份申请", code="not_allowed")
