"""The demo accounts: a full cast in each of the five counties."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from portal.models import User
from registry.models import Jurisdiction, Office
from registry.scope import Role

PASSWORD = "shequ-2026-demo"
SINCE = dt.date(2016, 1, 1)
UNIT = "卫生健康委员会"  # the body of the county that is asked for an opinion
COUNTIES = {"hexi": "120103", "qingxiu": "450103", "yubei": "500112", "changyi": "220202", "lucheng": "330302"}


@dataclass(frozen=True)
class Part:
    """One person of a county's cast."""

    key: str
    name: str
    role: str
    level: int
    title: str
    does: str


CAST = (
    Part("shequ", "小王", Role.COMMUNITY, 5, "社区工作人员", "替组织填报、初审和上报"),
    Part("jiedao", "老李", Role.STREET, 4, "街道民政办审核员", "审核、退回、决定备案"),
    Part("jiedao2", "陈姐", Role.STREET, 4, "街道民政办副主任", "另一位决定人，初审过的件由她决定"),
    Part("quxian", "张科", Role.DISTRICT, 3, "民政局社会组织科经办", "受理、审查登记"),
    Part("shenpi", "孙局", Role.APPROVER, 3, "民政局分管领导", "批准登记"),
    Part("lingdao", "赵局", Role.LEADER, 3, "区领导", "看覆盖看板"),
    Part("huishang", "吴姐", Role.ADVISER, 3, UNIT, "答复征求意见，只看征求到的办件"),
    Part("zuzhi", "李阿姨", Role.APPLICANT, 5, "组织负责人", "自己申请、补正、查进度"),
)


def cast() -> dict[str, dict[str, User]]:
    """Make the accounts that are not there yet; {county: {part: user}}."""
    secret = make_password(PASSWORD)
    return {
        county: {part.key: _person(county, code, part, secret) for part in CAST} for county, code in COUNTIES.items()
    }


def _person(county: str, code: str, part: Part, secret: str) -> User:
    user, made = User.objects.get_or_create(
        username=f"{county}-{part.key}", defaults={"name": part.name, "password": secret}
    )
    if made:
        Office.objects.create(user=user, role=part.role, place=seat(code, part.level), title=part.title, starts=SINCE)
    return user


def seat(county: str, level: int) -> Jurisdiction:
    """The county itself, its first street, or the first community of that street."""
    rows = Jurisdiction.objects.within(county).filter(level=level)
    if level == Jurisdiction.Level.COMMUNITY:
        rows = rows.filter(parent=seat(county, Jurisdiction.Level.STREET))
    if level == Jurisdiction.Level.STREET:
        rows = rows.exclude(children=None)
    return rows.order_by("code").first()


def accounts() -> list[tuple[str, str, str]]:
    """(username, who and where, what for) of every demo account, county by county."""
    places = {code: Jurisdiction.objects.filter(code=code.ljust(12, "0")).first() for code in COUNTIES.values()}
    return [
        (f"{county}-{part.key}", f"{places[code] or code} {part.title} {part.name}", part.does)
        for county, code in COUNTIES.items()
        for part in CAST
    ]
