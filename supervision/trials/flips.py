"""Targets before and after an edit: the same counts held against both, for a place and the places right below it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry import codes
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.keys import KEYS
from registry.policy.parameters import Pack, Parameter
from supervision import boards, counts, figures, indicators, targets
from supervision.counts import Ways, live
from supervision.indicators import BY_NAME, NOTHING, Cell, Indicator
from supervision.targets import Judgement, Status, Timing

RECOUNTED = ("count.tiers", "count.population", "rule.hub.full_time_social_workers")
Cells = dict[str, Cell]


@dataclass(frozen=True)
class Held:
    """One target before and after. `turned` when the verdict differs, or whether its day is over where there is one."""

    label: str
    indicator: Indicator
    before: Judgement
    after: Judgement
    then: tuple[Judgement | None, Judgement | None] = (None, None)  # as at the due day, where that is over

    @property
    def turned(self) -> bool:
        if self.before.status != self.after.status:
            return True
        return self.after.status is not Status.NOT_APPLICABLE and self.before.timing != self.after.timing

    @property
    def moved(self) -> bool:
        """Whether anything a reader would see differs."""
        varied = self.before.parameter != self.after.parameter
        return varied or self.turned or self.before.gap != self.after.gap or self.before.value != self.after.value

    def to_json(self) -> dict:
        return {
            "id": self.after.parameter.id,
            "label": self.label,
            "source": f"{self.after.parameter.document} {self.after.parameter.clause}",
            "turned": self.turned,
            "before": _said(self.before, self.indicator, self.then[0]),
            "after": _said(self.after, self.indicator, self.then[1]),
        }


def _said(judged: Judgement, indicator: Indicator, then: Judgement | None) -> dict:
    """The numbers, and the same in words."""
    return {
        "numerator": judged.numerator,
        "denominator": judged.denominator,
        "status": judged.status.value,
        "verdict": judged.status.label,
        "gap": judged.gap,
        "short": figures.short(judged, indicator.lacks),
        "wanted": figures.wanted(judged.parameter),
        "when": figures.when(judged),
        "over": judged.timing is Timing.PASSED,
        "then": figures.then(then, indicator.lacks) if then else "",
    }


@dataclass(frozen=True)
class Flips:
    """The targets of the place that differ, and of every place right below those that turn, in code order."""

    own: list[Held]
    rows: list[tuple[Jurisdiction, list[Held]]] = field(default_factory=list)
    judged: int = 0


@dataclass(frozen=True)
class Edit:
    """The documents before and after, and what was changed in one of them."""

    before: list[Pack]
    after: list[Pack]
    on: dt.date
    keys: frozenset[str]

    @property
    def recounts(self) -> bool:
        """Whether the edit changes what is counted, and not only what it is held against."""
        return not self.keys.isdisjoint(RECOUNTED)


def flips(place: Jurisdiction, edit: Edit) -> Flips:
    """Judge the place and its children by both; kept counts serve both unless the edit changes what is counted."""
    found = counts.read(place, edit.on)
    then = _recount(found, edit) if edit.recounts else {}
    pairs = [(place, found.own), *found.rows]
    told = [(one, list(_of(one, cells, then.get(one.code, cells), edit))) for one, cells in pairs]
    own, below = told[0][1], [(one, [held for held in helds if held.turned]) for one, helds in told[1:]]
    rows = [(one, helds) for one, helds in below if helds]
    return Flips(_dated(place, [held for held in own if held.moved], edit), rows, sum(len(one) for _, one in told))


def _dated(place: Jurisdiction, held: list[Held], edit: Edit) -> list[Held]:
    """The same with the verdicts as at the due days that are over; only where what is counted stays as it was."""
    dues = {due for one in held for judged in (one.before, one.after) if (due := _over(judged))}
    if edit.recounts or not dues:
        return held
    past = dict(counts.series(place, sorted(dues)))
    basics = [boards.tolerance(path, edit.on) for path in _paths(place, edit)]
    return [_with_then(one, past, basics) for one in held]


def _with_then(held: Held, past: dict[dt.date, Cells], basics: list[Fraction]) -> Held:
    judged = [
        _then(one, held.indicator, past, basic) for one, basic in zip((held.before, held.after), basics, strict=True)
    ]
    return replace(held, then=(judged[0], judged[1]))


def _then(held: Judgement, indicator: Indicator, past: dict[dt.date, Cells], basic: Fraction) -> Judgement | None:
    due = _over(held)
    return _judge(held.parameter, indicator, past[due], due, basic) if due else None


def _over(judged: Judgement) -> dt.date | None:
    return judged.parameter.due if judged.timing is Timing.PASSED else None


def _paths(place: Jurisdiction, edit: Edit) -> list[list[Pack]]:
    return [resolve.in_force(packs, place.code, edit.on) for packs in (edit.before, edit.after)]


def _of(place: Jurisdiction, cells: Cells, then: Cells, edit: Edit) -> Iterator[Held]:
    """Every measured target of a place that is judged there formally, in the order of its documents."""
    paths = _paths(place, edit)
    basics = [boards.tolerance(path, edit.on) for path in paths]
    asked = [{one.id: one for one in resolve.targets(path, edit.on)} for path in paths]
    for name, parameter in asked[0].items():
        indicator = indicators.measuring(parameter.key)
        if indicator and boards.formal(parameter, indicator, place.level):
            before = _judge(parameter, indicator, cells, edit.on, basics[0])
            after = _judge(asked[1][name], indicator, then, edit.on, basics[1])
            yield Held(KEYS[parameter.key].label, indicator, before, after)


def _judge(parameter: Parameter, indicator: Indicator, cells: Cells, on: dt.date, basic: Fraction) -> Judgement:
    cell = cells.get(indicator.name, NOTHING)
    return targets.judge(
        parameter,
        cell.hits,
        cell.base,
        on=on,
        basic_tolerance=basic,
        missing=cell.missing,
        bounded=indicator.bounded,
    )


def _recount(found: counts.Reading, edit: Edit) -> dict[str, Cells]:
    """Code → cells of the place and the places below, counted from the register the way the edit asks."""
    place, width = found.place, codes.WIDTHS[4 if found.place.level >= Jurisdiction.Level.STREET else 3]
    heads = _counted(place, width, _measured(edit), Ways(edit.after, edit.on))
    codes_ = [place.code, *(child.code for child, _ in found.rows)]
    return {code: _summed(codes.prefix(code), heads) for code in codes_}


def _measured(edit: Edit) -> list[Indicator]:
    keys = {parameter.key for parameter in resolve.targets(edit.after, edit.on)}
    names = {indicator.name for key in keys if (indicator := indicators.measuring(key))}
    return [BY_NAME[name] for name in sorted(names)]


def _counted(place: Jurisdiction, width: int, wanted: list[Indicator], ways: Ways) -> dict[str, Cells]:
    """Each head in the way of its own documents."""
    areas = {pack.area for pack in ways.packs if codes.contains(place.code, pack.area)}
    asked = {ways.of(code) for code in areas | {place.code}}
    found: dict[str, Cells] = {}
    for way in asked:
        for head, cells in live.within(replace(way, code=place.code), width, wanted).items():
            if len(asked) == 1 or ways.of(head.ljust(12, "0")) == way:
                found[head] = {name: Cell(*numbers) for name, numbers in cells.items()}
    return found


def _summed(prefix: str, heads: dict[str, Cells]) -> Cells:
    found: Cells = {}
    for cells in _under(prefix, heads):
        for name, cell in cells.items():
            found[name] = found.get(name, NOTHING).plus(cell)
    return found


def _under(prefix: str, heads: dict[str, Cells]) -> Iterable[Cells]:
    return (cells for head, cells in heads.items() if head.startswith(prefix))
