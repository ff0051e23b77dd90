"""The indicators: each one question about many places, answered by one statement in whole numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Substr

from registry.models import Jurisdiction, Organisation
from supervision.indicators import populations as sets
from supervision.indicators.questions import Question

Population = Callable[[Question], QuerySet]


@dataclass(frozen=True)
class Indicator:
    """`hits` are counted on top, `base` below (None for a plain number).

    `lists` says whether the hits are organisations or places, `base_lists` the same below. `missing` names what
    a gap is counted in. `formal_down_to` is the lowest level at which the result is formal and not a contribution.
    """

    name: str
    label: str
    definition: str
    hits: Population
    base: Population | None = None
    kind: str = "share"
    lists: type = Jurisdiction
    base_lists: type = Jurisdiction
    missing: str = "个"
    hits_words: str = ""
    base_words: str = ""
    formal_down_to: int = 4

    @property
    def short(self) -> str:
        """The label at the head of a narrow column."""
        return SHORT[self.name]

    def counts(self, question: Question, width: int) -> dict[str, tuple[int, int]]:
        """(hits, base) by the first `width` digits of the place, in one statement; sums roll up without loss."""
        rows = _tally(self.hits(question), width, top=True)
        if self.base is not None:
            rows = rows.union(_tally(self.base(question), width, top=False), all=True)
        found: dict[str, tuple[int, int]] = {}
        for head, hits, base in rows:
            before = found.get(head, (0, 0))
            found[head] = before[0] + hits, before[1] + base
        return found

    def behind(self, question: Question, side: str) -> tuple[QuerySet, type]:
        """The set behind a number and what it lists: `hits`, `base`, or `missing` (in the base but not hit)."""
        if side == "hits":
            return self.hits(question), self.lists
        if side == "base" and self.base is not None:
            return self.base(question), self.base_lists
        if side == "missing" and self.can_miss:
            return self.base(question).exclude(pk__in=self.hits(question).values("pk")), self.base_lists
        raise LookupError(side)

    @property
    def can_miss(self) -> bool:
        """Whether hits are a part of the base, so that the rest can be listed."""
        return self.base is not None and self.kind == "share"


def _tally(rows: QuerySet, width: int, *, top: bool) -> QuerySet:
    grouped = rows.annotate(head=Substr("at", 1, width)).order_by().values("head")
    many, none = Count("pk"), Value(0)
    counted = grouped.annotate(hits=many, base=none) if top else grouped.annotate(hits=none, base=many)
    return counted.values_list("head", "hits", "base")


def _average(name: str, word: str, area_class: str) -> Indicator:
    return Indicator(
        name,
        f"{word}社区平均拥有组织数",
        f"已登记和已备案、活动范围在本社区的组织数 ÷ 当日存在的{word}社区数；街道范围的组织和枢纽组织不计入",
        partial(sets.organisations, area_class=area_class),
        partial(sets.communities, area_class=area_class),
        kind="average",
        lists=Organisation,
        missing="个组织",
        hits_words="组织",
        base_words=f"{word}社区",
    )


def _street(name: str, label: str, definition: str, hits: Population) -> Indicator:
    return Indicator(
        name,
        label,
        definition,
        hits,
        sets.streets,
        missing="个街道（乡镇）",
        hits_words="已有的街道（乡镇）",
        base_words="街道（乡镇）",
    )


def _number(name: str, label: str, definition: str, hits: Population) -> Indicator:
    return Indicator(name, label, definition, hits, kind="count", lists=Organisation, hits_words="组织")


ALL: tuple[Indicator, ...] = (
    _average("avg_urban", "城市", sets.URBAN),
    _average("avg_rural", "农村", sets.RURAL),
    _street(
        "hub_registered",
        "有登记的枢纽组织的街道",
        "至少有1家已登记的枢纽型联合会或服务中心的街道（乡镇）÷ 全部街道（乡镇）；只备案的不算",
        sets.streets_with_registered_hub,
    ),
    _street(
        "hub_street",
        "有枢纽型或支持型组织的街道",
        "至少有1家枢纽型或支持型组织（登记或备案都算）的街道（乡镇）÷ 全部街道（乡镇）",
        sets.streets_with_hub,
    ),
    _street(
        "federation_street",
        "有社区社会组织联合会的街道",
        "至少有1家社区社会组织联合会的街道（乡镇）÷ 全部街道（乡镇）；服务中心不算",
        sets.streets_with_federation,
    ),
    Indicator(
        "hub_community",
        "有枢纽型或支持型组织的社区",
        "至少有1家为本社区服务的枢纽型或支持型组织的社区（村）÷ 全部社区（村）",
        sets.communities_with_hub,
        sets.communities,
        missing="个社区（村）",
        hits_words="已有的社区（村）",
        base_words="社区（村）",
        formal_down_to=5,
    ),
    Indicator(
        "rural_service_org",
        "有社会服务机构的农村社区",
        "至少有1家已登记社会服务机构的农村社区 ÷ 全部农村社区；一个社区有几家也只算一个",
        sets.rural_communities_with_service_org,
        partial(sets.communities, area_class=sets.RURAL),
        missing="个农村社区",
        hits_words="已有的农村社区",
        base_words="农村社区",
        formal_down_to=3,
    ),
    Indicator(
        "hub_staff",
        "专职社工配齐的枢纽组织",
        "专职社工达到规定人数的街道级联合会（服务中心）÷ 全部街道级联合会（服务中心）；多于上限不算问题",
        sets.staffed_hubs,
        sets.street_hubs,
        lists=Organisation,
        base_lists=Organisation,
        missing="家枢纽组织",
        hits_words="配齐的枢纽组织",
        base_words="枢纽组织",
    ),
    Indicator(
        "demonstration",
        "有枢纽组织示范点的区县",
        "至少有1个街道级枢纽组织示范点的区县 ÷ 全部区县",
        sets.counties_with_demonstration,
        sets.counties,
        missing="个区县",
        hits_words="已有的区县",
        base_words="区县",
        formal_down_to=3,
    ),
    Indicator(
        "party",
        "党组织覆盖的组织",
        "单独、联合或兜底方式被党组织覆盖的组织 ÷ 已登记和已备案的组织",
        sets.covered,
        sets.standings,
        lists=Organisation,
        base_lists=Organisation,
        missing="个组织",
        hits_words="已覆盖的组织",
        base_words="组织",
        formal_down_to=5,
    ),
    Indicator(
        "leader_party",
        "负责人是党员的组织",
        "负责人是党员的组织 ÷ 已知负责人是否党员的组织",
        partial(sets.led, by_member=True),
        sets.led,
        lists=Organisation,
        base_lists=Organisation,
        missing="个组织",
        hits_words="组织",
        base_words="组织",
        formal_down_to=5,
    ),
    _number("registered", "已登记", "当日处于登记状态的组织", lambda q: sets.standings(q, "registered")),
    _number("filed", "已备案", "当日处于备案状态的组织", lambda q: sets.standings(q, "filed")),
    _number("listed", "社区指导", "当日由社区列名指导的组织", lambda q: sets.standings(q, "listed")),
    _number("set_apart", "街道范围和枢纽组织", "不计入社区平均数的组织：活动范围为街道的和枢纽组织", sets.set_apart),
)
SHORT = {
    "avg_urban": "城市平均",
    "avg_rural": "农村平均",
    "hub_registered": "已登记枢纽",
    "hub_street": "街道枢纽",
    "federation_street": "联合会",
    "hub_community": "社区枢纽",
    "rural_service_org": "农村服务机构",
    "hub_staff": "专职社工",
    "demonstration": "示范点",
    "party": "党组织覆盖",
    "leader_party": "党员负责人",
    "registered": "已登记",
    "filed": "已备案",
    "listed": "社区指导",
    "set_apart": "街道和枢纽",
}
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


def tally(question: Question, width: int, names: Iterable[str] = BY_NAME) -> dict[str, dict[str, tuple[int, int]]]:
    """Indicator → place head → counts: one statement an indicator, however many places."""
    return {name: BY_NAME[name].counts(question, width) for name in names}
