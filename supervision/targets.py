"""Targets against counts: pure rules of measurement, tested as tables of cases.

Counts come in as integers, values stay fractions, 以上 includes the number itself, a due day includes the day.
The readings chosen for open wordings stand in `requirements.md` §5.2 and §5.3.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from registry.policy.parameters import Modality, Parameter

BASIC = Fraction(9, 10)  # assumed reading of 基本 where a document gives no share (requirements §5.2)
EACH = frozenset(
    {"hub", "person", "document", "record", "budget_line", "campaign", "organisation", "flag", "party_member"}
)
PRESSING = frozenset({Modality.MUST, Modality.TARGET})
DIRECTIONS = ("increase", "decrease")
TRENDS = frozenset({*DIRECTIONS, "none", None})


class Status(StrEnum):
    MET = "met"
    BASICALLY_MET = "basically_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    TREND = "trend"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.MET: "达标",
    Status.BASICALLY_MET: "基本达标",
    Status.NOT_MET: "未达标",
    Status.NOT_APPLICABLE: "不适用",
    Status.NO_DATA: "暂无数据",
    Status.TREND: "只看变化",
}


class Timing(StrEnum):
    """Where a day stands to a target: a duty without a date, still time, or past the due day."""

    STANDING = "standing"
    AHEAD = "ahead"
    PASSED = "passed"


@dataclass(frozen=True)
class Judgement:
    """One target of one document held against the counts of one place on one day.

    `gap` is how many more are needed to reach the target in full; 0 when reached, None when it cannot be said.
    `missing` places owe a figure and have not entered it; while what they might say could change the verdict there
    is none. `former` is the value a trend is held against.
    """

    parameter: Parameter
    on: dt.date
    status: Status
    numerator: int | None = None
    denominator: int | None = None
    value: Fraction | None = None
    gap: int | None = None
    missing: int = 0
    former: Fraction | None = None

    @property
    def timing(self) -> Timing:
        return timing(self.parameter, self.on)

    @property
    def expired(self) -> bool:
        """The programme that set the target is over; it is still shown, and no longer pressed."""
        return self.parameter.lapsed(self.on)


def goal(parameter: Parameter) -> Fraction | None:
    """The average or the share to reach; None where the document names no number.

    "At least one hub in every street" is measured as the share of streets that have one, so its goal is 1;
    so is that of a range such as 2 to 3 social workers a hub, measured as the share of hubs that keep it, and of
    something due by a day or every so many days, measured as the share that does it in time.
    """
    if parameter.op in TRENDS:
        return None
    if parameter.op in ("between", "≤") or parameter.unit in EACH:
        return Fraction(1)
    if parameter.op not in ("≥", "=="):
        raise ValueError(f"{parameter.id} cannot be measured by counts: {parameter.op}")
    return parameter.exact


def judge(
    parameter: Parameter,
    numerator: int | None,
    denominator: int | None,
    *,
    on: dt.date,
    basic_tolerance: Fraction = BASIC,
    missing: int = 0,
    bounded: bool = True,
    former: Fraction | None = None,
) -> Judgement:
    """Hold counts against a target: gap = ceil(goal × denominator) − numerator.

    A missing count is no data and never a failure; so is a count from which `missing` places are absent, unless the
    denominator has them already (`bounded`) and the target is reached without them. Nothing to count in is not
    applicable (§5.2 平均拥有). A target without a number (提高、减少) is held against `former`, the value of the day
    it began, where that is known.
    基本 in the clause (`parameter.basic`) makes `basic_tolerance` of the goal basically met.
    """
    if numerator is None or denominator is None:
        return Judgement(parameter, on, Status.NO_DATA, numerator, denominator, missing=missing)
    if min(numerator, denominator, missing) < 0:
        raise ValueError("counts cannot be negative")
    if denominator == 0:
        status = Status.NO_DATA if missing else Status.NOT_APPLICABLE
        return Judgement(parameter, on, status, numerator, denominator, missing=missing)
    value, wanted = Fraction(numerator, denominator), goal(parameter)
    known = Judgement(parameter, on, Status.NO_DATA, numerator, denominator, value, missing=missing, former=former)
    if wanted is None:
        return replace(known, status=_trend(parameter, value, former) if not missing else Status.NO_DATA)
    gap = max(0, ceil(wanted * denominator) - numerator)
    if missing and (gap or not bounded):
        return known
    return replace(known, status=_verdict(parameter, value, wanted, basic_tolerance), gap=gap)


def is_trend(parameter: Parameter, on: dt.date) -> bool:
    """Whether a target asks for more or less than on the day it began, and has begun by the day."""
    return parameter.op in DIRECTIONS and parameter.starts is not None and parameter.starts <= on


def _trend(parameter: Parameter, value: Fraction, former: Fraction | None) -> Status:
    """提高 is met by more than before, 减少 by less; without a former value there is only the present one."""
    if former is None or parameter.op not in DIRECTIONS:
        return Status.TREND
    risen = value > former if parameter.op == "increase" else value < former
    return Status.MET if risen else Status.NOT_MET


def _verdict(parameter: Parameter, value: Fraction, wanted: Fraction, tolerance: Fraction) -> Status:
    if value >= wanted:
        return Status.MET
    if parameter.basic and value >= wanted * tolerance:
        return Status.BASICALLY_MET
    return Status.NOT_MET


@dataclass(frozen=True)
class Staffing:
    """The full-time social workers of one hub against a range; more than the range asks is only worth a note."""

    status: Status
    missing: int
    surplus: int


def staffing(parameter: Parameter, people: int) -> Staffing:
    """2至3名专职社工: fewer than two fails, more than three is no violation (津民发〔2018〕61号 三（四）)."""
    low, high = parameter.value
    status = Status.MET if people >= low else Status.NOT_MET
    return Staffing(status, max(0, low - people), max(0, people - high))


def timing(parameter: Parameter, on: dt.date) -> Timing:
    """Whether the due day is still ahead; the due day itself still counts as time left."""
    if parameter.due is None:
        return Timing.STANDING
    return Timing.AHEAD if on <= parameter.due else Timing.PASSED


def binding(parameters: Iterable[Parameter], on: dt.date) -> list[Parameter]:
    """Of the vintages one document sets for one thing (2018, 2019, 2020) the one that counts on a day.

    That is the next one due, or the last one when all have passed. Duties without a date always count.
    """
    return [parameter for vintages in _vintages(parameters) for parameter in _current(vintages, on)]


def pressing(parameters: Iterable[Parameter], on: dt.date) -> list[Parameter]:
    """What can be held against a place on a day: standing duties and, of each thing, the vintage that passed last.

    What a document only allows or explores (MAY, EXPLORE) is never held against anybody.
    """
    found = []
    for vintages in _vintages(parameter for parameter in parameters if parameter.modality in PRESSING):
        found += [parameter for parameter in vintages if parameter.due is None]
        passed = [parameter for parameter in vintages if timing(parameter, on) is Timing.PASSED]
        found += passed[-1:]
    return [parameter for parameter in found if not parameter.lapsed(on)]


def _vintages(parameters: Iterable[Parameter]) -> list[list[Parameter]]:
    groups: dict[tuple[str, str, str], list[Parameter]] = {}
    for parameter in parameters:
        groups.setdefault((parameter.area, parameter.document, parameter.key), []).append(parameter)
    return [sorted(group, key=lambda parameter: parameter.due or dt.date.min) for group in groups.values()]


def _current(vintages: list[Parameter], on: dt.date) -> list[Parameter]:
    standing = [parameter for parameter in vintages if parameter.due is None]
    dated = [parameter for parameter in vintages if parameter.due is not None]
    ahead = [parameter for parameter in dated if timing(parameter, on) is Timing.AHEAD]
    return standing + (ahead[:1] or dated[-1:])
