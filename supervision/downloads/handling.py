"""Case times of a place, and the five reductions: the tables of the page."""

from supervision import figures
from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Column, Export, Table

TIMES = [
    "草稿不计；撤回的办件不算办结。用时是从提交到作出决定的日历天数，等申请人补正的日子也在内。",
    "“承诺期限内”“法定期限内”是办结的办件中没有超过期限的，期限当天办结算在期限之内；没有这种期限的事项写“—”。",
]
FIVE = ("五减", "改革前", "改革前数字的来源", "现在", "结论", "减少")
REDUCED = ["环节、材料、证照、时限都取最多的一种事项；依据写“暂定”的，文件没有规定，由本系统暂定。"]


def handling(context: Context) -> Export:
    """`context` is that of `supervision.pages.handling.handling`."""
    span = context["span"]
    tables = [
        told.stats("办件数", context["stats"]),
        told.drawn("各类事项", context["kinds"]),
        told.drawn("计时的天数", context["clocks"]),
        told.drawn("下级各地", context["places"]),
    ]
    when = "时间范围", f"{figures.day(span.since)}至{figures.day(span.on)}"
    return told.export(span.place, span.on, context["now"], "办件时限", tables, TIMES, when)


def reductions(context: Context) -> Export:
    """`context` is that of `supervision.pages.reductions`: of a county, or of the counties below a place."""
    if "places" in context:
        tables, notes = [told.drawn("改革前的数字录入情况", context["places"])], []
    else:
        rows = [
            (one["label"], one["before"] or "未录入", one["source"], one["now"], one["word"], one["less"])
            for one in context["five"]
        ]
        tables = [
            Table("改革前和现在", [Column(head) for head in FIVE], rows),
            told.drawn("各类事项", context["kinds"]),
        ]
        notes = [f"依据：{context['clause']}", *REDUCED] if context["clause"] else REDUCED
    return told.export(context["place"], context["on"], context["now"], "办事“五减”", tables, notes)
