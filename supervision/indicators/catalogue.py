"""The indicators: each one question about many places, answered by one statement in whole numbers."""

from collections.abc import Iterable
from functools import partial

from registry.models import Organisation
from supervision.indicators import populations as sets
from supervision.indicators.indicator import Cell, Indicator, Population
from supervision.indicators.questions import Question


def _average(name: str, word: str, area_class: str) -> Indicator:
    return Indicator(
        name,
        f"{word}社区平均拥有组织数",
        f"{word}平均",
        f"已登记和已备案、活动范围在本社区的组织数 ÷ 当日存在的{word}社区数；街道范围的组织和枢纽组织不计入",
        partial(sets.organisations, area_class=area_class),
        partial(sets.communities, area_class=area_class),
        kind="average",
        lists=Organisation,
        lacks="个组织",
        hits_words="组织",
        base_words=f"{word}社区",
    )


def _street(name: str, label: str, short: str, definition: str, hits: Population) -> Indicator:
    return Indicator(
        name,
        label,
        short,
        definition,
        hits,
        sets.streets,
        lacks="个街道（乡镇）",
        hits_words="已有的街道（乡镇）",
        base_words="街道（乡镇）",
    )


def _number(name: str, label: str, short: str, definition: str, hits: Population) -> Indicator:
    return Indicator(name, label, short, definition, hits, kind="count", lists=Organisation, hits_words="组织")


ALL: tuple[Indicator, ...] = (
    _average("avg_urban", "城市", sets.URBAN),
    _average("avg_rural", "农村", sets.RURAL),
    _street(
        "hub_registered",
        "有登记的枢纽组织的街道",
        "已登记枢纽",
        "至少有1家已登记的枢纽型联合会或服务中心的街道（乡镇）÷ 全部街道（乡镇）；只备案的不算",
        sets.streets_with_registered_hub,
    ),
    _street(
        "hub_street",
        "有枢纽型或支持型组织的街道",
        "街道枢纽",
        "至少有1家枢纽型或支持型组织（登记或备案都算）的街道（乡镇）÷ 全部街道（乡镇）",
        sets.streets_with_hub,
    ),
    _street(
        "federation_street",
        "有社区社会组织联合会的街道",
        "联合会",
        "至少有1家社区社会组织联合会的街道（乡镇）÷ 全部街道（乡镇）；服务中心不算",
        sets.streets_with_federation,
    ),
    Indicator(
        "hub_community",
        "有枢纽型或支持型组织的社区",
        "社区枢纽",
        "至少有1家为本社区服务的枢纽型或支持型组织的社区（村）÷ 全部社区（村）",
        sets.communities_with_hub,
        sets.communities,
        lacks="个社区（村）",
        hits_words="已有的社区（村）",
        base_words="社区（村）",
        formal_down_to=5,
    ),
    Indicator(
        "rural_service_org",
        "有社会服务机构的农村社区",
        "农村服务机构",
        "至少有1家已登记社会服务机构的农村社区 ÷ 全部农村社区；一个社区有几家也只算一个",
        sets.rural_communities_with_service_org,
        partial(sets.communities, area_class=sets.RURAL),
        lacks="个农村社区",
        hits_words="已有的农村社区",
        base_words="农村社区",
        formal_down_to=3,
    ),
    Indicator(
        "hub_staff",
        "专职社工配齐的枢纽组织",
        "专职社工",
        "专职社工达到规定人数的街道级联合会（服务中心）÷ 全部街道级联合会（服务中心）；多于上限不算问题",
        sets.staffed_hubs,
        sets.street_hubs,
        lists=Organisation,
        base_lists=Organisation,
        lacks="家枢纽组织",
        hits_words="配齐的枢纽组织",
        base_words="枢纽组织",
    ),
    Indicator(
        "demonstration",
        "有枢纽组织示范点的区县",
        "示范点",
        "至少有1个街道级枢纽组织示范点的区县 ÷ 全部区县",
        sets.counties_with_demonstration,
        sets.counties,
        lacks="个区县",
        hits_words="已有的区县",
        base_words="区县",
        formal_down_to=3,
    ),
    Indicator(
        "party",
        "党组织覆盖的组织",
        "党组织覆盖",
        "单独、联合或兜底方式被党组织覆盖的组织 ÷ 已登记和已备案的组织",
        sets.covered,
        sets.standings,
        lists=Organisation,
        base_lists=Organisation,
        lacks="个组织",
        hits_words="已覆盖的组织",
        base_words="组织",
        formal_down_to=5,
    ),
    Indicator(
        "leader_party",
        "负责人是党员的组织",
        "党员负责人",
        "负责人是党员的组织 ÷ 已知负责人是否党员的组织",
        partial(sets.led, by_member=True),
        sets.led,
        lists=Organisation,
        base_lists=Organisation,
        lacks="个组织",
        hits_words="组织",
        base_words="组织",
        formal_down_to=5,
    ),
    _number("registered", "已登记", "已登记", "当日处于登记状态的组织", lambda q: sets.standings(q, "registered")),
    _number("filed", "已备案", "已备案", "当日处于备案状态的组织", lambda q: sets.standings(q, "filed")),
    _number("listed", "社区指导", "社区指导", "当日由社区列名指导的组织", lambda q: sets.standings(q, "listed")),
    _number("set_apart", "街道范围和枢纽组织", "街道和枢纽", "不计入社区平均数的组织：活动范围为街道的和枢纽组织", sets.set_apart),
)
BY_NAME = {indicator.name: indicator for indicator in ALL}
MEASURED_BY = {
    "target.avg_per_urban_community": "avg_urban",
    "target.avg_per_rural_community": "avg_rural",
    "target.hub.registered_per_street": "hub_registered",
    "target.hub.per_street": "hub_street",
    "target.federation.per_street": "federation_street",
    "target.hub.per_community": "hub_community",
    "target.rural_communities_with_social_service_org": "rural_service_org",
    "rule.hub.full_time_social_workers": "hub_staff",
    "target.hub.demonstration_per_district": "demonstration",
    "party.coverage": "party",
    "leader.party_member_share": "leader_party",
}


def measuring(key: str) -> Indicator | None:
    """The indicator that answers a policy key; None where the register does not know yet."""
    return BY_NAME.get(MEASURED_BY.get(key, ""))


def tally(question: Question, width: int, names: Iterable[str] = BY_NAME) -> dict[str, dict[str, Cell]]:
    """Indicator → place head → counts: one statement an indicator, however many places."""
    return {name: BY_NAME[name].counts(question, width) for name in names}
