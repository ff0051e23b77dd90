"""The fixed tables of statistics, for the clauses in `SOURCES`. Pure.

A table is a list of columns over numbers with fixed keys. Tables and keys are never changed once something was frozen
with them; what is new becomes a new column at the end or a new table.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SOURCES = {  # the area a document is for → where it asks for statistics or appraisals
    "120000000000": "津民发〔2018〕61号 五（一）",
    "500112000000": "渝北民〔2021〕114号 四（二）",
    "330300000000": "温民社组〔2018〕127号 六（二十一）",
}


@dataclass(frozen=True)
class Column:
    """A number, or with `over` one number over another: an average (each) or a share (%)."""

    key: str
    label: str
    over: str = ""
    average: bool = False


@dataclass(frozen=True)
class Form:
    """One fixed table: `key` is what it is stored under; `flows` tells that it counts what happened in the period."""

    key: str
    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    flows: bool = False


def cells(form: Form, numbers: Mapping[str, int]) -> list[int | list[int]]:
    """The row of a table: whole numbers, and [hits, base] pairs; what was not counted is 0."""
    found: list[int | list[int]] = []
    for column in form.columns:
        many = numbers.get(column.key, 0)
        found.append([many, numbers.get(column.over, 0)] if column.over else many)
    return found


BASICS = Form(
    "basics",
    "基本情况表",
    (
        Column("avg_urban.base", "城市社区"),
        Column("avg_rural.base", "农村社区"),
        Column("standing", "登记和备案的组织"),
        Column("registered.hits", "已登记"),
        Column("form.association", "社会团体"),
        Column("form.social_service_org", "社会服务机构"),
        Column("form.foundation", "基金会"),
        Column("filed.hits", "已备案"),
        Column("listed.hits", "社区指导"),
        Column("set_apart.hits", "街道范围和枢纽组织"),
        Column("avg_urban.hits", "城市社区平均", "avg_urban.base", average=True),
        Column("avg_rural.hits", "农村社区平均", "avg_rural.base", average=True),
    ),
    (
        "按报告期最后一天的登记、备案和列名状态统计。社会团体、社会服务机构和基金会是已登记组织的组织形式。",
        "社区平均数按本地文件的口径，不含街道范围的组织和枢纽组织。",
    ),
)
CATEGORIES = Form(
    "categories",
    "组织类别表",
    (
        Column("category.community_service", "社区服务"),
        Column("category.living_service", "生活服务"),
        Column("category.elderly_care", "养老服务"),
        Column("category.hardship_relief", "扶危助困"),
        Column("category.charity_relief", "慈善救助"),
        Column("category.public_charity", "公益慈善"),
        Column("category.mutual_aid", "邻里互助"),
        Column("category.culture_sports", "文体娱乐"),
        Column("category.agri_rural", "农村生产技术服务"),
        Column("category.science_tech", "科技"),
        Column("category.industry_association", "行业协会商会"),
        Column("category.other", "其他"),
        Column("category.", "没有填写类别"),
    ),
    ("报告期最后一天登记和备案的组织，按定稿时所填的类别统计。",),
)
CASES = Form(
    "cases",
    "办件情况表",
    (
        Column("received", "收件"),
        Column("approved", "办结"),
        Column("rejected", "不予通过"),
        Column("withdrawn", "撤回"),
        Column("open", "期末在办"),
        Column("corrections", "补正次数"),
        Column("in_time", "承诺期限内办结", "promised"),
        Column("new.filed", "新备案"),
        Column("new.registered", "新登记"),
        Column("new.converted", "备案转登记"),
        Column("changed", "变更"),
        Column("ended.filed", "备案终止"),
        Column("ended.registered", "登记终止"),
    ),
    (
        "收件、办结、不予通过和撤回按报告期内的办件统计，包括各类事项；承诺期限内办结的占有承诺期限的决定。",
        "新备案、新登记和终止按状态沿革统计；只是迁址、改变活动范围或组织形式的不计入。",
    ),
    flows=True,
)
HUBS = Form(
    "hubs",
    "枢纽与党建情况表",
    (
        Column("hub_street.hits", "有枢纽或支持型组织的街道（乡镇）", "hub_street.base"),
        Column("hub_registered.hits", "有登记枢纽的街道（乡镇）", "hub_registered.base"),
        Column("federation_street.hits", "有联合会的街道（乡镇）", "federation_street.base"),
        Column("hub_community.hits", "有枢纽或支持型组织的社区（村）", "hub_community.base"),
        Column("hub_staff.hits", "专职社工配齐的枢纽组织", "hub_staff.base"),
        Column("party.hits", "党组织覆盖的组织", "party.base"),
        Column("cover.own", "单独建立"),
        Column("cover.joint", "联合建立"),
        Column("cover.fallback", "兜底管理"),
        Column("leader_party.hits", "负责人是党员的组织", "leader_party.base"),
    ),
    ("按报告期最后一天的情况统计。负责人是党员的，占已知负责人是否党员的组织。",),
)
FORMS = (BASICS, CATEGORIES, CASES, HUBS)
TARGETS = "targets"  # its rows are the targets of the documents, not places
TITLES = {form.key: form.title for form in FORMS} | {
    TARGETS: "目标完成情况表",
    "scorecard_street": "社区社会组织工作考核单",
    "scorecard_community": "社区社会组织工作考核单",
}
