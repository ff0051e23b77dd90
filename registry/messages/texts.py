"""The portal's own words of every message, and how placeholders are filled. Pure: no database.

A placeholder is `{组织名称}`, or its code in braces; only the names an event takes are filled, by plain
replacement, never by `str.format`: a template cannot reach into objects.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PLACEHOLDERS = {
    "organisation": "组织名称",
    "matter": "事项",
    "number": "收件编号",
    "due": "承诺办结日",
    "link": "网址",
    "step": "环节",
    "text": "消息内容",
    "waiting": "待办件数",
    "soon": "临期件数",
    "late": "超期件数",
    "news": "新消息条数",
}
CODES = {label: code for code, label in PLACEHOLDERS.items()}
PLACE = re.compile(r"\{([^{}]*)\}")
CASE = ("organisation", "matter", "number", "due", "link")
LONGEST = {"sms": 200, "email": 2000}


@dataclass(frozen=True)
class Event:
    """An occasion to write: its label, the placeholders it takes, the portal's words by channel (subject, body)."""

    label: str
    takes: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    needs: tuple[str, ...] = field(default=("link",))


EVENTS = {
    "submitted": Event(
        "收到申请",
        CASE,
        {"sms": ("", "{组织名称}的{事项}申请已收到，编号{收件编号}，{承诺办结日}前办结。查进度：{网址}")},
    ),
    "returned": Event(
        "退回补正",
        CASE,
        {"sms": ("", "{组织名称}的{事项}申请需要修改，编号{收件编号}。点这里看要改什么：{网址}")},
    ),
    "approved": Event(
        "办结",
        CASE,
        {"sms": ("", "{组织名称}的{事项}已办结，编号{收件编号}。看结果、给这次服务打分：{网址}")},
    ),
    "rejected": Event(
        "不予通过",
        CASE,
        {"sms": ("", "{组织名称}的{事项}没有通过，编号{收件编号}。看结果、给这次服务打分：{网址}")},
    ),
    "invited": Event(
        "告知负责人可以在手机上办事",
        ("organisation", "link"),
        {"sms": ("", "{组织名称}的变更、年报等事项，负责人可以在手机上办：{网址}")},
    ),
    "step": Event(
        "办件进展",
        (*CASE, "step"),
        {
            "email": (
                "{组织名称}（{事项}）：{环节}",
                "{组织名称}的{事项}办件有新进展：{环节}。\n收件编号：{收件编号}\n查看：{网址}\n",
            )
        },
    ),
    "notice": Event(
        "到期、超期、交接等消息", ("text", "link"), {"email": ("{消息内容}", "{消息内容}\n查看：{网址}\n")}
    ),
    "digest": Event(
        "每日汇总",
        ("waiting", "soon", "late", "news", "link"),
        {
            "email": (
                "今天有 {待办件数} 件待办",
                "待办 {待办件数} 件，其中快到期 {临期件数} 件，已超期 {超期件数} 件。\n"
                "新消息 {新消息条数} 条。\n查看：{网址}\n",
            )
        },
    ),
}
EXAMPLE = {
    "organisation": "春晓太极拳队",
    "matter": "备案",
    "number": "收120103001〔2026〕00012号",
    "due": "3月5日",
    "link": "https://…/r/12.示例/",
    "step": "初审",
    "text": "春晓太极拳队（备案）明天到期",
    "waiting": "6",
    "soon": "2",
    "late": "1",
    "news": "4",
}


def code(name: str) -> str:
    """The code of a placeholder, whether its word or its code was written."""
    return CODES.get(name, name)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with the known placeholders replaced once; what a value itself holds is not looked at again."""
    return PLACE.sub(lambda found: str(values.get(code(found[1]), found[0])), text)


def faults(event: Event, channel: str, subject: str, body: str) -> list[str]:
    """What is wrong with a text somebody wrote, in sentences; empty when nothing is."""
    used = PLACE.findall(subject) + PLACE.findall(body)
    found = [f"“{{{name}}}”不能用在这里" for name in dict.fromkeys(used) if code(name) not in event.takes]
    if re.search(r"[{}]", PLACE.sub("", subject + body)):
        found.append("大括号没有成对，例如应写成“{网址}”")
    there = {code(name) for name in PLACE.findall(body)}
    found += [f"内容里要有“{{{PLACEHOLDERS[name]}}}”" for name in event.needs if name not in there]
    if len(body) > LONGEST[channel]:
        found.append(f"内容不能超过 {LONGEST[channel]} 个字，现在有 {len(body)} 个字")
    return found
