"""What a token may do, as text: `ability@place` or `ability:stage@place`. Pure.

`cases.act:street@120103001000` lets a client take the steps of the street's desk in 大营门街道 and below. The place is
the 12-digit code of GB/T 2260 and the statistical codes; everything below it is meant too (OpenCRVS-like grammar).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ABILITIES = {
    "cases.read": "查看办件",
    "cases.write": "申报：新建、填写、上传、提交、补正、撤回、评价",
    "cases.act": "办理：按环节受理、审核、决定",
    "register.read": "查看组织、枢纽和名录",
    "targets.read": "查看目标和结论",
    "events.read": "读取事件、登记推送地址",
    "exports.write": "批量导出",
}
STAGED = "cases.act"
TEXT = re.compile(r"(?P<ability>[a-z]+\.[a-z]+)(?::(?P<stage>[a-z]+))?@(?P<place>\d{12})")


@dataclass(frozen=True)
class Scope:
    """One thing a token may do in a place and below; `stage` is a desk's role where the ability is `cases.act`."""

    ability: str
    place: str
    stage: str = ""

    def __str__(self) -> str:
        return f"{self.ability}{f':{self.stage}' if self.stage else ''}@{self.place}"


def read(text: str) -> Scope | None:
    """A scope from its text; None for what is none."""
    found = TEXT.fullmatch(text)
    if not found or found["ability"] not in ABILITIES or bool(found["stage"]) != (found["ability"] == STAGED):
        return None
    return Scope(found["ability"], found["place"], found["stage"] or "")


def places(scopes: Iterable[Scope], ability: str, stage: str = "") -> list[str]:
    """The places (12 digits) in which these scopes give an ability, at a stage where one is named."""
    return sorted({one.place for one in scopes if one.ability == ability and (not stage or one.stage == stage)})
