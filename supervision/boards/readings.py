"""The shapes a board is made of; all numbers whole or fractions, all words for people."""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from registry.models import Jurisdiction
from registry.policy.keys import KEYS
from registry.policy.parameters import Parameter
from supervision import figures, targets
from supervision.indicators import Indicator
from supervision.targets import Judgement

TIERS = ("registered", "filed", "listed", "set_apart")


@dataclass(frozen=True)
class Figure:
    """One number of one place: hits over base, its value in words and its standing to the nearest target.

    `own` counts only what lies in none of the places below; `missing` places owe a figure.
    """

    indicator: Indicator
    code: str
    hits: int
    base: int
    judgement: Judgement | None = None
    own: bool = False
    missing: int = 0

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.hits, self.base) if self.base else None

    @property
    def text(self) -> str:
        if self.indicator.base is None:
            return str(self.hits)
        if self.value is None:
            return "不适用"
        return figures.average(self.value) if self.indicator.kind == "average" else figures.percent(self.value)

    @property
    def path(self) -> str:
        """The end of the address of the list behind the number."""
        return f"{self.code}/{self.indicator.name}/"

    def to_json(self) -> dict[str, Any]:
        judged = self.judgement
        return {
            "numerator": self.hits,
            "denominator": self.base if self.indicator.base else None,
            "value": str(self.value) if self.value is not None else None,
            "missing": self.missing,
            "status": judged.status.value if judged else None,
            "gap": judged.gap if judged else None,
        }


@dataclass(frozen=True)
class Held:
    """One target of one document held against the place: on the day asked for, and as at its due day."""

    indicator: Indicator | None
    judgement: Judgement
    at_due: Judgement | None
    binding: bool
    formal: bool
    figure: Figure | None

    @property
    def parameter(self) -> Parameter:
        return self.judgement.parameter

    @property
    def label(self) -> str:
        return KEYS[self.parameter.key].label

    @property
    def goal(self) -> Fraction | None:
        return targets.goal(self.parameter)

    @property
    def line(self) -> str:
        """What a target line in a picture is called."""
        year = f"{self.parameter.due.year}年" if self.parameter.due else ""
        return f"{self.indicator.short if self.indicator else ''}{year}目标"

    @property
    def lacks(self) -> str:
        return self.indicator.lacks if self.indicator else "个"

    @property
    def words(self) -> dict[str, str]:
        """What the page says: target, value, verdict, gap, due day, verdict as at the due day."""
        return {
            "wanted": figures.wanted(self.parameter),
            "verdict": figures.verdict(self.judgement, formal=self.formal),
            "short": figures.short(self.judgement, self.lacks),
            "when": figures.when(self.judgement),
            "at_due": self._then,
        }

    @property
    def _then(self) -> str:
        """How it stood on the due day; nothing where neither that day nor this one says anything."""
        silent = (targets.Status.NOT_APPLICABLE, targets.Status.NO_DATA)
        same = self.at_due is None or (self.at_due.status in silent and self.at_due.status is self.judgement.status)
        return "" if same else figures.then(self.at_due, self.lacks)

    def to_json(self) -> dict[str, Any]:
        asked, judged = self.parameter, self.judgement
        return {
            "id": asked.id,
            "key": asked.key,
            "document": asked.document,
            "clause": asked.clause,
            "area": asked.area,
            "modality": asked.modality.value,
            "label": self.label,
            "summary": asked.summary,
            "indicator": self.indicator.name if self.indicator else None,
            "op": asked.op,
            "target": str(asked.exact) if asked.exact is not None else asked.value,
            "numerator": judged.numerator,
            "denominator": judged.denominator,
            "value": str(judged.value) if judged.value is not None else None,
            "status": judged.status.value,
            "status_text": judged.status.label,
            "gap": judged.gap,
            "due": asked.due.isoformat() if asked.due else None,
            "timing": judged.timing.value,
            "binding": self.binding,
            "formal": self.formal,
            "assumed": asked.assumed,
            "basic": asked.basic,
            "expired": judged.expired,
            "at_due": _judged_json(self.at_due),
        }


def _judged_json(judged: Judgement | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    value = str(judged.value) if judged.value is not None else None
    counts = {"numerator": judged.numerator, "denominator": judged.denominator, "value": value}
    return counts | {"on": judged.on.isoformat(), "status": judged.status.value, "gap": judged.gap}


@dataclass(frozen=True)
class Row:
    """A place right below, or the place's own level, with one figure a column."""

    code: str
    name: str
    figures: list[Figure]
    is_own: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "own_level": self.is_own,
            "values": {figure.indicator.name: figure.to_json() for figure in self.figures},
        }


@dataclass(frozen=True)
class Board:
    """Everything a board shows. `own` are the figures of the whole place; `rows` add up to them."""

    place: Jurisdiction
    on: dt.date
    held: list[Held]
    columns: list[Indicator]
    own: list[Figure]
    rows: list[Row] = field(default_factory=list)
    as_at: dt.datetime | None = None

    @property
    def tiers(self) -> list[Figure]:
        return [figure for figure in self.own if figure.indicator.name in TIERS]

    def to_json(self) -> dict[str, Any]:
        return {
            "place": self.place.code,
            "name": self.place.name,
            "level": self.place.level,
            "on": self.on.isoformat(),
            "targets": [held.to_json() for held in self.held],
            "totals": {figure.indicator.name: figure.to_json() for figure in self.own},
            "children": [row.to_json() for row in self.rows],
        }
