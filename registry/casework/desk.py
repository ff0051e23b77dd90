"""The worklist: what is in my hands, what waits for my desk, what is late. Counts cost a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case as Choice
from django.db.models import F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from registry import clock
from registry.casework import actions, own
from registry.models import Case, Notice, State, Step
from registry.scope import DESK, STAFF, Role, reach, within

TABS = {
    "held": "我领取的",
    "waiting": "本岗位待办",
    "soon": "即将到期",
    "others": "等待他人",
    "mine": "我经办的",
    "late": "已超期",
    "all": "全部办件",
}
APPLICANT = {"mine": "我经办的", "waiting": "待我补正", "others": "等待他人", "all": "全部办件"}
EMPTY = {
    "held": ("您现在没有领取办件", "在“本岗位待办”里打开一件，可以先领取再办理。"),
    "waiting": ("现在没有等您办理的事项", "有新的申请到您这一环节时，会出现在这里。"),
    "soon": ("没有两个工作日内到期的办件", "快到本环节期限的办件，会出现在这里。"),
    "others": ("没有在等别人办理的办件", "您办过、正在别的环节的办件，会出现在这里。"),
    "mine": ("您还没有经办过办件", "您新办的申请会出现在这里。"),
    "late": ("没有超期的办件", "超过本环节期限还没有办理的，会出现在这里。"),
    "all": ("这里还没有办件", "本地的申请提交以后，会出现在这里。"),
}
SOON = 2  # working days before the day of the stage from which a case is due soon
DUE_FIRST = (F("due_on").asc(nulls_last=True), "id")
GIVEN_BACK_FIRST = Choice(When(state=State.RETURNED, then=0), default=1)  # an applicant waits for nobody else


class Desk:
    """The worklist of one person; the same few queries however many cases there are."""

    def __init__(self, user: User, *, on: dt.date | None = None) -> None:
        self.user, self.on = user, on or timezone.localdate()

    @cached_property
    def held(self) -> list[tuple[str, str, int | None]]:
        """(role, code, for whom) of every office of today."""
        if not self.user.is_authenticated:
            return []
        return list(self.user.offices.in_force(self.on).values_list("role", "place__code", "stands_in_for__user"))

    @cached_property
    def turn(self) -> Q:
        """Cases in which one of this person's desks has the next word, or which came back to him to be mended."""
        found = Q(opened_by=self.user.pk, state=State.RETURNED)
        for role in sorted({role for role, _, _ in self.held} & DESK):
            found |= actions.waiting_on(role) & within([code for its, code, _ in self.held if its == role])
        for _, code, absent in self.held:
            if absent:
                found |= Q(opened_by=absent, state=State.RETURNED) & within([code])
        return found

    @cached_property
    def visible(self) -> QuerySet[Case]:
        return Case.objects.visible_to(self.user)

    @property
    def tabs(self) -> dict[str, str]:
        """The tabs that mean something to this person: who holds no desk has nothing to take and no limit to keep."""
        return TABS if any(role in DESK for role, _, _ in self.held) else APPLICANT

    def rows(self, tab: str) -> QuerySet[Case]:
        """The cases of one tab: oldest due first where somebody has to act, newest first elsewhere."""
        return getattr(self, f"_{tab}")()

    def _held(self) -> QuerySet[Case]:
        return Case.objects.filter(held_by=self.user, held_until__gt=timezone.now()).order_by(*DUE_FIRST)

    def _waiting(self) -> QuerySet[Case]:
        return Case.objects.filter(self.turn).order_by(GIVEN_BACK_FIRST, *DUE_FIRST)

    def _soon(self) -> QuerySet[Case]:
        return self._waiting().filter(due_on__range=(self.on, clock.after_working_days(self.on, SOON).on))

    def _others(self) -> QuerySet[Case]:
        touched = Q(opened_by=self.user) | Q(pk__in=Step.objects.filter(by=self.user).values("case"))
        handed_in = self.visible.open().exclude(state=State.DRAFT)
        return handed_in.filter(touched).exclude(self.turn).order_by(*DUE_FIRST)

    def _mine(self) -> QuerySet[Case]:
        return Case.objects.filter(opened_by=self.user)

    def _late(self) -> QuerySet[Case]:
        return self.visible.overdue(self.on).order_by(*DUE_FIRST)

    def _all(self) -> QuerySet[Case]:
        return self.visible


BEGINNERS = {Role.APPLICANT, Role.COMMUNITY, Role.STREET, Role.DISTRICT}


def may_begin(user: User) -> bool:
    """Whether this person may open a new case somewhere."""
    return any(role in BEGINNERS for role, _ in reach(user))


def first_tab(user: User) -> str:
    """What waits, for whoever holds a desk; one's own cases for everybody else."""
    return "waiting" if any(role in DESK for role, _ in reach(user)) else "mine"


def waiting(user: User) -> QuerySet[Case]:
    """Cases in which one of this person's desks has the next word."""
    return Desk(user).rows("waiting")


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
    first = waiting(user).select_related("place", "held_by")[:6]
    led = own.organisations(user, timezone.localdate())
    begun = Case.objects.filter(opened_by=user, state=State.DRAFT).exclude(
        organisation__in=[one.organisation.pk for one in led]  # there they are carried on by their own buttons
    )
    return {
        "visitor": False,
        "waiting": list(first),
        "drafts": begun.select_related("place")[:5],
        "mine": Case.objects.filter(opened_by=user).exclude(state=State.DRAFT).select_related("place")[:6],
        "desk": bool(roles & DESK),
        "notices": Notice.objects.filter(user=user).select_related("case")[:6],
        "doors": doors(roles),
        "own": led,
    }


DOORS = (  # for whom, what it is called, what it is for, and the page
    (BEGINNERS, "新办备案或登记", "先回答五个问题，看看该办哪一种", "registry:guide"),
    ({Role.COMMUNITY}, "快速备案", "手机上一页填完，拍两张照片就交", "filings:quick"),
    ({Role.COMMUNITY}, "社区列名", "规模小、松散的队伍，记一笔即可", "filings:listing"),
    (DESK, "承诺补交的材料", "容缺受理后还没有交的，哪些已逾期", "registry:debts"),
    (DESK, "外出和交接", "安排代办，或把在办工作交给同事", "registry:absences"),
    ({Role.STREET}, "委托社区初审", "查看和办理对居（村）委会的委托", "filings:delegations"),
    ({Role.DISTRICT}, "从业禁止", "记录和查看不得担任负责人的人员", "registry:bans"),
    (
        {Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER},
        "评价汇总",
        "申请人觉得办得怎么样，按月看",
        "registry:ratings",
    ),
    (
        {Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER},
        "差评核实",
        "没有经手的人核实原因，写明整改情况",
        "registry:ratingreviews",
    ),
    ({Role.DISTRICT}, "消息模板", "短信和邮件怎么写", "registry:wordings"),
    (STAFF, "拟登记台账", "离登记不远的备案组织：提名、认定、列入和扶持", "registry:candidates"),
    ({Role.ADVISER}, "征求意见", "您单位要答复的办件", "registry:opinions"),
    (STAFF, "覆盖看板", "看本地离目标还差多少", "supervision:home"),
    (STAFF, "提醒", "到期没有达到的目标", "supervision:alerts"),
    (STAFF, "交办事项", "预计达不到的目标，请街道想办法", "supervision:assignments"),
)


def doors(roles: set[str]) -> list[Door]:
    """What the roles of a person let them begin."""
    return [Door(label, hint, reverse(page)) for whose, label, hint, page in DOORS if roles & whose]
