"""One parameter of a policy document, and the pack of all parameters of one document."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from registry.codes import NATION as NATION

ANY = "*"  # "do not look at the legal form / the hub type", unlike None, which says there is none
_NUMBER = re.compile(r"\d+(/0*[1-9]\d*)?")


class Modality(StrEnum):
    """How strongly the clause speaks. Only MUST may block a case."""

    MUST = "MUST"
    TARGET = "TARGET"
    MAY = "MAY"
    EXPLORE = "EXPLORE"

    @property
    def label(self) -> str:
        return {"MUST": "必须", "TARGET": "目标", "MAY": "可以", "EXPLORE": "探索"}[self.value]


def fraction(value: object) -> Fraction | None:
    """The exact number in a value ("1/3", "50", 3), or None when it is not one number. Never a float."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Fraction(value)
    return None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What one clause asks for: key, operator, value, unit, where it is measured, how strongly, since when.

    `starts` and `ends` are inclusive. `due` is the last day on which a target may still be reached. `assumed`
    marks a number the document leaves open and the project filled in. `basic` marks 基本 in the clause: nearly
    all is basically enough. `forms` and `hubs` name the legal forms and hub types it binds; empty binds all.
    `programme_ends` is the last day of the programme the document belongs to, if it has one.
    """

    id: str
    key: str
    op: str
    value: Any = field(hash=False)
    unit: str
    level: str
    modality: Modality
    starts: dt.date
    ends: dt.date | None = None
    due: dt.date | None = None
    clause: str
    summary: str
    assumed: bool = False
    basic: bool = False
    note: str = ""
    document: str
    title: str
    area: str
    forms: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    programme_ends: dt.date | None = None

    @property
    def exact(self) -> Fraction | None:
        """The value as an exact number, None where the value is not one number."""
        return fraction(self.value)

    @property
    def national(self) -> bool:
        return self.area == NATION

    def in_force(self, on: dt.date) -> bool:
        """Whether the clause applies on a day; the first and the last day count (民法典 1259)."""
        return self.starts <= on and (self.ends is None or on <= self.ends)

    def lapsed(self, on: dt.date) -> bool:
        """Whether it was to be reached within a programme that is over: still computable, shown as expired.

        A standing duty without a deadline does not lapse with the programme.
        """
        return self.due is not None and self.programme_ends is not None and on > self.programme_ends

    def binds(self, form: str | None = ANY, hub: str | None = ANY) -> bool:
        """Whether it binds this legal form and hub type; None means unknown or no hub at all."""
        return (not self.forms or form in (ANY, *self.forms)) and (not self.hubs or hub in (ANY, *self.hubs))

    def to_json(self) -> dict[str, Any]:
        """A plain dict; days in ISO form, tuples as lists."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The parameter whose `to_json` this is."""
        days = {name: _day(data[name]) for name in ("starts", "ends", "due", "programme_ends")}
        lists = {name: tuple(data[name]) for name in ("forms", "hubs")}
        return cls(**data | days | lists | {"modality": Modality(data["modality"])})


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One policy document as data. `starts` is its first day in force, `ends` the end of its programme.

    After `ends` the rules keep applying until another document replaces them; targets are shown as expired.
    `digest` is the SHA-256 of the canonical content, so equal digests mean equal rules.
    """

    slug: str
    area: str
    title: str
    short: str
    issuer: str
    publisher: str = ""
    number: str = ""
    issued: dt.date | None = None
    starts: dt.date
    ends: dt.date | None = None
    superseded_by: str = ""
    source: str = ""
    parameters: tuple[Parameter, ...] = field(default=(), repr=False)

    @property
    def national(self) -> bool:
        return self.area == NATION

    @cached_property
    def digest(self) -> str:
        content = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """A plain dict of the header and the parameters, without the digest."""
        header = {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "parameters"}
        return header | {"parameters": [parameter.to_json() for parameter in self.parameters]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The pack whose `to_json` this is."""
        days = {name: _day(data[name]) for name in ("issued", "starts", "ends")}
        return cls(**data | days | {"parameters": tuple(map(Parameter.from_json, data["parameters"]))})

    def with_parameters(self, parameters: tuple[Parameter, ...]) -> Self:
        """The same document with other parameters, for editions under test."""
        return replace(self, parameters=parameters)
