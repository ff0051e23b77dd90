"""An application in words: every question with its answer, for checking, reviewing and printing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from registry.casework import answers, kinds, papers
from registry.models import Case


@dataclass(frozen=True)
class Row:
    """One question and its answer in words; personal numbers are masked."""

    section: str
    field: str
    label: str
    value: str
    href: str = ""
    was: str = ""

    @property
    def key(self) -> str:
        return f"{self.section}.{self.field}"


@dataclass(frozen=True)
class Block:
    title: str
    rows: list[Row]


def sheet(case: Case, *, links: bool = False) -> list[Block]:
    """The answers of a case by section; with links back to each question while it can be changed."""
    blocks = []
    for section in kinds.of(case.kind).sections:
        form = answers.bound(section, case)
        form.is_valid()
        href = reverse("registry:section", args=[case.pk, section.key]) if links else ""
        if not form.fields:
            continue
        rows = [
            Row(
                section.key,
                name,
                str(field.label),
                _shown(name, field, form),
                f"{href}#id_{name}" if href else "",
                case.answers.get(answers.PRESENT, {}).get(name, ""),
            )
            for name, field in form.fields.items()
            if not _idle(name, form)
        ]
        blocks.append(Block(section.title, rows))
    return blocks


def questions(case: Case) -> list[Row]:
    """Every answer and every paper of a case, as things a reviewer may find fault with."""
    asked = [row for block in sheet(case) for row in block.rows]
    handed = [Row("materials", line.paper.kind, line.paper.label, _paper(line)) for line in papers.checklist(case)]
    return asked + handed


def _idle(name: str, form: forms.Form) -> bool:
    """A question that does not arise: approval is asked of serving cadres only."""
    return name == "cadre_approval" and form.data.get("serving_cadre") != "yes"


def _shown(name: str, field: forms.Field, form: forms.Form) -> str:
    return said(name, field, form) or ("" if field.required or name in form.errors else "没有填（选填）")


def said(name: str, field: forms.Field, form: forms.Form) -> str:
    """The answer to one question in words, as typed where it is not valid yet."""
    value: Any = form.cleaned_data.get(name) if hasattr(form, "cleaned_data") else None
    if value is None or value == "":
        return str(form.data.get(name, "")) if name not in answers.MASKS else ""
    if name in answers.MASKS:
        return answers.MASKS[name](str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list):
        return answers.worded(field, " ".join(value))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return str(value)


def _paper(line: papers.Line) -> str:
    if line.material is None:
        return "未提供"
    if line.material.is_promise:
        return f"承诺{line.material.promised_by:%Y年%-m月%-d日}前补交"
    return line.material.original_name
