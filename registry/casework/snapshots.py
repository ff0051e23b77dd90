"""What was handed in, as it stood that moment: answers as typed, numbers only as a keyed hash, papers by their hash.

Two snapshots tell what a correction changed, in words, without a personal number in either.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.crypto import blind
from registry import identity
from registry.casework import answers, kinds
from registry.casework.kinds import Kind
from registry.models import Case

MATERIALS = "materials"
Key = tuple[str, str]  # (section, field), or ("materials", kind of paper)
Snapshot = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than before, both in words; a sealed number only says that it changed."""

    section: str
    field: str
    label: str
    before: str
    after: str

    @property
    def key(self) -> Key:
        return self.section, self.field


def take(case: Case) -> Snapshot:
    """The case as it stands, fit to be kept with the step that hands it in."""
    papers = case.materials.select_related("stored")
    asked = [section.key for section in kinds.of(case.kind).sections]
    return {
        "answers": {key: dict(case.answers[key]) for key in asked if key in case.answers},
        "sealed": {name: blind(identity.normalise(number)) for name, number in case.sealed.items() if number},
        MATERIALS: {one.kind: one.stored.sha256 if one.stored else str(one.promised_by) for one in papers},
    }


def difference(case: Case, before: Snapshot, after: Snapshot) -> list[Change]:
    """What changed from one snapshot to the other, in the order of the form, papers last."""
    kind = kinds.of(case.kind)
    was, now = _flat(kind, before), _flat(kind, after)
    changed = [key for key in was.keys() | now.keys() if was.get(key, "") != now.get(key, "")]
    order = {key: place for place, key in enumerate(_asked(case, kind))}
    changed.sort(key=lambda key: (order.get(key, len(order)), key))
    return [_in_words(case, kind, key, was.get(key, ""), now.get(key, "")) for key in changed]


def _flat(kind: Kind, shot: Snapshot) -> dict[Key, str]:
    """Everything that is said in a snapshot, under its key."""
    said = {
        (section, name): str(value).strip()
        for section, values in shot["answers"].items()
        for name, value in values.items()
        if value is not None
    }
    sealed = {(_home(kind, name), name): digest for name, digest in shot["sealed"].items()}
    return said | sealed | {(MATERIALS, paper): digest for paper, digest in shot[MATERIALS].items()}


def _home(kind: Kind, name: str) -> str:
    """The section that asks for a sealed number."""
    return next((section.key for section in kind.sections if name in section.form.sealed), "")


def _asked(case: Case, kind: Kind) -> list[Key]:
    fields = [(section.key, name) for section in kind.sections for name in section.form.base_fields]
    return fields + [(MATERIALS, paper.kind) for paper in kind.papers(case)]


def _in_words(case: Case, kind: Kind, key: Key, was: str, now: str) -> Change:
    section, name = key
    if section == MATERIALS:
        label = next((paper.label for paper in kind.papers(case) if paper.kind == name), "其他材料")
        return Change(section, name, label, *_paper(was, now))
    form = kind.section(section)
    field = form.form.base_fields.get(name) if form else None
    if field is None:
        return Change(section, name, form.title if form else "其他内容", was or "没有填", now or "没有填")
    if name in form.form.sealed:
        return Change(section, name, str(field.label), "原来的号码" if was else "没有填", "已修改")
    told = [answers.worded(field, value) or "没有填" for value in (was, now)]
    return Change(section, name, str(field.label), *told)


def _paper(was: str, now: str) -> tuple[str, str]:
    if not now:
        return _held(was), "撤下"
    if _promised(now):
        return _held(was), _held(now)
    return _held(was), "新交" if not was or _promised(was) else "换了一份"


def _held(what: str) -> str:
    if not what:
        return "没有交"
    if not _promised(what):
        return "原来的一份"
    day = dt.date.fromisoformat(what)
    return f"承诺{day.year}年{day.month}月{day.day}日前补交"


def promised(shot: Snapshot | None) -> dict[str, dt.date]:
    """The papers a snapshot promises: until when, by kind."""
    held = (shot or {}).get(MATERIALS, {})
    return {kind: dt.date.fromisoformat(what) for kind, what in held.items() if _promised(what)}


def _promised(what: str) -> bool:
    """Whether a day stands where a hash would stand."""
    return 0 < len(what) < 64
