"""The closed vocabulary of the packs: operators, units, levels, legal forms, hub types and themes, in words."""

from dataclasses import dataclass, field
from typing import Any

OPS = {
    "≥": "不少于",
    "≤": "不超过",
    "==": "",
    "between": "",
    "in": "包括",
    "all_of": "须同时具备",
    "none_of": "不得兼任",
    "ordered": "依次为",
    "by_category": "按类别",
    "increase": "逐步提高",
    "decrease": "逐项减少",
    "none": "原文未给数字",
}
UNITS = {
    "CNY": "元",
    "member": "个会员",
    "party_member": "名正式党员",
    "person": "人",
    "organisation": "个",
    "hub": "家",
    "share": "",
    "per_community": "个",
    "day": "天",
    "working_day": "个工作日",
    "month": "个月",
    "year": "年",
    "age": "周岁",
    "han_char": "个汉字",
    "document": "份",
    "campaign": "次",
    "record": "个",
    "budget_line": "项",
    "condition": "项条件",
    "weight": "分",
    "date": "",
    "flag": "",
    "code": "",
    "codes": "",
    "none": "",
}
LEVELS = {
    "any": "各级",
    "nation": "全国",
    "province": "省级",
    "city": "市级",
    "city_county": "市、县两级",
    "county": "县级",
    "district": "区级",
    "street": "街道（乡镇）",
    "street_community": "街道与社区",
    "bureau": "民政部门",
    "bureau_street": "民政部门与街道",
    "community": "社区（村）",
    "urban_community": "城市社区",
    "rural_community": "农村社区",
    "incubation_node": "市、区、街道三级",
    "hub": "枢纽组织",
    "organisation": "每个组织",
    "unregistered": "未登记的组织",
    "premises": "活动场所",
    "leader": "负责人",
    "person": "个人",
    "name": "组织名称",
    "case": "每个办件",
    "activity": "每次活动",
    "project": "项目",
    "purchaser": "购买方",
    "service_item": "办事事项",
    "party_organisation": "党组织",
    "document": "文件本身",
}
FORMS = {"association": "社会团体", "social_service_org": "社会服务机构", "foundation": "基金会"}
HUBS = {
    "federation": "社区社会组织联合会",
    "service_centre": "社区社会组织服务中心",
    "incubation_centre": "孵化中心",
    "foundation": "基金会",
    "community_development_association": "社区发展协会",
    "community_enterprise_council": "社企共建理事会",
    "xiangxian_council": "乡贤参事会",
    "neighbourhood_centre": "邻坊中心",
    "community_development_foundation": "社区发展基金会",
}
THEMES = {
    "target": "发展目标",
    "tier": "分类与路径",
    "registration": "登记条件",
    "filing": "备案",
    "name": "名称",
    "party": "党的建设",
    "leader": "负责人与内部治理",
    "support": "培育扶持",
    "conduct": "活动、评估与报告",
    "supervision": "监督管理",
    "count": "统计口径",
}


@dataclass(frozen=True, kw_only=True)
class Key:
    """What one key of the packs means and which values it may take.

    `takes` is one of number, flag, code, codes, words, range, dates, table, monthday, none. `kind` is rule (judged on a
    case, the nearest place wins), target (judged on a place, every level counts) or option (settings, lists).
    `words` overrides or adds Chinese words for this key's codes; flags use the keys "yes" and "no".
    `at_least` / `at_most` replace 不少于 / 不超过. `statutory` names the national key to show beside a local value.
    """

    name: str
    label: str
    meaning: str
    theme: str
    units: tuple[str, ...]
    ops: tuple[str, ...]
    takes: str
    kind: str = "rule"
    words: dict[str, str] = field(default_factory=dict)
    at_least: str = "不少于"
    at_most: str = "不超过"
    statutory: str = ""


def number(name: str, label: str, meaning: str, theme: str, unit: str, op: str = "≥", **more: Any) -> Key:
    """A key whose value is one number, at least or at most."""
    return Key(name=name, label=label, meaning=meaning, theme=theme, units=(unit,), ops=(op,), takes="number", **more)


def flag(name: str, label: str, meaning: str, theme: str, **more: Any) -> Key:
    """A key that is on or off."""
    return Key(name=name, label=label, meaning=meaning, theme=theme, units=("flag",), ops=("==",), takes="flag", **more)


def codes(name: str, label: str, meaning: str, theme: str, *ops: str, **more: Any) -> Key:
    """A key whose value is a list of codes."""
    return Key(name=name, label=label, meaning=meaning, theme=theme, units=("codes",), ops=ops, takes="codes", **more)


def code(name: str, label: str, meaning: str, theme: str, **more: Any) -> Key:
    """A key whose value is one code."""
    return Key(name=name, label=label, meaning=meaning, theme=theme, units=("code",), ops=("==",), takes="code", **more)
