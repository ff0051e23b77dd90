"""One target of one place: today and on its due days, month by month, and place by place below."""

import datetime as dt
from dataclasses import dataclass, field, replace
from fractions import Fraction

from portal.errors import Refusal
from registry import codes
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.parameters import Parameter
from supervision import counts, targets
from supervision.boards import themes
from supervision.boards.coverage import coverage, formal, tolerance
from supervision.boards.readings import Board, Figure, Held, Row
from supervision.counts import current_packs, live, question
from supervision.indicators import NOTHING, Cell, Indicator
from supervision.models import CountDay, Judgement

MONTHS = 12
CHANGES = 12


@dataclass(frozen=True)
class Line:
    """A place right below held against the target of the place above; `formal` is false where it only contributes."""

    code: str
    name: str
    figure: Figure
    formal: bool = False

    @property
    def gap(self) -> int:
        return (self.figure.judgement.gap or 0) if self.figure.judgement else 0


@dataclass(frozen=True)
class Target:
    """Everything the page of a target shows. `held` is None on a day on which the document asked nothing yet.

    `stages` are the steps of the same thing in the same document (end of 2018, 2019, 2020), `trend` the month ends
    and the day itself, `lines` the places below in code order, `changes` the kept judgements, the newest first.
    """

    place: Jurisdiction
    on: dt.date
    parameter: Parameter
    held: Held | None = None
    board: Board | None = None
    stages: list[Held] = field(default_factory=list)
    trend: list[tuple[dt.date, Figure]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    changes: list[Judgement] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator | None:
        return self.held.indicator if self.held else None

    @property
    def short(self) -> list[Line]:
        """The places that fall short, in code order."""
        return [line for line in self.lines if line.gap]


def target(place: Jurisdiction, parameter_id: str, on: dt.date) -> Target:
    """One target of a place as of a day. `Refusal` when no document on the path of the place sets it."""
    found = standing(place, parameter_id, on)
    if found.held is None:
        return found
    found = replace(found, stages=_stages(found.board, found.held), changes=_changes(place, parameter_id))
    if found.indicator is None:
        return found
    return replace(found, trend=_trend(place, found.indicator, on))


def standing(place: Jurisdiction, parameter_id: str, on: dt.date) -> Target:
    """The target and how the places below stand to it; without its months, its stages and its history."""
    parameter = _sought(place, parameter_id)
    board = coverage(place, on)
    held = next((one for one in board.held if one.parameter.id == parameter_id), None)
    if held is None:
        return Target(place, on, parameter)
    found = Target(place, on, held.parameter, held, board)
    return found if held.indicator is None else replace(found, lines=_lines(found))


def _sought(place: Jurisdiction, parameter_id: str) -> Parameter:
    for pack in current_packs():
        if resolve.covers(pack.area, place.code):
            for parameter in pack.parameters:
                if parameter.id == parameter_id and resolve.is_target(parameter):
                    return parameter
    raise Refusal("本地的文件里没有这项目标", code="unknown_target")


def _stages(board: Board, held: Held) -> list[Held]:
    same = [
        one
        for one in board.held
        if (one.parameter.key, one.parameter.title) == (held.parameter.key, held.parameter.title)
    ]
    return sorted(same, key=lambda one: one.parameter.due or dt.date.max)


def _changes(place: Jurisdiction, parameter_id: str) -> list[Judgement]:
    rows = Judgement.objects.filter(place_code=place.code, parameter=parameter_id).order_by("-on", "-pk")
    return list(rows[:CHANGES])


def month_ends(on: dt.date, many: int = MONTHS) -> list[dt.date]:
    """The last days of so many months that are over on a day, the oldest first."""
    ends, day = [], on + dt.timedelta(days=1)
    for _ in range(many):
        day = day.replace(day=1) - dt.timedelta(days=1)
        ends.append(day)
    return ends[::-1]


def _trend(place: Jurisdiction, indicator: Indicator, on: dt.date) -> list[tuple[dt.date, Figure]]:
    days = list(dict.fromkeys([*month_ends(on), on]))
    found = {day: cells.get(indicator.name, NOTHING) for day, cells in counts.series(place, _kept(days))}
    cells = [(day, found[day] if day in found else _counted(place, indicator, day)) for day in days]
    return [(day, Figure(indicator, place.code, *cell[:2], missing=cell.missing)) for day, cell in cells]


def _kept(days: list[dt.date]) -> list[dt.date]:
    return sorted(CountDay.objects.filter(on__in=days).values_list("on", flat=True))


def _counted(place: Jurisdiction, indicator: Indicator, day: dt.date) -> Cell:
    """A day nobody kept: this one indicator is counted from the register, the others are left alone."""
    if place.level > Jurisdiction.Level.STREET:
        ask = question(place.code, day, resolve.in_force(current_packs(), place.code, day))
        leaves = {place.code: live.within(ask, codes.WIDTHS[4], [indicator]).get(place.code, {})}
    else:
        leaves = live.leaves(day, place.code, [indicator])
    total = NOTHING
    for cells in leaves.values():
        total = total.plus(cells.get(indicator.name, NOTHING))
    return total


def _lines(found: Target) -> list[Line]:
    """Every place below held against this target, and the own level as it stands; none where all stands there."""
    board, indicator = found.board, found.held.indicator
    if indicator not in board.columns or not themes.told_below(board, board.columns.index(indicator)):
        return []
    at = board.columns.index(indicator)
    basic = tolerance(resolve.in_force(current_packs(), found.place.code, found.on), found.on)
    return [_line(found, row, row.figures[at], basic) for row in board.rows]


def _line(found: Target, row: Row, figure: Figure, basic: Fraction) -> Line:
    parameter, indicator = found.parameter, figure.indicator
    if row.is_own:
        return Line(row.code, row.name, figure)
    judged = targets.judge(
        parameter,
        figure.hits,
        figure.base,
        on=found.on,
        basic_tolerance=basic,
        missing=figure.missing,
        bounded=indicator.bounded,
    )
    level = formal(parameter, indicator, codes.level(row.code))
    return Line(row.code, row.name, replace(figure, judgement=judged), level)
