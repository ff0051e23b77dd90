"""Tags and filters every template may use: `{% load portal %}`."""

import datetime as dt
import re
from collections.abc import Mapping

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Field, FileInput
from django.forms.widgets import ChoiceWidget
from django.utils import timezone
from django.utils.html import format_html, format_html_join

register = template.Library()

# The one place that knows which state wears which colour, and its word when the caller gives none.
WORDS: dict[str, tuple[str, str]] = {
    # a case
    "draft": ("plain", "草稿"),
    "submitted": ("info", "已提交"),
    "reviewed": ("info", "初审完成"),
    "reported": ("info", "待街道决定"),
    "consented": ("info", "街道已同意"),
    "accepted": ("info", "已受理"),
    "examined": ("info", "待审批"),
    "returned": ("warn", "待补正"),
    "approved": ("good", "已办结"),
    "rejected": ("bad", "不予通过"),
    "withdrawn": ("plain", "已撤回"),
    "fresh": ("info", "有变化"),
    # an organisation or a certificate
    "registered": ("good", "已登记"),
    "filed": ("info", "已备案"),
    "listed": ("plain", "社区指导（已列名）"),
    "valid": ("good", "有效"),
    "ended": ("plain", "已终止"),
    "cancelled": ("plain", "已注销"),
    "revoked": ("bad", "已撤销"),
    # a rule
    "pass": ("good", "符合"),
    "fail": ("bad", "不符合"),
    "unknown": ("warn", "待核"),
    "advice": ("info", "提示"),
    "assumed": ("quiet", "暂定"),
    "duty": ("info", "成立后要做"),
    # an answer of another body, a candidate
    "agree": ("good", "同意"),
    "conditional": ("warn", "附条件同意"),
    "disagree": ("bad", "不同意"),
    "suggested": ("quiet", "系统建议"),
    "nominated": ("info", "已提名"),
    "applying": ("info", "正在申请登记"),
    "removed": ("plain", "已移出"),
    # a target
    "met": ("good", "达标"),
    "basically_met": ("warn", "基本达标"),
    "not_met": ("bad", "未达标"),
    "not_applicable": ("plain", "不适用"),
    "no_data": ("plain", "暂无数据"),
    "trend": ("info", "只看变化"),
    # a task
    "done": ("good", "已完成"),
    "todo": ("info", "未开始"),
    "mend": ("bad", "需修改"),
    "doing": ("warn", "进行中"),
    "blocked": ("plain", "暂不能开始"),
    # a clock
    "on_time": ("good", "正常"),
    "soon": ("warn", "临期"),
    "overdue": ("bad", "超期"),
    "paused": ("plain", "暂停计时"),
}
NUMBER = re.compile(r"(?<![0-9-])(?:0\d{2,3}-?)?\d{5,11}(?![0-9-])")
MESSAGE_TONES = {"error": "bad", "warning": "warn", "success": "good"}


@register.inclusion_tag("components/badge.html")
def badge(state: str, label: str = "") -> dict:
    """A coloured word. `label` overrides the word; an unlisted state needs one and looks plain."""
    tone, word = WORDS.get(str(state), ("plain", ""))
    return {"tone": tone, "label": label or word}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict:
    """One form field: label, 必填 or 选填, help, error, control. Same as `{{ form.name.as_field_group }}`."""
    return {"field": bound}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict:
    """What must be mended, for all given forms together, each line leading to its field."""
    return {"errors": [error for form in forms if form for error in _errors(form)]}


@register.inclusion_tag("components/chart.html")
def chart(key: str, data: Mapping) -> dict:
    """A picture and the same numbers as a table.

    `data`: {title, unit, categories: [str], series: [{name, values: [number|None]}], targets: [{name, value}]},
    `kind` (bar, line, stacked), `axis` (what the categories are called); `key` is unique on the page. `table`
    ({columns, rows} of components/table.html) stands in for the table of the series; with `told`, words that say
    where the numbers stand on the page, there is none.
    """
    drawn = {name: value for name, value in data.items() if name != "table"}
    table = {} if data.get("told") else data.get("table") or _table_of(data)
    return {"key": key, "data": drawn, **table}


def _table_of(data: Mapping) -> dict:
    names = [line["name"] for line in data["series"]]
    rows = [
        [{"text": category}, *({"text": _number(line["values"][at]), "num": True} for line in data["series"])]
        for at, category in enumerate(data["categories"])
    ]
    columns = [{"label": data.get("axis", "地区")}, *({"label": name, "num": True} for name in names)]
    return {"columns": columns, "rows": rows}


@register.filter
def day(value: dt.date | None) -> str:
    """2024年3月5日; an empty string for no date. A moment counts as the local day it falls on."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """2024年3月5日 14:03, local time; an empty string for nothing."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def telephone(line: str) -> str:
    """A line of contact with its telephone numbers as links that call."""
    words = NUMBER.split(line)
    links = [format_html('<a href="tel:{0}">{0}</a>', number) for number in NUMBER.findall(line)]
    return format_html_join("", "{}{}", zip(words, [*links, ""], strict=True))


@register.filter
def plain(value: object) -> str:
    """Any value in words for people: 是, 否, 未提供, a day, a list with 、."""
    if value is None or value == "":
        return "未提供"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(plain(one) for one in value) or "无"
    return str(value)


@register.filter
def tone(tags: str) -> str:
    """The tone of a notice for the tags of a Django message."""
    return next((MESSAGE_TONES[tag] for tag in tags.split() if tag in MESSAGE_TONES), "info")


@register.filter
def mistakes(bound: BoundField) -> list[str]:
    """The errors of a field; Django's bare words for an empty field become 填写…, 选择… or 上传…."""
    bare = str(Field.default_error_messages["required"])
    return [f"{_verb(bound)}{bound.label}" if text == bare else text for text in bound.errors]


@register.filter
def wrong(form: object) -> bool:
    """True when this is a form that was sent with mistakes."""
    return isinstance(form, BaseForm) and form.is_bound and bool(form.errors)


def _errors(form: BaseForm) -> list[dict]:
    lines = [{"text": text, "href": ""} for text in form.non_field_errors()]
    for bound in form:
        lines += [{"text": text, "href": f"#{_anchor(bound)}"} for text in mistakes(bound)]
    return lines


def _anchor(bound: BoundField) -> str:
    """The id of the first control a person can type in or tick."""
    if bound.field.widget.use_fieldset and bound.subwidgets:
        return bound.subwidgets[0].id_for_label
    return bound.id_for_label


def _verb(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, FileInput):
        return "上传"
    return "选择" if isinstance(widget, ChoiceWidget | CheckboxInput) else "填写"


def _number(value: object) -> str:
    return "暂无数据" if value is None else str(value)
