"""Hubs, their people, demonstration sites and the incubation network."""

from registry.models import Organisation
from supervision.indicators.catalogue.making import street
from supervision.indicators.indicator import Indicator
from supervision.indicators.populations import hubs as sets
from supervision.indicators.populations import places

HUBS: tuple[Indicator, ...] = (
    street(
        "hub_registered",
        "有登记的枢纽组织的街道",
        "已登记枢纽",
        "至少有1家已登记的枢纽型联合会或服务中心的街道（乡镇）÷ 全部街道（乡镇）；只备案的不算",
        sets.streets_with_registered_hub,
    ),
    street(
        "hub_street",
        "有枢纽型或支持型组织的街道",
        "街道枢纽",
        "至少有1家枢纽型或支持型组织（登记或备案都算）的街道（乡镇）÷ 全部街道（乡镇）",
        sets.streets_with_hub,
    ),
    street(
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
        places.communities,
        lacks="个社区（村）",
        hits_words="已有的社区（村）",
        base_words="社区（村）",
        formal_down_to=5,
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
        places.counties,
        lacks="个区县",
        hits_words="已有的区县",
        base_words="区县",
        formal_down_to=3,
    ),
    Indicator(
        "incubation",
        "有孵化平台的市、区县和街道",
        "孵化网络",
        "有登记在册的孵化中心、或者填报有正常运行孵化平台的市、区县和街道（乡镇）÷ 全部市、区县和街道（乡镇）；"
        "两样都没有的列为缺数据，填报为0的算没有",
        sets.nodes_with_platform,
        places.nodes,
        sets.nodes_silent,
        lacks="处",
        hits_words="已有的市、区县和街道（乡镇）",
        base_words="市、区县和街道（乡镇）",
    ),
)
