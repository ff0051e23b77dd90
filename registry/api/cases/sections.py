"""The sections of a case as data: what was said, what is wrong with it, and what may be changed now."""

from typing import Any

from django import forms

from registry.api.cases import said
from registry.api.cases.questions import question
from registry.casework import answers, corrections, kinds, rights
from registry.casework.kinds import Section
from registry.casework.snapshots import Key
from registry.models import Case


def told(case: Case, asked: set[Key] | None) -> dict[str, dict[str, Any]]:
    """Every section in which this case asks anything, by its key, in the order of the form.

    `asked` is what may be changed of a case given back (`corrections.questioned`), None where everything may.
    """
    found = {section.key: _one(section, case, asked) for section in kinds.of(case.kind).sections}
    return {key: section for key, section in found.items() if section["answers"]}


def whole(section: Section, case: Case) -> dict[str, Any]:
    """One section with its questions, as they are asked of this case now."""
    form = section.form(asks=case.asks, case=case)
    sealed = section.form.sealed
    asked = [question(name, field, sealed=name in sealed) for name, field in form.fields.items()]
    return _one(section, case, corrections.questioned(case)) | {"questions": asked}


def pointer(key: str) -> str:
    """Where a section stands in the document of its case."""
    return f"/sections/{key}"


def _one(section: Section, case: Case, asked: set[Key] | None) -> dict[str, Any]:
    form = answers.bound(section, case)
    right, begun = form.is_valid(), answers.started(section, case)
    return {
        "title": section.title,
        "status": "done" if right else "doing" if begun else "todo",
        "version": case.section_versions.get(section.key, 0),
        "changeable": sorted(changeable(section, case, asked, form)),
        "answers": said.spoken(section, case, form),
        "problems": said.problems(section, form, pointer(section.key)) if begun else [],
    }


def changeable(section: Section, case: Case, asked: set[Key] | None, form: forms.Form) -> set[str]:
    """The questions whose answers may be changed now: all of a draft, and of a case given back what was questioned
    and what does not fit any more."""
    if case.state not in rights.EDITABLE:
        return set()
    names = set(form.fields)
    if asked is None:
        return names
    return names & ({field for key, field in asked if key == section.key} | set(form.errors))
