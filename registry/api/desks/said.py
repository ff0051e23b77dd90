"""What a client says of a step, read through the form the browser shows: the same rules, the same words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from rest_framework import serializers

from portal.api.problems import BadRequest
from portal.errors import Refusal
from registry.api.acts.fields import DEFECTS, OWN, type_of
from registry.casework.snapshots import MATERIALS
from registry.forms.decisions import MoveForm, ReturnForm, of_move
from registry.forms.fields import YesNoField
from registry.models import Case

Wrong = list[tuple[str, str, str]]  # JSON pointer, code, words
TYPES = {"string": str, "date": str, "integer": int, "boolean": bool}
WORDS = {"string": "文字", "date": "日期，例如 2026-03-01", "integer": "整数", "boolean": "true 或 false"}


class Loose(serializers.DictField):
    """What a step asks besides the note: which names, the case tells (`requires`). Text that no database keeps and
    numbers beyond 64 bits are refused wherever they stand."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        said = super().to_internal_value(data)
        for name, value in said.items():
            if not (_keepable(name) and _keepable(value)):
                raise serializers.ValidationError("有不能保存的字符或者太大的数字", code="unkeepable")
        return said


def _keepable(value: Any, depth: int = 5) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return depth > 0 and all(_keepable(key) and _keepable(inner, depth - 1) for key, inner in value.items())
    if isinstance(value, list):
        return depth > 0 and all(_keepable(inner, depth - 1) for inner in value)
    return not isinstance(value, int) or abs(value) < 2**63


class Unfit(Refusal):
    """What was filled in does not fit the form of the step; `wrong` says where and why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__("；".join(dict.fromkeys(words for _, _, words in wrong))[:500], code="unfit")
        self.wrong = wrong


class DefectSaid(serializers.Serializer):
    """One thing to put right: an answer (`section` and `field`) or a paper (`material`), and the reason."""

    section = serializers.CharField(required=False, max_length=40, help_text="部分，例如 organisation")
    field = serializers.CharField(required=False, max_length=40, help_text="问题，例如 name")
    material = serializers.CharField(required=False, max_length=40, help_text="材料种类；说材料时不写 section 和 field")
    reason = serializers.CharField(max_length=300, help_text="原因，申请人会看到")

    def validate(self, said: dict[str, str]) -> dict[str, str]:
        """Either an answer or a paper."""
        if ("material" in said) == ("section" in said) or ("section" in said) != ("field" in said):
            raise serializers.ValidationError("写 section 和 field，或者只写 material", code="one_of_both")
        return said


def filled(case: Case, verb: str, note: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The cleaned data of a step, `note` among it.

    `BadRequest` for what the form does not know and for wrong types, `Unfit` (422) for what it does not accept.
    """
    blank = of_move(case, verb)
    post = {"note": note, **_texts(blank, data)}
    rows: list[str] = []
    if isinstance(blank, ReturnForm):
        given = _defects(data.get(DEFECTS))
        rows = [_row(one) for one in given]
        post |= _questioned(blank, rows, given)
    form = of_move(case, verb, post)
    if not form.is_valid():
        raise Unfit(list(_faults(form, rows)))
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _texts(form: MoveForm, data: Mapping[str, Any]) -> dict[str, str]:
    """The plain fields as a browser would post them."""
    known = {name: field for name, field in form.fields.items() if name not in OWN and ":" not in name}
    more = {DEFECTS} if isinstance(form, ReturnForm) else set()
    strange = [(f"/data/{name}", "unknown_field", "这一步没有这一项") for name in data if name not in {*known, *more}]
    if strange:
        raise BadRequest("data 里有这一步不认识的项", code="unknown_field", wrong=strange)
    said = {name: data[name] for name in known if data.get(name) is not None}
    wrong = [
        (f"/data/{name}", "invalid", f"要是{WORDS[type_of(known[name])]}")
        for name, value in said.items()
        if type(value) is not TYPES[type_of(known[name])]
    ]
    if wrong:
        raise BadRequest("data 里有类型不对的项", code="invalid", wrong=wrong)
    return {name: _posted(known[name], value) for name, value in said.items()}


def _posted(field: forms.Field, value: Any) -> str:
    if not isinstance(value, bool):
        return str(value)
    return ("yes" if value else "no") if isinstance(field, YesNoField) else ("on" if value else "")


def _defects(said: Any) -> list[dict[str, str]]:
    read = DefectSaid(data=said or [], many=True)
    if not isinstance(said, list | None) or not read.is_valid():
        wrong = read.errors if isinstance(said, list) else ["要是一个数组"]
        raise serializers.ValidationError({"data": {DEFECTS: wrong}})
    return read.validated_data


def _row(said: Mapping[str, str]) -> str:
    return f"{MATERIALS}.{said['material']}" if "material" in said else f"{said['section']}.{said['field']}"


def _questioned(form: ReturnForm, rows: list[str], said: list[dict[str, str]]) -> dict[str, str]:
    """The reasons under the names of the form; every row must be one of this case, and stand there once."""
    known = {row.key for row in form.rows}
    wrong: Wrong = []
    for at, row in enumerate(rows):
        if row not in known:
            wrong.append((f"/data/{DEFECTS}/{at}", "unknown_row", f"这份申请里没有“{row}”"))
        elif row in rows[:at]:
            wrong.append((f"/data/{DEFECTS}/{at}", "repeated", f"“{row}”写了两次"))
    if wrong:
        raise Unfit(wrong)
    return {ReturnForm.PREFIX + row: one["reason"] for row, one in zip(rows, said, strict=True)}


def _faults(form: MoveForm, rows: list[str]) -> Iterable[tuple[str, str, str]]:
    """The faults a form finds, each with the place in the body it comes from."""
    for name, faults in form.errors.as_data().items():
        for fault in faults:
            yield pointer(name, fault.code or "", rows), fault.code or "invalid", "".join(fault.messages)


def pointer(name: str, code: str = "", rows: Iterable[str] = ()) -> str:
    """Where a field of a form stands in the body of the request."""
    if name == "note":
        return "/note"
    if code == "no_defect":
        return f"/data/{DEFECTS}"
    row = name.removeprefix(ReturnForm.PREFIX)
    if row != name:
        return f"/data/{DEFECTS}/{list(rows).index(row)}/reason"
    return "/data" if name == forms.forms.NON_FIELD_ERRORS else f"/data/{name}"
