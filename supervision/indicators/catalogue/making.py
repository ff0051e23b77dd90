"""The few shapes most indicators have."""

from functools import partial

from registry.models import Organisation
from supervision.indicators.indicator import Indicator, Population
from supervision.indicators.populations import entries, organisations, places
from supervision.models import Entry

MISSING = "没有填报的列为缺数据"


def average(name: str, word: str, area_class: str) -> Indicator:
    """Organisations of the communities of a class, by the communities."""
    return Indicator(
        name,
        f"{word}社区平均拥有组织数",
        f"{word}平均",
        f"已登记和已备案、活动范围在本社区的组织数 ÷ 当日存在的{word}社区数；街道范围的组织和枢纽组织不计入",
        partial(organisations.organisations, area_class=area_class),
        partial(places.communities, area_class=area_class),
        kind="average",
        lists=Organisation,
        lacks="个组织",
        hits_words="组织",
        base_words=f"{word}社区",
    )


def street(name: str, label: str, short: str, definition: str, hits: Population) -> Indicator:
    """Streets that have something, by all streets."""
    return Indicator(
        name,
        label,
        short,
        definition,
        hits,
        places.streets,
        lacks="个街道（乡镇）",
        hits_words="已有的街道（乡镇）",
        base_words="街道（乡镇）",
    )


def number(name: str, label: str, short: str, definition: str, hits: Population, *, drifts: bool = False) -> Indicator:
    """So many organisations."""
    return Indicator(
        name, label, short, definition, hits, kind="count", lists=Organisation, hits_words="组织", drifts=drifts
    )


def of_organisations(
    name: str, label: str, short: str, definition: str, hits: Population, base: Population, **more: object
) -> Indicator:
    """Organisations that have something, by all of which it is asked."""
    shown = {"lacks": "个组织", "hits_words": "做到的组织", "base_words": "组织", "formal_down_to": 5} | more
    return Indicator(name, label, short, definition, hits, base, lists=Organisation, base_lists=Organisation, **shown)


def entered(
    name: str, label: str, short: str, of: str, key: str, at: Population, lowest: int, *, yearly: bool = False
) -> Indicator:
    """Places of a kind that entered one or more of an item, by all of them. `of` is what such a place is called."""
    when = "当年" if yearly else ""
    return Indicator(
        name,
        label,
        short,
        f"{when}填报“{entries.BY_KEY[key].label}”不少于1的{of} ÷ 全部{of}；{when}{MISSING}",
        entries.having(key, at),
        at,
        entries.silent(at, key),
        lacks=f"个{of}",
        hits_words=f"已有的{of}",
        base_words=of,
        formal_down_to=lowest,
        drifts=yearly,
    )


def part(
    name: str, label: str, short: str, definition: str, keys: tuple[str, str], at: Population, **more: object
) -> Indicator:
    """What was entered of one item by what was entered of another, summed over the places that own both."""
    upper, lower = keys
    return Indicator(
        name,
        label,
        short,
        f"{definition}；{MISSING}",
        entries.amounts(upper, at),
        entries.amounts(lower, at),
        entries.silent(at, upper, lower),
        kind="ratio",
        lists=Entry,
        base_lists=Entry,
        **more,
    )
