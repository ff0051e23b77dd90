"""What a kind of case (备案, 变更登记, 年度报告 …) brings to casework: flow table, sections, papers, guards, effects.

A kind is a folder with a module `kind` that holds its `KIND`; the packages that hold such folders are named in
`settings.CASE_KINDS` and looked up by string, because casework stands below them. A new kind touches one folder.
"""

import datetime as dt
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from django import forms
from django.conf import settings

from registry.casework.step import Turn
from registry.findings import Finding
from registry.flows import Move
from registry.models import Case, Organisation
from registry.policy.resolve import Rules
from registry.scope import Role


@dataclass(frozen=True)
class Paper:
    """A material on a checklist: required or not, and whether a dated promise may stand in for it (容缺).

    `rule` is the policy key that speaks of it: where the rules of the place bind, the paper is required, and the
    checklist shows the clause (`registry.casework.demands`).
    """

    kind: str
    label: str
    required: bool = True
    promise: bool = False
    hint: str = ""
    legal_forms: frozenset[str] = frozenset()
    rule: str = ""

    def asked_of(self, legal_form: str) -> bool:
        return not self.legal_forms or legal_form in self.legal_forms


@dataclass(frozen=True)
class Section:
    """One task of an application: a form over one part of the answers."""

    key: str
    title: str
    form: type[forms.Form]


@dataclass(frozen=True)
class Limit:
    """A limit of the whole case, from the rules of its place, `days` of `unit` where the documents give none.

    `scope` is statutory or promised; the clock starts with the move `starts` (its day does not count).
    """

    scope: str
    key: str
    days: int
    unit: str = "calendar"
    starts: str = "submit"
    document: str = ""
    clause: str = ""


OPENERS = frozenset({Role.APPLICANT, Role.COMMUNITY, Role.STREET, Role.DISTRICT})
Said = Mapping[str, dict[str, str]]


@dataclass(frozen=True)
class Kind:
    """Everything casework must know of a kind of case.

    `about` is empty for a case about something new; else it says, for an organisation on a day, why it cannot have
    this case now ("" when it can; None when the kind is not for it at all). `prefill` gives the answers the register
    knows. `desks` names, for a section or a paper (`materials.<kind>`), the state in which it is examined, where that
    is not the first one: what a correction changed decides where the case goes on. `judged` kinds get the verdict of
    the rules when handed in; `rules` names the beginnings of the rules that concern the case, where not all of its road
    do, and `checks` adds findings only this kind can make.
    """

    key: str
    road: str
    label: str
    flows: Mapping[str, tuple[Move, ...]]  # one table a variant
    variant: Callable[[Case], str]  # which variant the rules of the place ask for
    sections: tuple[Section, ...]
    papers: Callable[[Case], tuple[Paper, ...]]
    guards: Mapping[str, Callable[[Turn], None]]
    forms: Mapping[str, type[forms.Form]]
    effects: Mapping[str, Callable[[Turn], None]] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    hint: str = ""
    about: Callable[[Organisation, dt.date], str | None] | None = None
    anew: bool = False  # has `about`, and may be about something new as well
    openers: frozenset[str] = OPENERS
    prefill: Callable[[Organisation], tuple[Said, Mapping[str, str]]] | None = None
    desks: Mapping[str, str] = field(default_factory=dict)
    judged: bool = True
    bulk_data: Callable[[Case, str], tuple[dict[str, Any], str]] | None = None  # data of a bulk move, its words
    said: Callable[[Case], dict[str, Any]] | None = None  # the facts the rules look at, where not the plain answers
    rules: Callable[[Case], tuple[str, ...]] | None = None
    checks: Callable[[Case, Rules, dt.date], Iterable[Finding]] | None = None

    def flow(self, case: Case) -> tuple[Move, ...]:
        return self.flows[case.variant]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


@lru_cache(maxsize=1)
def every() -> dict[str, Kind]:
    """Every kind by its key, in the order of the packages and of their folders."""
    found = {}
    for package in settings.CASE_KINDS:
        for folder in pkgutil.iter_modules(import_module(package).__path__):
            kind = import_module(f"{package}.{folder.name}.kind").KIND
            found[kind.key] = kind
    return found


def of(key: str) -> Kind:
    """The kind with this key."""
    return every()[key]


def offered(organisation: Organisation, on: dt.date) -> list[tuple[Kind, str]]:
    """The kinds an organisation may have, each with the reason why not now ("" when it can)."""
    told = [(kind, kind.about(organisation, on)) for kind in every().values() if kind.about]
    return [(kind, why) for kind, why in told if why is not None]
