"""What a step asks, read from the form the browser shows: one rule for both."""

from collections.abc import Iterator
from typing import Any

from django import forms

from registry.casework import corrections
from registry.flows import Move
from registry.forms.decisions import MoveForm, ReturnForm, asked_for
from registry.forms.fields import YesNoField
from registry.models import Case

OWN = ("version", "note")  # the version is If-Match here, the note stands by itself
DEFECTS = "defects"
OPINION = "opinion_given"  # the guard of steps that want a written opinion


def blank(case: Case, verb: str) -> MoveForm:
    """The form of a step, not filled in; of a notice without a row for each thing that may be questioned."""
    kind = asked_for(case, verb)
    if issubclass(kind, ReturnForm):
        return kind(case=case, rows=[], again=bool(corrections.notices(case)))
    return kind(case=case)


def requires(move: Move, form: MoveForm) -> list[dict[str, Any]]:
    """What the body of the step holds: where (a JSON pointer), what it is called, its type and choices."""
    found: list[dict[str, Any]] = []
    if move.verb == "submit":  # what is handed in is the case itself
        return found
    if isinstance(form, ReturnForm):
        found.append(_line(DEFECTS, f"/data/{DEFECTS}", "需要修改的内容和原因", "array", required=True))
    for name, field in form.fields.items():
        if name != "version":
            must = field.required or (name == "note" and OPINION in move.needs)
            found.append(asked(name, field, "/note" if name == "note" else f"/data/{name}", must))
    return found


def asked(name: str, field: forms.Field, pointer: str, required: bool) -> dict[str, Any]:
    """One thing the body holds, from the field of a form."""
    return _line(name, pointer, str(field.label), type_of(field), required=required, choices=_choices(field))


def _line(name: str, pointer: str, label: str, type: str, *, required: bool, choices: Any = ()) -> dict[str, Any]:
    told = {"name": name, "pointer": pointer, "label": label, "type": type, "required": required}
    return told | ({"choices": list(choices)} if choices else {})


def type_of(field: forms.Field) -> str:
    """The type of a form's field in JSON."""
    if isinstance(field, forms.BooleanField | YesNoField):
        return "boolean"
    if isinstance(field, forms.IntegerField):
        return "integer"
    return "date" if isinstance(field, forms.DateField) else "string"


def _choices(field: forms.Field) -> Iterator[dict[str, str]] | tuple:
    if isinstance(field, YesNoField) or not isinstance(field, forms.ChoiceField):
        return ()
    return ({"value": str(value), "label": str(label)} for value, label in field.choices if value != "")
