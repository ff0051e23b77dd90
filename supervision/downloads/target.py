"""One target of a place: what is asked and how it stands, its stages, the places below, the last year, changes."""

from portal.templatetags.portal import WORDS
from supervision import figures
from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Column, Export, Table


def target(context: Context) -> Export:
    """`context` is that of `supervision.pages.target`."""
    found, asked = context["found"], context["parameter"]
    more = [("要求", f"{context['wanted']}。{asked.summary}"), ("依据", f"{asked.document} {asked.clause}")]
    tables: list[Table] = []
    if found.held:
        more += [("现状", told.spoken(context["cell"])), ("结论", _verdict(context["words"]))]
        tables = [_stages(context), _lines(context), *_trend(context), _changes(context)]
    notes = [f"{context['definition']}。", told.EXACT] if context.get("definition") else []
    return told.export(found.place, found.on, context.get("now"), f"：{context['label']}", tables, notes, *more)


def _verdict(words: Context) -> str:
    return told.joined(words["verdict"], words["short"])


def _stages(context: Context) -> Table:
    columns = [Column(label, wide=True) for label in ("期限", "要求", "到期当天", "统计日期")]
    rows = [(one["due"], one["wanted"], _stage(one["then"]), _stage(one["now"])) for one in context["stages"]]
    return Table("到期时和现在", columns, rows, notes=[context["why"]] if context["why"] else [])


def _stage(one: Context | None) -> str:
    return told.joined(one["word"], one["text"], one["short"]) if one else "还没有到期"


def _lines(context: Context) -> Table:
    lines = context["lines"]
    rows = [(one["name"], told.value(one["cell"]), one["need"] or "不差") for one in lines]
    if lines:
        rows.append(("合计", told.value(context["whole"]["cell"]), context["whole"]["need"] or "不差"))
    short = context["found"].indicator.short if lines else ""
    return Table("下级各地", (Column("地方"), Column(short, parts=True), Column("还差", wide=True)), rows)


def _trend(context: Context) -> list[Table]:
    return [told.drawn("最近一年", data["table"]) for _, data in context["trend"]]


def _changes(context: Context) -> Table:
    columns = (Column("自"), Column("结论"), Column("当时的数字"), Column("变动原因", wide=True))
    return Table("结论的变动", columns, [_change(one) for one in context["changes"]])


def _change(one: Context) -> tuple[str, ...]:
    word = told.joined(WORDS[one["state"]][1], one["gap"])
    return figures.day(one["on"]), word, one["counted"] or "暂无", one["cause"] or "夜间核对"
