"""What one night has to write for a stretch of places: compare what is found with what stood before."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from registry import codes
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.parameters import NATION, Pack, Parameter
from supervision import boards, indicators, targets
from supervision.counts.heads import Cells
from supervision.indicators import Cell, Indicator
from supervision.models import Alert, Count, CountDay, Judgement
from supervision.targets import Status


class Stood(NamedTuple):
    """The last judgement of a place and parameter."""

    status: str
    gap: int | None
    numerator: int
    denominator: int
    missing: int
    edition: str


Standing = dict[tuple[str, str], Stood]
Places = list[tuple[str, int]]
BATCH = 2000


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
    """What is asked of places, worked out once for each set of documents on a path."""

    packs: list[Pack]
    on: dt.date
    due: dt.date | None = None  # only what is due on this day, where one is given
    began: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)  # see `began`
    asked: dict[tuple[str, ...], list[Asked]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.heads = [(codes.prefix(pack.area), pack.slug) for pack in self.packs]

    def of(self, code: str) -> list[Asked]:
        """Every measurable target on the path of a place, nearest document first."""
        key = tuple(slug for head, slug in self.heads if code.startswith(head))
        if key not in self.asked:
            self.asked[key] = list(self._asked(resolve.in_force(self.packs, code, self.on)))
        return self.asked[key]

    def mark(self) -> str:
        """The same on two nights whenever the same is asked of every place: editions, and which days have passed."""
        told = [
            f"{pack.digest}:{parameter.id}:{parameter.in_force(self.on)}:{targets.timing(parameter, self.on)}"
            f":{parameter.lapsed(self.on)}"
            for pack in self.packs
            for parameter in pack.parameters
            if resolve.is_target(parameter)
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def _asked(self, path: list[Pack]) -> Iterator[Asked]:
        """National targets are a line of reference: judged and shown, they press nobody (requirements C1)."""
        asked = resolve.targets(path, self.on)
        pressing = {parameter.id for parameter in targets.pressing(asked, self.on) if parameter.area != NATION}
        editions = {parameter.id: pack.digest for pack in path for parameter in pack.parameters}
        basic = boards.tolerance(path, self.on)
        for parameter in asked:
            indicator = indicators.measuring(parameter.key)
            if indicator and self.due in (None, parameter.due):
                yield Asked(parameter, indicator, editions[parameter.id], basic, parameter.id in pressing)


def began(packs: list[Pack], on: dt.date) -> dict[tuple[str, str], Fraction]:
    """(head, parameter) → what a target without a number (提高、减少) is held against: the value of its first day.

    Read from the days that are kept (`supervision.dues.settle` keeps them); nothing for one that is not kept yet.
    """
    kept = set(CountDay.objects.values_list("on", flat=True))
    found: dict[tuple[str, str], Fraction] = {}
    for parameter in (one for pack in packs for one in pack.parameters if targets.is_trend(one, on)):
        indicator = indicators.measuring(parameter.key)
        if indicator is None or parameter.starts not in kept:
            continue
        rows = Count.objects.filter(head__startswith=codes.prefix(parameter.area)).as_of(parameter.starts)
        for head, cell in rows.values_list("head", f"counts__{indicator.name}").iterator(BATCH):
            if cell and cell[1]:
                found[head, parameter.id] = Fraction(cell[0], cell[1])
    return found


@dataclass
class Findings:
    """New rows for a stretch of places, and the alerts that stand after the night: {(code, parameter): alert}."""

    judgements: list[Judgement] = field(default_factory=list)
    behind: dict[tuple[str, str], Alert] = field(default_factory=dict)


def compare(places: Iterable[tuple[str, int]], plans: Plans, sheet: Mapping[str, Cells], stood: Standing) -> Findings:
    """Judge (code, level) pairs by the counts of the day; a row is found only where it differs from what stood.

    A target without a row was not applicable.
    """
    found = Findings()
    for code, level in places:
        cells = sheet.get(codes.prefix(code), {})
        for asked in plans.of(code):
            if boards.formal(asked.parameter, asked.indicator, level):
                _judge(found, asked, code, Cell(*cells.get(asked.indicator.name, ())), plans, stood)
    return found


def _judge(found: Findings, asked: Asked, code: str, cell: Cell, plans: Plans, stood: Standing) -> None:
    judged = targets.judge(
        asked.parameter,
        cell.hits,
        cell.base,
        on=plans.on,
        basic_tolerance=asked.basic,
        missing=cell.missing,
        bounded=asked.indicator.bounded,
        former=plans.began.get((codes.prefix(code), asked.parameter.id)),
    )
    key = code, asked.parameter.id
    before = stood.get(key)
    if (judged.status.value, judged.gap) != (before[:2] if before else (Status.NOT_APPLICABLE.value, None)):
        found.judgements.append(_row(asked, code, judged, _cause(asked, judged, before)))
    if asked.presses and judged.status is Status.NOT_MET and judged.gap:  # a trend has no number to make up
        found.behind[key] = _alert(asked, code, judged)


def _cause(asked: Asked, judged: targets.Judgement, before: Stood | None) -> str:
    """Why the new row differs from the one before, for people; empty for the first one."""
    if before is None:
        return ""
    told = [] if asked.edition == before.edition else ["政策文件更新了版本"]
    for word, then, now in (
        (asked.indicator.hits_words or "数量", before.numerator, judged.numerator),
        (asked.indicator.base_words or "总数", before.denominator, judged.denominator),
        ("未填报的地方", before.missing, judged.missing),
    ):
        if then != now:
            told.append(f"{word}由 {then} 变为 {now}")
    return "；".join(told) or "要求的期限或算法有变化"


def _row(asked: Asked, code: str, judged: targets.Judgement, cause: str) -> Judgement:
    return Judgement(
        place_code=code,
        parameter=asked.parameter.id,
        indicator=asked.indicator.name,
        edition=asked.edition,
        on=judged.on,
        numerator=judged.numerator,
        denominator=judged.denominator,
        missing=judged.missing,
        status=judged.status.value,
        gap=judged.gap,
        cause=cause[:200],
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


def stretches(on: dt.date) -> Iterator[Places]:
    """(code, level) of every place from the street up that exists on the day, a province at a time."""
    rows = Jurisdiction.objects.standing_on(on).filter(level__range=(1, Jurisdiction.Level.STREET)).order_by("code")
    stretch: Places = []
    for code, level in rows.values_list("code", "level").iterator(BATCH):
        if stretch and stretch[0][0][:2] != code[:2]:
            yield stretch
            stretch = []
        stretch.append((code, level))
    if stretch:
        yield stretch
