"""What an applicant has said so far: stored as typed, read through the forms of the road.

Text is kept as typed, so that nothing is lost while it is still wrong; cleaned values are computed.
Numbers that identify a person go to the sealed column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from portal.typed import narrow, plain
from registry import identity
from registry.casework.kinds import Section
from registry.models import Case


def typed(section: Section, post: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What a posted form says for a section: (open answers, sealed answers).

    A sealed field left empty says nothing: what is stored is never sent back to the page, so it stays.
    """
    values = {name: plain(_text(field, post, name)) for name, field in section.form.base_fields.items()}
    sealed = {name: values.pop(name) for name in section.form.sealed}
    return values, {name: value for name, value in sealed.items() if value}


def _text(field: forms.Field, post: Mapping[str, Any], name: str) -> str:
    """One answer as text: of several ticks, the keys with blanks between them."""
    if isinstance(field, forms.MultipleChoiceField) and isinstance(post, MultiValueDict):
        return " ".join(post.getlist(name))
    return post.get(name, "")


def _form(section: Section, case: Case, data: Mapping[str, Any] | None = None, **more: Any) -> forms.Form:
    return section.form(data, asks=case.asks, case=case, **more)


def bound(section: Section, case: Case) -> forms.Form:
    """The section's form over what is stored."""
    stored = case.answers.get(section.key, {})
    data = {**stored, **{name: case.sealed.get(name, "") for name in section.form.sealed}}
    return _form(section, case, data)


def to_fill(section: Section, case: Case) -> forms.Form:
    """The section's form to go on filling in. Numbers that are stored show masked, beside an empty field."""
    form = _form(section, case, initial=case.answers.get(section.key, {}))
    for name in section.form.sealed:
        if name in form.fields:
            _cover(form, name, case.sealed.get(name, ""))
    return form


def to_mend(section: Section, case: Case) -> forms.Form:
    """The section's form with its mistakes; a number that is right is not shown again."""
    form = bound(section, case)
    right = [name for name in section.form.sealed if name in form.fields and name not in form.errors]
    form.data = {**form.data, **dict.fromkeys(right, "")}
    for name in right:
        _cover(form, name, case.sealed.get(name, ""))
    return form


def typed_form(section: Section, case: Case, post: Mapping[str, Any]) -> forms.Form:
    """The section's form over what was just typed, not stored; sealed fields come back empty."""
    values, _ = typed(section, post)
    form = _form(section, case, initial=values)
    for name in section.form.sealed:
        if name in form.fields:
            _cover(form, name, case.sealed.get(name, ""))
    return form


def differing(section: Section, case: Case, form: forms.Form) -> list[tuple[str, str]]:
    """(question, stored answer in words) wherever what is stored differs from what the form was given."""
    stored = case.answers.get(section.key, {})
    return [
        (str(field.label), worded(field, stored.get(name, "")) or "没有填")
        for name, field in form.fields.items()
        if name not in section.form.sealed and stored.get(name, "") != form.initial.get(name, "")
    ]


def worded(field: forms.Field, value: str) -> str:
    """A typed answer in words: the label of a choice or of several, the text of everything else."""
    if isinstance(field, forms.MultipleChoiceField):
        words = getattr(field, "words", None) or dict(field.choices)
        return "、".join(str(words.get(one, one)) for one in value.split())
    return str(dict(field.choices).get(value, value)) if isinstance(field, forms.ChoiceField) else value


def _cover(form: forms.Form, name: str, stored: str) -> None:
    if stored:
        form.fields[name].help_text = f"已填 {MASKS[name](stored)}，不修改就留空"
        form.fields[name].required = False


def _told_capital(case: Case) -> int | None:
    text = narrow(case.answers.get(GUIDE, {}).get("capital", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def started(section: Section, case: Case) -> bool:
    return section.key in case.answers


MASKS = {"leader_id_number": identity.mask_identity_number, "leader_phone": identity.mask_phone}


GUIDE = "guide"  # what the five questions asked and no task asks again
PRESENT = "present"  # what the register says of each question of a change, in words, as of the last look


@dataclass(frozen=True)
class Task:
    """A line of the task list: the section and whether it is 未开始, 进行中 or 已完成."""

    section: Section
    status: str

    @property
    def done(self) -> bool:
        return self.status == "done"


def tasks(sections: tuple[Section, ...], case: Case) -> list[Task]:
    """The state of every section in which the place asks anything."""
    return [Task(section, _status(section, case)) for section in sections if to_fill(section, case).fields]


def _status(section: Section, case: Case) -> str:
    """A task nobody must answer anything in counts as done."""
    if bound(section, case).is_valid():
        return "done"
    return "doing" if started(section, case) else "todo"


def cleaned(sections: tuple[Section, ...], case: Case) -> dict[str, Any]:
    """The valid answers of every section in one dict; invalid fields are absent."""
    values: dict[str, Any] = {"capital": _told_capital(case)}
    for section in sections:
        form = bound(section, case)
        form.is_valid()
        values |= form.cleaned_data
    return values
