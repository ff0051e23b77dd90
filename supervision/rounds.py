"""What one night has to write for a stretch of places: compare what is found with what stood before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from registry import codes
from registry.policy import resolve
from registry.policy.parameters import NATION, Pack, Parameter
from supervision import boards, indicators, targets
from supervision.indicators import Indicator, Question, sheet
from supervision.models import Alert, Judgement, Measure
from supervision.targets import Status

Counts = dict[str, list[int]]
Standing = dict[tuple[str, str], tuple[str, int | None]]


@dataclass(frozen=True)
class Asked:
    """One target to be judged at a place; `presses` when not meeting it is worth an alert on the day."""

    parameter: Parameter
    indicator: Indicator
    edition: str
    basic: Fraction
    presses: bool


@dataclass
class Plans:
    """What is asked of places, and how they are counted, worked out once for each set of documents on a path."""

    packs: list[Pack]
    on: dt.date
    asked: dict[tuple[str, ...], list[Asked]] = field(default_factory=dict)
    ways: dict[tuple[str, ...], Question] = field(default_factory=dict)
    sheets: dict[Question, sheet.Sheet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.heads = [("" if pack.national else codes.prefix(pack.area), pack.slug) for pack in self.packs]

    def counts(self, code: str) -> Counts:
        """The counts of a place, by the way of counting its documents set; one sheet for each way that is in use."""
        key = self._reached(code)
        if key not in self.ways:
            self.ways[key] = boards.question(NATION, self.on, self._path(code))
        if self.ways[key] not in self.sheets:
            self.sheets[self.ways[key]] = sheet.fill(self.ways[key])
        return self.sheets[self.ways[key]].get(codes.prefix(code), {})

    def of(self, code: str) -> list[Asked]:
        """Every measurable target on the path of a place, nearest document first."""
        key = self._reached(code)
        if key not in self.asked:
            self.asked[key] = list(self._asked(self._path(code)))
        return self.asked[key]

    def _reached(self, code: str) -> tuple[str, ...]:
        return tuple(slug for head, slug in self.heads if code.startswith(head))

    def _path(self, code: str) -> list[Pack]:
        return resolve.in_force(self.packs, code, self.on)

    def _asked(self, path: list[Pack]) -> Iterator[Asked]:
        """National targets are a line of reference: judged and shown, they press nobody (requirements C1)."""
        asked = resolve.targets(path, self.on)
        pressing = {parameter.id for parameter in targets.pressing(asked, self.on) if parameter.area != NATION}
        editions = {parameter.id: pack.digest for pack in path for parameter in pack.parameters}
        basic = boards.tolerance(path, self.on)
        for parameter in asked:
            indicator = indicators.measuring(parameter.key)
            if indicator:
                yield Asked(parameter, indicator, editions[parameter.id], basic, parameter.id in pressing)


@dataclass
class Findings:
    """New rows for a stretch of places, and the alerts that stand after the night: {(code, parameter): alert}."""

    measures: list[Measure] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    behind: dict[tuple[str, str], Alert] = field(default_factory=dict)


def compare(
    places: Iterable[tuple[str, int]],
    plans: Plans,
    former: dict[str, Counts],
    stood: Standing,
) -> Findings:
    """Measure and judge (code, level) pairs; a row is found only where it differs from what stood before.

    `former` are the last counts, `stood` the last (status, gap) of each place and parameter; a place without a
    row counted nothing, a target without a row was not applicable.
    """
    found = Findings()
    for code, level in places:
        counts = plans.counts(code)
        if counts != former.get(code, {}):
            found.measures.append(Measure(place_code=code, on=plans.on, counts=counts))
        for asked in plans.of(code):
            if boards.formal(asked.parameter, asked.indicator, level):
                _judge(found, asked, code, counts, plans.on, stood)
    return found


def _judge(found: Findings, asked: Asked, code: str, counts: Counts, on: dt.date, stood: Standing) -> None:
    hits, base = counts.get(asked.indicator.name, (0, 0))
    judged = targets.judge(asked.parameter, hits, base, on=on, basic_tolerance=asked.basic)
    key = code, asked.parameter.id
    before = stood.get(key, (Status.NOT_APPLICABLE.value, None))
    if (judged.status.value, judged.gap) != before:
        found.judgements.append(_row(asked, code, judged))
    if asked.presses and judged.status is Status.NOT_MET:
        found.behind[key] = _alert(asked, code, judged)


def _row(asked: Asked, code: str, judged: targets.Judgement) -> Judgement:
    return Judgement(
        place_code=code,
        parameter=asked.parameter.id,
        indicator=asked.indicator.name,
        edition=asked.edition,
        on=judged.on,
        numerator=judged.numerator,
        denominator=judged.denominator,
        status=judged.status.value,
        gap=judged.gap,
    )


def _alert(asked: Asked, code: str, judged: targets.Judgement) -> Alert:
    return Alert(
        place_code=code,
        parameter=asked.parameter.id,
        indicator=asked.indicator.name,
        document=asked.parameter.document,
        clause=asked.parameter.clause,
        title=asked.parameter.summary[:120],
        opened_on=judged.on,
        gap=judged.gap or 0,
    )
