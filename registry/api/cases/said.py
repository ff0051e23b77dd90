"""Answers between JSON and the forms of the browser: one meaning, two ways to write it.

Yes or no is a boolean, several choices are an array, whole numbers are numbers; what is wrong is kept as it was
typed. Numbers that identify a person are told masked, and a mask that comes back says nothing new.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from portal.api.problems import BadRequest
from registry.api.cases.questions import kind_of
from registry.casework import answers
from registry.casework.kinds import Section
from registry.models import Case

Wrong = list[tuple[str, str, str]]
YES_NO = {True: "yes", False: "no"}
WANTED = {"boolean": "要是 true、false 或 null", "array": '要是一组选项，例如 ["a", "b"]'}
LONGEST_NUMBER = 30  # digits; no form takes more


def typed(section: Section, case: Case, given: Mapping[str, Any], where: str = "/answers") -> dict[str, str]:
    """What a JSON object says for a section, as its form takes it; 400 for unknown questions and wrong types."""
    asked = section.form(asks=case.asks, case=case).fields
    wrong, found = [], {}
    for name, value in given.items():
        no = _against(name, asked, section)
        if not no:
            found[name], no = _text(asked[name], value)
        if no:
            wrong.append((_pointer(where, name), *no))
    if wrong:
        named = "、".join(pointer.rpartition("/")[2][:40] for pointer, _, _ in wrong[:10])
        raise BadRequest(f"这些回答不合格式：{named}", code=wrong[0][1], wrong=wrong)
    return {name: text for name, text in found.items() if not _mask(section, case, name, text)}


def _pointer(where: str, name: str) -> str:
    return f"{where}/{name[:80].replace('~', '~0').replace('/', '~1')}"


def _against(name: str, asked: Mapping[str, forms.Field], section: Section) -> tuple[str, str] | None:
    if name in asked:
        return None
    if name in section.form.base_fields:
        return "not_asked", "这份申请不问这一项"
    return "unknown_field", "没有这个字段"


def _text(field: forms.Field, value: Any) -> tuple[str, tuple[str, str] | None]:
    """(the value as text, why it is none: code and words)."""
    kind = kind_of(field)
    if value is None:
        return "", None
    if kind == "boolean":
        return (YES_NO[value], None) if isinstance(value, bool) else ("", ("wrong_type", WANTED[kind]))
    if kind == "array":
        return _several(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "", ("wrong_type", "要是文字或数字")
    return str(value)[: LONGEST_NUMBER if not isinstance(value, str) else None], None


def _several(value: Any) -> tuple[str, tuple[str, str] | None]:
    good = isinstance(value, list) and all(isinstance(one, str) and one and not one.split()[1:] for one in value)
    if not good or len(value) > 100:
        return "", ("wrong_type", WANTED["array"])
    return " ".join(dict.fromkeys(value)), None


def _mask(section: Section, case: Case, name: str, text: str) -> bool:
    stored = case.sealed.get(name, "")
    return bool(stored) and name in section.form.sealed and text == answers.MASKS[name](stored)


def spoken(section: Section, case: Case, form: forms.Form) -> dict[str, Any]:
    """The stored answers of a section as JSON: null where nothing was said, sealed numbers masked.

    `form` is the section's form over what is stored (`answers.bound`), validated.
    """
    return {name: _json(section, case, form, name, field) for name, field in form.fields.items()}


def _json(section: Section, case: Case, form: forms.Form, name: str, field: forms.Field) -> Any:
    text = case.sealed.get(name, "") if name in section.form.sealed else case.answers.get(section.key, {}).get(name, "")
    if not text:
        return None
    if name in section.form.sealed:
        return answers.MASKS[name](text)
    kind = kind_of(field)
    if kind == "boolean":
        return text == "yes" if text in YES_NO.values() else text
    if kind == "array":
        return text.split()
    return form.cleaned_data.get(name, text) if kind in ("integer", "date") and name not in form.errors else text


def problems(section: Section, form: forms.Form, where: str) -> list[dict[str, str]]:
    """What is wrong in a validated form: JSON pointer, code, words."""
    found = []
    for name, faults in form.errors.as_data().items():
        at = where if name == forms.forms.NON_FIELD_ERRORS else f"{where}/answers/{name}"
        found += [
            {"pointer": at, "code": str(fault.code or "invalid"), "reason": "；".join(map(str, fault.messages))}
            for fault in faults
        ]
    return found
