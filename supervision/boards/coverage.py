"""The coverage board: what a place has, what its documents ask, and what is missing, as of any day.

A board asks one statement an indicator, whatever the number of places; nothing here writes.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry import codes
from registry.models import Jurisdiction, PolicyPack
from registry.models.jurisdictions import PSEUDO
from registry.policy import resolve
from registry.policy.parameters import Pack, Parameter
from supervision import indicators, targets
from supervision.boards.readings import TIERS, Board, Figure, Held, Row
from supervision.indicators import BY_NAME, COUNTED, Indicator, Question

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
Counts = dict[str, tuple[int, int]]


def current_packs() -> list[Pack]:
    """The editions of all documents that are in use now; contents are read once a process."""
    return PolicyPack.objects.current().order_by("slug").read()


def question(code: str, on: dt.date, path: list[Pack]) -> Question:
    """The question of a place with the way of counting its nearest document sets."""
    rules = resolve.Rules(tuple(path), on)
    tiers, staff = rules.get("count.tiers"), rules.get("rule.hub.full_time_social_workers")
    low = staff.value[0] if staff else 2
    return Question(code, on, tuple(tiers.value) if tiers else COUNTED, low)


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
    children = below(place, on)
    ask = question(place.code, on, path)
    judges = _Judges(packs, on, tolerance(path, on))
    width = max((len(codes.prefix(child.code)) for child in children), default=codes.WIDTHS[-1])
    counted = indicators.tally(ask, width, names)
    own = [_figure(place, BY_NAME[name], _total(counted[name]), judges) for name in names]
    columns = [figure.indicator for figure in own if figure.base or figure.indicator.base is None]
    rows = _rows(place, children, counted, columns, judges)
    holding = _Holding(place, ask, judges.basic, {f.indicator.name: f for f in own}, _past(place, asked, ask))
    binding = {parameter.id for parameter in targets.binding(asked, on)}
    held = [holding.hold(parameter, binding=parameter.id in binding) for parameter in asked]
    return Board(place, on, held, columns, own, rows)


def _columns(asked: list[Parameter]) -> list[str]:
    wanted = {indicators.MEASURED_BY.get(parameter.key) for parameter in asked} | {*ALWAYS, *TIERS}
    return [indicator.name for indicator in indicators.ALL if indicator.name in wanted]


def below(place: Jurisdiction, on: dt.date) -> list[Jurisdiction]:
    """The places right below in code order; 市辖区 and the like are stepped over."""
    standing = Jurisdiction.objects.standing_on(on).order_by("code")
    children = list(standing.filter(parent=place))
    if children and all(child.name in PSEUDO for child in children):
        return list(standing.filter(parent__parent=place))
    return children


def _total(counted: Counts) -> tuple[int, int]:
    return sum(hits for hits, _ in counted.values()), sum(base for _, base in counted.values())


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


def _figure(place: Jurisdiction, indicator: Indicator, counts: tuple[int, int], judges: _Judges) -> Figure:
    hits, base = counts
    parameter = judges.of(place.code, indicator) if indicator.base else None
    judged = None
    if parameter and formal(parameter, indicator, place.level):
        judged = targets.judge(parameter, hits, base, on=judges.on, basic_tolerance=judges.basic)
    return Figure(indicator, place.code, hits, base, judged)


def _rows(
    place: Jurisdiction,
    children: list[Jurisdiction],
    counted: dict[str, Counts],
    columns: list[Indicator],
    judges: _Judges,
) -> list[Row]:
    rolled = {column.name: _by_child(counted[column.name], children) for column in columns}
    rows = []
    for child in children:
        cells = [_figure(child, column, rolled[column.name].get(child.code, (0, 0)), judges) for column in columns]
        rows.append(Row(child.code, child.name, cells))
    rest = [Figure(column, place.code, *rolled[column.name].get("", (0, 0)), own=True) for column in columns]
    if children and any(figure.hits or figure.base for figure in rest):
        rows.append(Row(place.code, f"{place.name}本级", rest, is_own=True))
    return rows


def _by_child(counted: Counts, children: list[Jurisdiction]) -> Counts:
    """Counts by the code of the child they lie in; under the empty code what lies in no child."""
    heads = {codes.prefix(child.code): child.code for child in children}
    lengths = sorted({len(head) for head in heads}, reverse=True)
    found: Counts = {}
    for head, (hits, base) in counted.items():
        child = next((heads[head[:length]] for length in lengths if head[:length] in heads), "")
        before = found.get(child, (0, 0))
        found[child] = before[0] + hits, before[1] + base
    return found


@dataclass
class _Holding:
    """What is needed to hold the targets of a place: counts of the day and of the due days that passed."""

    place: Jurisdiction
    ask: Question
    basic: Fraction
    own: dict[str, Figure]
    past: dict[tuple[str, dt.date], tuple[int, int]]

    def hold(self, parameter: Parameter, *, binding: bool) -> Held:
        indicator = indicators.measuring(parameter.key)
        figure = self.own[indicator.name] if indicator else None
        counts = (figure.hits, figure.base) if figure else (None, None)
        judged = targets.judge(parameter, *counts, on=self.ask.on, basic_tolerance=self.basic)
        level = formal(parameter, indicator, self.place.level)
        return Held(indicator, judged, self._as_at_due(parameter), binding, level, figure)

    def _as_at_due(self, parameter: Parameter) -> targets.Judgement | None:
        indicator = indicators.measuring(parameter.key)
        counts = self.past.get((indicator.name, parameter.due)) if indicator and parameter.due else None
        if counts is None:
            return None
        return targets.judge(parameter, *counts, on=parameter.due, basic_tolerance=self.basic)


def _past(place: Jurisdiction, asked: list[Parameter], ask: Question) -> dict[tuple[str, dt.date], tuple[int, int]]:
    """Counts of the place on the due days that have passed: one statement for each indicator and day."""
    head, found = codes.prefix(place.code), {}
    for parameter in asked:
        indicator = indicators.measuring(parameter.key)
        if indicator is None or targets.timing(parameter, ask.on) is not targets.Timing.PASSED:
            continue
        if (indicator.name, parameter.due) not in found:
            then = replace(ask, on=parameter.due)
            found[indicator.name, parameter.due] = indicator.counts(then, len(head)).get(head, (0, 0))
    return found
