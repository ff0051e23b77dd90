"""A platform as data: which of our happenings make which of its records, and how each field is filled. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One field of a record: its name there, and either one of our sources or a constant.

    `codes` says how our values are called there; `assumed` that no standard text was read for it, `note` what was
    assumed or, where it is not, which text says so.
    """

    name: str
    source: str = ""
    constant: str = ""
    format: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    assumed: bool = True
    note: str = ""


@dataclass(frozen=True)
class When:
    """A happening a record is made of; what is empty may be anything."""

    happening: str
    verb: tuple[str, ...] = ()
    road: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def fits(self, found: Mapping[str, object]) -> bool:
        """Whether a happening, told by its facts, is meant."""
        asked = (
            ("happening", (self.happening,)),
            ("verb", self.verb),
            ("road", self.road),
            ("state_before", self.before),
            ("state_after", self.after),
        )
        return all(not wanted or found.get(name) in wanted for name, wanted in asked)


@dataclass(frozen=True)
class RecordMap:
    """One kind of record of a platform: what it is called there, what makes it, and its fields."""

    record: str
    code: str
    title: str
    when: tuple[When, ...]
    fields: tuple[Field, ...]

    def made_of(self, facts: Mapping[str, object]) -> bool:
        """Whether a happening makes this record."""
        return any(one.fits(facts) for one in self.when)


@dataclass(frozen=True)
class Item:
    """A kind of case as the platform's list of items knows it."""

    code: str
    version: str = ""


@dataclass(frozen=True)
class Platform:
    """A mapping file, read. `left_out` are kinds of cases the platform does not want, with `items` for all others."""

    name: str
    title: str
    note: str
    since: dt.date
    envelope: Mapping[str, str]
    items: Mapping[str, Item]
    left_out: frozenset[str]
    records: tuple[RecordMap, ...]
    certificate: tuple[Field, ...] = ()

    def wanted(self, facts: Mapping[str, object]) -> list[RecordMap]:
        """The records a happening makes, in the order of the file; none for a kind the platform does not want."""
        if facts.get("kind") in self.left_out:
            return []
        return [one for one in self.records if one.made_of(facts)]

    def assumed(self) -> list[tuple[str, Field]]:
        """Every field that rests on an assumption: (record, field)."""
        told = [(one.title, found) for one in self.records for found in one.fields]
        return [pair for pair in [*told, *(("电子证照", one) for one in self.certificate)] if pair[1].assumed]
