"""What streets and communities have: people, papers, brands, agencies that serve them."""

from functools import partial

from supervision.indicators.catalogue.making import MISSING, entered, street
from supervision.indicators.indicator import Indicator
from supervision.indicators.populations import duties, entries, places
from supervision.models import Entry


def _agencies(name: str, word: str, item: str, area_class: str) -> Indicator:
    streets = partial(places.streets_with, area_class=area_class)
    return Indicator(
        name,
        f"社会工作服务机构覆盖的{word}社区",
        f"社工覆盖{word}",
        f"各街道（乡镇）填报的、在社会工作服务机构服务范围内的{word}社区数 ÷ 全部{word}社区；{MISSING}",
        entries.amounts(item, streets),
        partial(places.communities, area_class=area_class),
        entries.silent(streets, item),
        lists=Entry,
        lacks=f"个{word}社区",
        hits_words=f"各街道（乡镇）填报的{word}社区数",
        base_words=f"{word}社区",
    )


GRASSROOTS: tuple[Indicator, ...] = (
    street(
        "street_staff",
        "有专（兼）职人员的街道",
        "街道人员",
        "当日有街道审核人员在任的街道（乡镇）÷ 全部街道（乡镇）；临时代办的不算",
        duties.staffed_streets,
    ),
    entered(
        "procedures",
        "有管理工作规程的街道和社区",
        "管理规程",
        "街道（乡镇）和社区（村）",
        "procedures",
        places.streets_and_communities,
        5,
    ),
    entered("brands", "有品牌的乡镇", "乡镇品牌", "乡镇", "brands", places.towns, 4),
    entered("features", "有特色的社区（村）", "社区特色", "社区（村）", "features", places.communities, 5),
    entered(
        "liaisons",
        "有志愿服务联系员的社区（村）",
        "志愿联系员",
        "社区（村）",
        "volunteer_liaisons",
        places.communities,
        5,
    ),
    entered(
        "disclosure",
        "建立信息公开制度的社区（村）",
        "信息公开",
        "社区（村）",
        "disclosure_board",
        places.communities,
        5,
    ),
    Indicator(
        "trainings",
        "举办过骨干培训的街道（乡镇）",
        "骨干培训",
        f"填报过举办骨干人才培训的街道（乡镇）÷ 全部街道（乡镇）；{MISSING}",
        entries.streets_ever_trained,
        places.streets,
        entries.silent(places.streets, "trainings"),
        lacks="个街道（乡镇）",
        hits_words="举办过的街道（乡镇）",
        base_words="街道（乡镇）",
    ),
    _agencies("social_work_urban", "城市", "social_work_urban", places.URBAN),
    _agencies("social_work_rural", "农村", "social_work_rural", places.RURAL),
)
