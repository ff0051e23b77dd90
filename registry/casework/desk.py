"""The worklist: what waits for me, what I opened, what is late. Counts cost a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from registry.casework import actions
from registry.models import Case, Notice, State
from registry.scope import DESK, Role, reach, within

TABS = {"waiting": "待我办理", "mine": "我经办的", "late": "已超期", "all": "全部办件"}
PAGE = 50


def tab(user: User, name: str) -> QuerySet[Case]:
    """The cases of one tab, oldest due first where somebody has to act, newest first elsewhere."""
    if name == "waiting":
        return waiting(user).order_by("due_on", "id")
    if name == "mine":
        return Case.objects.filter(opened_by=user)
    if name == "late":
        return Case.objects.visible_to(user).overdue(timezone.localdate()).order_by("due_on", "id")
    return Case.objects.visible_to(user)


BEGINNERS = {Role.APPLICANT, Role.COMMUNITY, Role.STREET, Role.DISTRICT}


def may_begin(user: User) -> bool:
    """Whether this person may open a new case somewhere."""
    return any(role in BEGINNERS for role, _ in reach(user))


def first_tab(user: User) -> str:
    """What waits, for whoever holds a desk; one's own cases for everybody else."""
    return "waiting" if any(role in DESK for role, _ in reach(user)) else "mine"


def waiting(user: User) -> QuerySet[Case]:
    """Cases in which one of this person's offices has the next word."""
    found = Case.objects.none()
    held = [(role, code) for role, code in reach(user) if role in DESK]
    for role in sorted({role for role, _ in held}):
        places = [code for its, code in held if its == role]
        found = found | Case.objects.filter(actions.waiting_on(role)).filter(within(places))
    returned = Case.objects.filter(opened_by=user, state=State.RETURNED)
    return (found | returned).distinct()


@dataclass(frozen=True)
class Door:
    """Something a person may begin from the first page."""

    label: str
    hint: str
    url: str


def panel(request: HttpRequest) -> dict:
    """What the first page shows this person."""
    user = request.user
    if not user.is_authenticated:
        return {"visitor": True}
    roles = {role for role, _ in reach(user)}
    first = waiting(user).select_related("place")[:6]
    return {
        "visitor": False,
        "waiting": list(first),
        "drafts": Case.objects.filter(opened_by=user, state=State.DRAFT).select_related("place")[:5],
        "mine": Case.objects.filter(opened_by=user).exclude(state=State.DRAFT).select_related("place")[:6],
        "desk": bool(roles & DESK),
        "notices": Notice.objects.filter(user=user).select_related("case")[:6],
        "doors": doors(roles),
    }


def doors(roles: set[str]) -> list[Door]:
    """What the roles of a person let them begin."""
    found = []
    if roles & BEGINNERS:
        found.append(Door("新办备案或登记", "先回答五个问题，看看该办哪一种", reverse("registry:guide")))
    if Role.COMMUNITY in roles:
        found.append(Door("社区列名", "规模小、松散的队伍，记一笔即可", reverse("filings:listing")))
    if Role.STREET in roles:
        found.append(Door("委托社区初审", "查看和办理对居（村）委会的委托", reverse("filings:delegations")))
    if Role.DISTRICT in roles:
        found.append(Door("从业禁止", "记录和查看不得担任负责人的人员", reverse("registry:bans")))
    if roles - {Role.APPLICANT}:
        found.append(Door("覆盖看板", "看本地离目标还差多少", reverse("supervision:home")))
        found.append(Door("提醒", "到期没有达到的目标", reverse("supervision:alerts")))
    return found
