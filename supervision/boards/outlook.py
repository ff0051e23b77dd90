"""The outlook of a place on one target: how many more are needed, where, and what the cases under way will bring."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry import codes
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.keys import KEYS
from registry.policy.parameters import Parameter
from supervision import counts, figures, indicators, shortfall, targets
from supervision.boards.coverage import formal, tolerance
from supervision.boards.foreseeing import foresee, grounds
from supervision.forecasts import Forecast
from supervision.indicators import NOTHING, Cell, Indicator
from supervision.shortfall import Need
from supervision.targets import Judgement


@dataclass(frozen=True)
class Line:
    """One place right below, or the place's own level, with what it has and what it needs."""

    code: str
    name: str
    need: Need
    is_own: bool = False

    @property
    def opens(self) -> bool:
        """Whether the place has an outlook of its own with places below it."""
        return not self.is_own and codes.level(self.code) < Jurisdiction.Level.COMMUNITY


@dataclass(frozen=True)
class Outlook:
    """What a page shows of one target. Without a forecast `silence` says why; `lines` is empty while none is known."""

    place: Jurisdiction
    on: dt.date
    parameter: Parameter
    indicator: Indicator
    judgement: Judgement
    formal: bool
    lines: list[Line]
    forecast: Forecast | None
    silence: str
    as_at: dt.datetime

    @property
    def label(self) -> str:
        return KEYS[self.parameter.key].label

    @property
    def gap(self) -> int | None:
        return self.judgement.gap

    @property
    def total(self) -> Need | None:
        """The line of the sums; None while nothing can be said."""
        cell, goal = self.judgement, targets.goal(self.parameter)
        if self.gap is None or goal is None or cell.numerator is None or cell.denominator is None:
            return None
        return Need(cell.numerator, cell.denominator, cell.numerator + self.gap, self.gap)

    @property
    def words(self) -> dict[str, str]:
        """What the page says in whole sentences."""
        lacks, told = self.indicator.lacks, self.forecast
        return {
            "wanted": figures.wanted(self.parameter),
            "verdict": figures.verdict(self.judgement, formal=self.formal),
            "short": figures.short(self.judgement, lacks),
            "when": figures.when(self.judgement),
            "forecast": told.words(lacks) if told else "",
            "pace": told.pace_words(lacks) if told else "",
        }

    @property
    def grounds(self) -> list[str]:
        """What the forecast goes by, a sentence each."""
        return grounds(self.forecast) if self.forecast else []

    @property
    def free(self) -> bool:
        """Whether any of several places below would do: a share short of all."""
        goal = targets.goal(self.parameter)
        return bool(self.gap) and self.indicator.kind == "share" and goal is not None and goal < 1

    def to_json(self) -> dict[str, Any]:
        judged = self.judgement
        return {
            "place": self.place.code,
            "on": self.on.isoformat(),
            "target": self.parameter.id,
            "numerator": judged.numerator,
            "denominator": judged.denominator,
            "status": judged.status.value,
            "gap": judged.gap,
            "formal": self.formal,
            "places": [
                {"place": line.code, "own_level": line.is_own, "numerator": line.need.have,
                 "denominator": line.need.base, "wanted": line.need.wanted, "least": line.need.least,
                 "alone": line.need.alone} for line in self.lines
            ],
            "forecast": self.forecast.to_json() if self.forecast else None,
            "no_forecast": self.silence,
        }  # fmt: skip


def sought(place: Jurisdiction, parameter: str) -> Parameter:
    """The target with this id in a document that reaches the place. `LookupError` when there is none."""
    for pack in counts.current_packs():
        if resolve.covers(pack.area, place.code):
            for one in pack.parameters:
                if one.id == parameter and resolve.is_target(one):
                    return one
    raise LookupError(parameter)


def outlook(place: Jurisdiction, parameter: Parameter, on: dt.date) -> Outlook:
    """How many more the target needs in a place, where the fewest would do, and what is to be expected.

    `LookupError` for a parameter no indicator answers.
    """
    indicator = indicators.measuring(parameter.key)
    if indicator is None:
        raise LookupError(parameter.id)
    path = resolve.in_force(counts.current_packs(), place.code, on)
    read = counts.read(place, on, [indicator.name])
    cell = read.own.get(indicator.name, NOTHING)
    judged = targets.judge(
        parameter,
        cell.hits,
        cell.base,
        on=on,
        basic_tolerance=tolerance(path, on),
        missing=cell.missing,
        bounded=indicator.bounded,
    )
    told, silence = foresee(judged, indicator, place.code, counts.question(place.code, on, path))
    official = formal(parameter, indicator, place.level)
    lines = _lines(read, indicator, judged)
    return Outlook(place, on, parameter, indicator, judged, official, lines, told, silence, read.as_at)


def _lines(read: counts.Reading, indicator: Indicator, judged: Judgement) -> list[Line]:
    """The rows whose parts add up to the gap; places with nothing to count in are left out."""
    goal = targets.goal(judged.parameter)
    if judged.gap is None or goal is None:
        return []
    found = [(child.code, child.name, cells.get(indicator.name, NOTHING), False) for child, cells in read.rows]
    own = f"{read.place.name}本级" if read.rows else read.place.name
    found.append((read.place.code, own, read.rest.get(indicator.name, NOTHING), True))
    counted = [one for one in found if _counts(one[2])]
    needed = shortfall.needs(goal, [cell[:2] for _, _, cell, _ in counted])
    return [Line(code, name, need, own) for (code, name, _, own), need in zip(counted, needed, strict=True)]


def _counts(cell: Cell) -> bool:
    return bool(cell.hits or cell.base)
