"""What counties and the bureaus above them do in a year and have: money, inspections, volunteers, charity, items."""

from functools import partial

from registry.models import Population
from supervision.indicators.catalogue.making import entered, part
from supervision.indicators.indicator import Indicator
from supervision.indicators.populations import entries, places
from supervision.indicators.populations.places import Level
from supervision.models import Entry

REGISTRARS = entries.at_level(Level.PREFECTURE, Level.COUNTY)


def _quota(name: str, word: str, level: int) -> Indicator:
    return part(
        name,
        f"{word}双随机抽查比例",
        f"{word}抽查",
        f"{word}当年填报的双随机抽查的社会组织 ÷ 当年填报的本级登记的社会组织；只看本级，不含下级",
        ("random_drawn", "random_total"),
        entries.at_level(level),
        lacks="家",
        hits_words="填报的抽查数",
        base_words="填报的登记数",
        formal_down_to=level,
        drifts=True,
    )


def _by_people(name: str, label: str, short: str, item: str, lacks: str) -> Indicator:
    return Indicator(
        name,
        label,
        short,
        f"各县（市、区）填报的{entries.BY_KEY[item].label}数 ÷ 不晚于当日最近一年的居民人口；"
        "没有填报或者没有人口数的列为缺数据",
        entries.amounts(item, places.counties),
        entries.people,
        entries.unpeopled_or_silent(item),
        kind="ratio",
        lists=Entry,
        base_lists=Population,
        lacks=lacks,
        hits_words=f"填报的{entries.BY_KEY[item].label}数",
        base_words="人口",
        formal_down_to=3,
    )


def _charity(name: str, label: str, short: str, of: str, key: str, *, accelerated: bool) -> Indicator:
    base = partial(entries.counties_classed, accelerated=accelerated)
    return Indicator(
        name,
        label,
        short,
        f"填报已建成基地的{of} ÷ 全部{of}；没有填报是不是加快发展县（市、区）、或者没有填报基地数的列为缺数据",
        partial(entries.counties_with_base, key=key, accelerated=accelerated),
        base,
        entries.silent(base, "accelerated", key),
        lacks=f"个{of}",
        hits_words=f"已有的{of}",
        base_words=of,
        formal_down_to=3,
    )


YEARLY: tuple[Indicator, ...] = (
    entered(
        "budget_lines",
        "年度预算有扶持资金的部门和街道",
        "年度预算",
        "民政部门和街道（乡镇）",
        "budget_lines",
        places.bureaus_and_streets,
        4,
        yearly=True,
    ),
    entered(
        "bureau_trainings",
        "当年组织学习培训的民政部门",
        "学习培训",
        "民政部门",
        "bureau_trainings",
        places.bureaus,
        3,
        yearly=True,
    ),
    entered(
        "star_rating", "当年开展星级评估的区县", "星级评估", "区县", "star_evaluations", places.counties, 3, yearly=True
    ),
    entered(
        "special_inspection",
        "当年组织专项检查的区县",
        "专项检查",
        "区县",
        "special_inspections",
        places.counties,
        3,
        yearly=True,
    ),
    entered("double_random", "当年双随机抽查的区县", "双随机", "区县", "random_drawn", places.counties, 3, yearly=True),
    _quota("quota_county", "县级", Level.COUNTY),
    _quota("quota_city", "市级", Level.PREFECTURE),
    _quota("quota_province", "省级", Level.PROVINCE),
    _quota("quota_nation", "民政部", Level.NATION),
)
COUNTIES: tuple[Indicator, ...] = (
    entered("filing_ruleset", "有备案管理办法的区县", "备案办法", "区县", "filing_rulesets", places.counties, 3),
    _by_people("volunteer_orgs", "志愿服务组织与人口之比", "志愿组织", "volunteer_orgs", "个志愿服务组织"),
    _by_people("volunteers", "注册志愿者占人口比例", "志愿者", "volunteers", "人"),
    _charity(
        "charity_precision",
        "有慈善精准帮扶基地的加快发展县",
        "精准帮扶基地",
        "加快发展县（市、区）",
        "charity_precision_bases",
        accelerated=True,
    ),
    _charity("charity_base", "有慈善基地的其他县", "慈善基地", "其他县（市、区）", "charity_bases", accelerated=False),
    part(
        "decoupled",
        "已脱钩的行业协会商会",
        "协会脱钩",
        "填报的“五分离、五规范”已全部落实的行业协会商会 ÷ 填报的行业协会商会",
        ("decoupled_associations", "industry_associations"),
        REGISTRARS,
        lacks="家行业协会商会",
        hits_words="填报的已脱钩家数",
        base_words="填报的总家数",
        formal_down_to=3,
    ),
    part(
        "online_items",
        "网上联办的审批事项",
        "网上联办",
        "填报的已能网上一站受理、部门联办的审批事项 ÷ 填报的社会组织审批事项，各市县各事项合计",
        ("online_items", "approval_items"),
        REGISTRARS,
        lacks="项审批事项",
        hits_words="填报的网上联办事项数",
        base_words="填报的审批事项数",
        formal_down_to=3,
    ),
    part(
        "talents",
        "掌握社会工作知识的骨干人才",
        "骨干人才",
        "填报的参加过社会工作培训或有职业资格证书的骨干人才 ÷ 填报的骨干人才",
        ("trained_talents", "talents"),
        places.counties,
        lacks="名骨干人才",
        hits_words="填报的已掌握人数",
        base_words="填报的骨干人才数",
        formal_down_to=3,
    ),
)
