"""What a road (备案 or 登记) brings to casework: its flow table, sections, papers, guards and effects.

The roads are named in `settings.CASE_ROADS` and looked up by string, because casework stands below both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from registry.flows import Move

if TYPE_CHECKING:
    from django import forms

    from registry.casework.step import Turn
    from registry.models import Case


@dataclass(frozen=True)
class Paper:
    """A material on a checklist: required or not, and whether a dated promise may stand in for it (容缺)."""

    kind: str
    label: str
    required: bool = True
    promise: bool = False
    hint: str = ""
    legal_forms: frozenset[str] = frozenset()

    def asked_of(self, legal_form: str) -> bool:
        return not self.legal_forms or legal_form in self.legal_forms


@dataclass(frozen=True)
class Section:
    """One task of an application: a form over one part of the answers."""

    key: str
    title: str
    form: "type[forms.Form]"


@dataclass(frozen=True)
class Road:
    """Everything casework must know of a road."""

    key: str
    label: str
    flows: "Mapping[str, tuple[Move, ...]]"  # one table a variant
    variant: "Callable[[Case], str]"  # which variant the rules of the place ask for
    sections: tuple[Section, ...]
    papers: "Callable[[Case], tuple[Paper, ...]]"
    guards: "Mapping[str, Callable[[Turn], None]]"
    forms: "Mapping[str, type[forms.Form]]"
    effects: "Mapping[str, Callable[[Turn], None]]" = field(default_factory=dict)
    promised: "Callable[[Case, Any], Any] | None" = None

    def flow(self, case: "Case") -> "tuple[Move, ...]":
        return self.flows[case.variant]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


def of(key: str) -> Road:
    """The road with this key."""
    return import_string(settings.CASE_ROADS[key])
