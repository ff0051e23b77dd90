"""Who may write in a case: the person who opened it, or the committee of the place it belongs to."""

from django.db import transaction

from portal import actions as audit
from portal.errors import NotAllowed
from portal.models import User
from registry.casework.kinds import Kind
from registry.models import Case, Jurisdiction, Office, Organisation, State
from registry.scope import DESK, Role, roles_over

EDITABLE = (State.DRAFT, State.RETURNED)


def speaks_for(user: User, organisation: Organisation | None) -> bool:
    """Whether the person is the contact of the organisation (`registry.models.Contact`)."""
    if organisation is None:
        return False
    own = user.contacts.in_force().filter(organisation=organisation).select_related("term")
    return any(contact.is_current for contact in own)


def may_open(kind: Kind, user: User, place: Jurisdiction, organisation: Organisation | None = None) -> bool:
    """Whether the person may begin a case of this kind: by an office there, or for his own organisation.

    To be an applicant somewhere opens nothing about an organisation that is somebody else's.
    """
    if organisation is None:
        return bool(roles_over(user, place.code) & kind.openers)
    if organisation.place_code != place.code:
        return False
    held = roles_over(user, place.code) & kind.openers
    own = Role.APPLICANT in kind.openers and speaks_for(user, organisation)
    return own or bool(held - {Role.APPLICANT}) or (Role.APPLICANT in held and applied_for(user, organisation))


def applied_for(user: User, organisation: Organisation) -> bool:
    """Whether the person put the organisation on the register and nobody else speaks for it since."""
    if organisation.contacts.in_force().exists():
        return False
    return organisation.cases.filter(opened_by=user, state=State.APPROVED).exists()


def require_opener(kind: Kind, user: User, place: Jurisdiction, organisation: Organisation | None = None) -> None:
    """`NotAllowed` for everybody who may not begin such a case."""
    if not may_open(kind, user, place, organisation):
        raise NotAllowed(f"您没有在“{place}”办理“{kind.label}”的权限", code="not_allowed")


def may_write(case: Case, user: User) -> bool:
    """Whether the person may fill in, hand in or withdraw this application: the opener, whoever stands in for him
    there, the committee."""
    if case.opened_by_id == user.pk or Role.COMMUNITY in roles_over(user, case.place_code):
        return True
    return user.offices.over(case.place_code).filter(stands_in_for__user=case.opened_by_id).exists()


def require_writer(case: Case, user: User) -> None:
    """`NotAllowed` for everybody else, however much of the case they may read."""
    if not may_write(case, user):
        raise NotAllowed("只有经办人或所在社区（村）可以修改、提交或撤回这份申请", code="not_allowed")


def holders(role: str, place_code: str) -> list[User]:
    """Who holds a role over a place today, nearest place first: whom to ask."""
    offices = Office.objects.over(place_code).filter(role=role)
    return list(dict.fromkeys(office.user for office in offices.select_related("user").order_by("-place__code", "id")))


def require_bringer(case: Case, user: User) -> None:
    """`NotAllowed` for everybody who may not bring a promised paper: the applicant's side, its contact included."""
    if not may_write(case, user) and not speaks_for(user, case.organisation):
        raise NotAllowed("只有经办人、所在社区（村）或组织联系人可以补交材料", code="not_allowed")


LABELS = {"leader_id_number": "负责人身份证号", "leader_phone": "负责人电话"}


def may_reveal(case: Case, user: User) -> bool:
    """The desks that compare the application with papers; leaders and applicants never need the plain numbers."""
    return bool(roles_over(user, case.place_code) & DESK)


@transaction.atomic
def reveal(case: Case, *, by: User) -> list[tuple[str, str]]:
    """(label, number in plain) of a case, with an audit row for the look (个人信息保护法 51)."""
    if not may_reveal(case, by):
        raise NotAllowed("查看完整号码需要本级办理权限", code="not_allowed")
    audit.note("case.reveal", f"case:{case.pk}", by=by, place_code=case.place_code, summary=f"{case}：查看完整号码")
    return [(LABELS[name], number) for name, number in sorted(case.sealed.items()) if number]
