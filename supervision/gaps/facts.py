"""Facts an organisation on the register should have, and what it means that one is not known."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.codes import NATION
from registry.models import LeaderTerm, Organisation, Service
from registry.scope import within

BOTH = ("registered", "filed")
REGISTERED = ("registered",)
Lacking = Callable[[dt.date], Q]


@dataclass(frozen=True)
class Fact:
    """What is asked of the organisations of some standings, and the condition under which nobody knows it.

    `column` facts stand on the organisation itself and are counted together in one statement; any other needs one
    of its own.
    """

    key: str
    label: str
    short: str
    lacking: Lacking
    standings: tuple[str, ...] = BOTH
    column: bool = True

    def missing(self, on: dt.date) -> Q:
        """The organisations that lack it today; `on` says whose term of office runs."""
        return Q(standing__in=self.standings) & self.lacking(on)


def _unsaid(field: str) -> Lacking:
    """A text or a choice that was left empty."""
    return lambda on: Q(**{field: ""})


def _unknown(*fields: str) -> Lacking:
    """Numbers of which none was given; zero is given."""
    return lambda on: Q(**dict.fromkeys(fields))


def _terms(on: dt.date) -> QuerySet:
    return LeaderTerm.objects.in_force(on).filter(organisation=OuterRef("pk"))


def _numberless(on: dt.date) -> Q:
    return Q(standing="registered", credit_code=None) | Q(standing="filed", filing_number=None)


FACTS = (
    Fact("category", "没有填类别的组织", "类别", _unsaid("category")),
    Fact("activities", "没有填主要活动的组织", "主要活动", _unsaid("activities")),
    Fact("number", "没有证书编号的组织", "证书编号", _numberless),
    Fact("leader", "没有负责人的组织", "负责人", lambda on: ~Exists(_terms(on)), column=False),
    Fact(
        "leader-phone",
        "没有负责人电话的组织",
        "负责人电话",
        lambda on: Exists(_terms(on).filter(phone="")),
        column=False,
    ),
    Fact(
        "leader-party",
        "不知道负责人是否党员的组织",
        "负责人是否党员",
        lambda on: Exists(_terms(on).filter(is_party_member=None)),
        column=False,
    ),
    Fact("members", "没有填会员（成员）数的组织", "会员数", _unknown("individual_members", "unit_members")),
    Fact("capital", "没有填注册资金的已登记组织", "注册资金", _unknown("capital"), REGISTERED),
    Fact("premises", "没有填活动场所的组织", "活动场所", _unsaid("premises")),
    Fact("address", "没有填地址的组织", "地址", _unsaid("address")),
    Fact("party-members", "没有填正式党员数的组织", "正式党员数", _unknown("full_party_members")),
    Fact("party", "没有党的组织记录的组织", "党的组织", _unsaid("party_organisation")),
    Fact(
        "services",
        "没有填服务人群的组织",
        "服务人群",
        lambda on: ~Exists(Service.objects.filter(organisation=OuterRef("pk"))),
        column=False,
    ),
)
BY_KEY = {fact.key: fact for fact in FACTS}


def organisations(code: str) -> QuerySet:
    """The organisations of a place that stand registered or filed today."""
    rows = Organisation.objects.filter(standing__in=BOTH).order_by()
    return rows if code == NATION else rows.filter(within([code]))
