"""The tables of the mix of a place."""

from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Export

TITLES = {
    "categories": "按类别",
    "forms": "按组织形式",
    "territories": "按地方",
    "years": "每年的变动",
    "groups": "类别和服务人群",
    "served": "地方和服务人群",
}
NOTES = [
    "类别和服务人群按组织现在填写的算。一个组织可以服务几类人，各列相加可能多于组织数。只统计数量，不保存服务了谁。",
    "只换了地点或活动范围、状态没有中断的，不算新备案，也不算终止。",
]


def mix(context: Context) -> Export:
    """`context` is that of `supervision.pages.mix`."""
    found = context["found"]
    tables = [told.drawn(title, context[key]) for key, title in TITLES.items()]
    tables = [told.stats("登记、备案和社区指导", context["tiers"]), *tables]
    return told.export(found.place, found.on, context["now"], "组织构成", tables, NOTES)
