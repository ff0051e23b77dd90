"""What an applicant has said so far: stored as typed, read through the forms of the road.

Text is kept as typed, so that nothing is lost while it is still wrong; cleaned values are computed.
Numbers that identify a person go to the sealed column.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from registry.casework.roads import Section
from registry.models import Case

LONGEST = 5000


def plain(value: object) -> str:
    """Text without control characters, cut where no form would accept it anyway."""
    text = str(value or "")[:LONGEST]
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def typed(section: Section, post: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What a posted form says for a section: (open answers, sealed answers)."""
    values = {name: plain(post.get(name, "")) for name in section.form.base_fields}
    sealed = {name: values.pop(name) for name in section.form.sealed}
    return values, sealed


def bound(section: Section, case: Case) -> forms.Form:
    """The section's form over what is stored."""
    stored = case.answers.get(section.key, {})
    return section.form({**stored, **{name: case.sealed.get(name, "") for name in section.form.sealed}})


def started(section: Section, case: Case) -> bool:
    return section.key in case.answers


@dataclass(frozen=True)
class Task:
    """A line of the task list: the section and whether it is 未开始, 进行中 or 已完成."""

    section: Section
    status: str

    @property
    def done(self) -> bool:
        return self.status == "done"


def tasks(sections: tuple[Section, ...], case: Case) -> list[Task]:
    """The state of every section of an application."""
    found = []
    for section in sections:
        if not started(section, case):
            found.append(Task(section, "todo"))
        else:
            found.append(Task(section, "done" if bound(section, case).is_valid() else "doing"))
    return found


def cleaned(sections: tuple[Section, ...], case: Case) -> dict[str, Any]:
    """The valid answers of every section in one dict; invalid fields are absent."""
    values: dict[str, Any] = {}
    for section in sections:
        form = bound(section, case)
        form.is_valid()
        values |= form.cleaned_data
    return values
