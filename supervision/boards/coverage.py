"""The coverage board: what a place has, what its documents ask, and what is missing, as of any day.

It reads kept counts, so that it costs the same however many organisations there are; nothing here writes.
"""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.parameters import Pack, Parameter
from supervision import counts, indicators, targets
from supervision.boards.readings import TIERS, Board, Figure, Held, Row
from supervision.counts import current_packs
from supervision.indicators import BY_NAME, NOTHING, Cell, Indicator

ALWAYS = ("avg_urban", "avg_rural", "hub_street", "party")
LOWEST = {
    "province": 1,
    "city": 2,
    "city_county": 3,
    "county": 3,
    "district": 3,
    "street": 4,
    "hub": 4,
    "urban_community": 4,
    "rural_community": 4,
}


def tolerance(path: list[Pack], on: dt.date) -> Fraction:
    """How near counts as 基本 for a place (an assumed parameter, `basic_tolerance`)."""
    set_by = resolve.Rules(tuple(path), on).get("basic_tolerance")
    return set_by.exact if set_by and set_by.exact is not None else targets.BASIC


def formal(parameter: Parameter, indicator: Indicator | None, level: int) -> bool:
    """Whether a place of this level is judged formally, or only contributes to the level above (§5.2)."""
    lowest = indicator.formal_down_to if indicator else LOWEST.get(parameter.level, 5)
    return level <= lowest


def coverage(place: Jurisdiction, on: dt.date) -> Board:
    """The coverage board of a place as of a day."""
    packs = current_packs()
    path = resolve.in_force(packs, place.code, on)
    asked = resolve.targets(path, on)
    names = _columns(asked)
    found = counts.read(place, on, names)
    judges = _Judges(packs, on, tolerance(path, on))
    own = [_figure(place, BY_NAME[name], found.own.get(name, NOTHING), judges) for name in names]
    columns = [figure.indicator for figure in own if figure.base or figure.indicator.base is None]
    rows = _rows(found, columns, judges)
    holding = _Holding(place, on, judges.basic, {f.indicator.name: f for f in own}, _past(place, asked, on))
    binding = {parameter.id for parameter in targets.binding(asked, on)}
    held = [holding.hold(parameter, binding=parameter.id in binding) for parameter in asked]
    return Board(place, on, held, columns, own, rows, found.as_at)


def _columns(asked: list[Parameter]) -> list[str]:
    wanted = {indicators.MEASURED_BY.get(parameter.key) for parameter in asked} | {*ALWAYS, *TIERS}
    return [indicator.name for indicator in indicators.ALL if indicator.name in wanted]


@dataclass
class _Judges:
    """The binding targets of places, found once for each set of documents."""

    packs: list[Pack]
    on: dt.date
    basic: Fraction
    known: dict[tuple[str, ...], dict[str, Parameter]] = field(default_factory=dict)
    places: dict[str, dict[str, Parameter]] = field(default_factory=dict)

    def of(self, code: str, indicator: Indicator) -> Parameter | None:
        """The target of the nearest document that binds the place for an indicator on the day."""
        if code not in self.places:
            path = resolve.in_force(self.packs, code, self.on)
            key = tuple(pack.slug for pack in path)
            if key not in self.known:
                self.known[key] = nearest(resolve.targets(path, self.on), self.on)
            self.places[code] = self.known[key]
        return self.places[code].get(indicator.name)


def nearest(asked: list[Parameter], on: dt.date) -> dict[str, Parameter]:
    """Indicator → the binding target of the nearest document; `asked` comes nearest first."""
    found: dict[str, Parameter] = {}
    for parameter in targets.binding(asked, on):
        indicator = indicators.measuring(parameter.key)
        if indicator and indicator.name not in found:
            found[indicator.name] = parameter
    return found


def _figure(place: Jurisdiction, indicator: Indicator, cell: Cell, judges: _Judges) -> Figure:
    parameter = judges.of(place.code, indicator) if indicator.base else None
    judged = None
    if parameter and formal(parameter, indicator, place.level):
        judged = _judge(parameter, indicator, cell, judges.on, judges.basic)
    return Figure(indicator, place.code, cell.hits, cell.base, judged, missing=cell.missing)


def _judge(
    parameter: Parameter, indicator: Indicator, cell: Cell, on: dt.date, basic: Fraction, former: Cell | None = None
) -> targets.Judgement:
    return targets.judge(
        parameter,
        cell.hits,
        cell.base,
        on=on,
        basic_tolerance=basic,
        missing=cell.missing,
        bounded=indicator.bounded,
        former=Fraction(former.hits, former.base) if former and former.base else None,
    )


def _rows(found: counts.Reading, columns: list[Indicator], judges: _Judges) -> list[Row]:
    rows = []
    for child, cells in found.rows:
        figures = [_figure(child, column, cells.get(column.name, NOTHING), judges) for column in columns]
        rows.append(Row(child.code, child.name, figures))
    place, own = found.place, [(column, found.rest.get(column.name, NOTHING)) for column in columns]
    rest = [Figure(column, place.code, *cell[:2], own=True, missing=cell.missing) for column, cell in own]
    if rows and any(figure.hits or figure.base for figure in rest):
        rows.append(Row(place.code, f"{place.name}本级", rest, is_own=True))
    return rows


@dataclass
class _Holding:
    """What is needed to hold the targets of a place: counts of the day and of the other days that matter."""

    place: Jurisdiction
    on: dt.date
    basic: Fraction
    own: dict[str, Figure]
    past: dict[dt.date, dict[str, Cell]]

    def hold(self, parameter: Parameter, *, binding: bool) -> Held:
        indicator = indicators.measuring(parameter.key)
        if indicator is None:
            judged = targets.judge(parameter, None, None, on=self.on)
            return Held(None, judged, None, binding, formal(parameter, None, self.place.level), None)
        figure = self.own[indicator.name]
        cell, began = Cell(figure.hits, figure.base, figure.missing), self._cell(indicator, parameter.starts)
        judged = _judge(parameter, indicator, cell, self.on, self.basic, began)
        return Held(
            indicator,
            judged,
            self._as_at_due(indicator, parameter),
            binding,
            formal(parameter, indicator, self.place.level),
            figure,
        )

    def _as_at_due(self, indicator: Indicator, parameter: Parameter) -> targets.Judgement | None:
        cell = self._cell(indicator, parameter.due) if parameter.due else None
        if cell is None:
            return None
        began = self._cell(indicator, parameter.starts)
        return _judge(parameter, indicator, cell, parameter.due, self.basic, began)

    def _cell(self, indicator: Indicator, day: dt.date | None) -> Cell | None:
        return self.past[day].get(indicator.name, NOTHING) if day in self.past else None


def _past(place: Jurisdiction, asked: list[Parameter], on: dt.date) -> dict[dt.date, dict[str, Cell]]:
    """Counts of the place on the due days that have passed, and on the days a trend is held against."""
    known = [parameter for parameter in asked if indicators.measuring(parameter.key)]
    days = {p.due for p in known if p.due and targets.timing(p, on) is targets.Timing.PASSED}
    days |= {p.starts for p in known if p.op in targets.DIRECTIONS and p.starts and p.starts <= on}
    return dict(counts.series(place, sorted(days), {indicators.MEASURED_BY[p.key] for p in known}))
