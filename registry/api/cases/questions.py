"""The questions of a form as data: what a client needs to know to fill one in."""

from typing import Any

from django import forms

from registry.forms.fields import YesNoField

TYPES = (
    (YesNoField, "boolean"),
    (forms.BooleanField, "boolean"),
    (forms.MultipleChoiceField, "array"),
    (forms.IntegerField, "integer"),
    (forms.DateField, "date"),
)


def kind_of(field: forms.Field) -> str:
    """boolean, integer, date, array or string."""
    return next((word for kind, word in TYPES if isinstance(field, kind)), "string")


def question(name: str, field: forms.Field, *, sealed: bool = False, when: str = "") -> dict[str, Any]:
    """One question: its name, label, type, whether it must be answered, choices, help and limits.

    `sealed` numbers are kept encrypted and only told masked; `when` is the ticked item it belongs to.
    """
    return {
        "name": name,
        "label": str(field.label),
        "type": kind_of(field),
        "required": field.required,
        "choices": choices(field),
        "help": str(field.help_text),
        "max_length": getattr(field, "max_length", None),
        "maximum": getattr(field, "max_value", None),
        "unit": getattr(field, "unit", ""),
        "sealed": sealed,
        "asked_when": when,
    }


def choices(field: forms.Field) -> list[dict[str, str]]:
    """What may be chosen; nothing where anything may be written."""
    if isinstance(field, YesNoField) or not isinstance(field, forms.ChoiceField):
        return []
    words = getattr(field, "words", None) or {}
    return [{"value": str(value), "label": str(words.get(value, label))} for value, label in field.choices if value]
