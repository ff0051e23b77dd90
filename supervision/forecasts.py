"""What the cases under way will have added by a day, and what will still be missing: pure rules in whole numbers.

The chance of a case is taken from the cases decided within a year: those granted within as many days after they were
handed in as there are left, plus one, over all decided, plus two. The plus one and two (Laplace) say that few cases
prove little; they widen the range, as does the number of cases itself (a beta-binomial distribution). Nothing is
assumed of cases not yet handed in.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from supervision import figures

YEAR = 365  # days of experience
ENOUGH = 30  # decided cases from which a place is judged by its own experience
TAIL = Fraction(1, 10)  # left out on either side: the range holds with a probability of 80 %
SCALE, SLACK = 10**12, Fraction(1, 10**6)
Weights = tuple[int, list[int]]  # of how many succeed: the first number with a weight, and the weights


@dataclass
class History:
    """The cases of one kind decided in one place within a year: granted by days from handing in, and not granted."""

    granted: Counter[int] = field(default_factory=Counter)
    failed: int = 0

    def plus(self, other: "History") -> "History":
        return History(self.granted + other.granted, self.failed + other.failed)

    @property
    def decided(self) -> int:
        return self.granted.total() + self.failed

    @property
    def rate(self) -> Fraction | None:
        """Granted over decided (granted, refused, withdrawn); None where nothing was decided."""
        return Fraction(self.granted.total(), self.decided) if self.decided else None

    def within(self, days: int) -> int:
        """How many were granted at most so many days after they were handed in."""
        return sum(many for taken, many in self.granted.items() if taken <= days)

    def quartiles(self) -> tuple[int, int, int] | None:
        """Days from handing in to the grant that a quarter, half and three quarters of the granted needed at most."""
        total = self.granted.total()
        if not total:
            return None
        first, half, last = (_reached(self.granted, -(-total * part // 4)) for part in (1, 2, 3))
        return first, half, last


def _reached(granted: Counter[int], many: int) -> int:
    seen = 0
    for days in sorted(granted):
        seen += granted[days]
        if seen >= many:
            return days
    raise ValueError("fewer than asked for")


@dataclass(frozen=True)
class Stream:
    """Cases of one kind under way in a place, and the experience they are judged by; `where` names its place."""

    label: str
    under_way: int
    history: History
    where: str

    def to_json(self, days: int) -> dict[str, Any]:
        told = self.history.quartiles()
        return {
            "label": self.label,
            "under_way": self.under_way,
            "where": self.where,
            "granted": self.history.granted.total(),
            "decided": self.history.decided,
            "in_time": self.history.within(days),
            "days": list(told) if told else None,
        }


def experience(levels: Iterable[tuple[str, History]]) -> tuple[str, History] | None:
    """The nearest place (name, history) with enough decided cases; None where there is none up to the nation.

    `levels` come nearest first.
    """
    return next(((name, known) for name, known in levels if known.decided >= ENOUGH), None)


@dataclass(frozen=True)
class Forecast:
    """How many of a target will be missing on its due day, going by the cases under way on a day.

    `done` is what they will have added: as likely more as less; at least `low` and at most `high` with a probability
    of 80 %. `expected` is the mean. `paced` is what as many additions as in the past year would bring by then.
    """

    on: dt.date
    due: dt.date
    gap: int
    done: int
    low: int
    high: int
    expected: Fraction
    paced: int
    year: int
    streams: tuple[Stream, ...] = ()

    @property
    def days(self) -> int:
        """Days left; the due day itself still counts."""
        return (self.due - self.on).days

    @property
    def short(self) -> int:
        return max(0, self.gap - self.done)

    @property
    def range(self) -> tuple[int, int]:
        """The fewest and the most that will be missing."""
        return max(0, self.gap - self.high), max(0, self.gap - self.low)

    @property
    def short_at_pace(self) -> int:
        return max(0, self.gap - self.paced)

    def words(self, lacks: str = "个") -> str:
        """预计到2020年12月31日还差 3 个（2 到 5 个之间）; `lacks` is what a gap is counted in."""
        (least, most), day = self.range, figures.day(self.due)
        if not self.short:
            return f"预计到{day}可以达到" + (f"（不顺利时还差 {most} {lacks}）" if most else "")
        return f"预计到{day}还差 {self.short} {lacks}" + (f"（{least} 到 {most} 之间）" if least != most else "")

    def pace_words(self, lacks: str = "个") -> str:
        """按近一年速度，到2020年12月31日还差 3 个."""
        rest = f"还差 {self.short_at_pace} {lacks}" if self.short_at_pace else "可以达到"
        return f"按近一年速度，到{figures.day(self.due)}{rest}"

    def to_json(self) -> dict[str, Any]:
        """Plain values: days in ISO form, fractions as text."""
        return {
            "on": self.on.isoformat(),
            "due": self.due.isoformat(),
            "gap": self.gap,
            "done": self.done,
            "low": self.low,
            "high": self.high,
            "expected": str(self.expected),
            "paced": self.paced,
            "year": self.year,
            "short": self.short,
            "range": list(self.range),
            "short_at_pace": self.short_at_pace,
            "streams": [stream.to_json(self.days) for stream in self.streams],
        }


def foresee(gap: int, streams: Sequence[Stream], *, on: dt.date, due: dt.date, year: int) -> Forecast:
    """The forecast of a gap on a day; `year` is what was added in the year before. `ValueError` past the due day."""
    if due < on:
        raise ValueError("the due day is over")
    days = (due - on).days
    chances = [(stream, _chance(stream, days)) for stream in streams if stream.under_way]
    first, weights = _together([_weights(stream.under_way, *chance) for stream, chance in chances])
    low, done, high = (_quantile(first, weights, part) for part in (TAIL, Fraction(1, 2), 1 - TAIL))
    expected = sum((stream.under_way * Fraction(a, a + b) for stream, (a, b) in chances), Fraction(0))
    return Forecast(on, due, gap, done, low, high, expected, year * days // YEAR, year, tuple(streams))


def _chance(stream: Stream, days: int) -> tuple[int, int]:
    """The two whole numbers of the beta distribution of the chance that a case is granted within the days left."""
    in_time = stream.history.within(days)
    return in_time + 1, stream.history.decided - in_time + 1


def _weights(many: int, a: int, b: int) -> Weights:
    """The beta-binomial distribution of how many of `many` succeed, in whole weights up and down from the mode.

    P(k+1) ÷ P(k) = (many − k)(k + a) ÷ ((k + 1)(many − k − 1 + b)); what weighs less than one of 10¹² is left out.
    """
    mode = _mode(many, a, b)
    up, down = [SCALE], []
    for k in range(mode, many):
        up.append(up[-1] * (many - k) * (k + a) // ((k + 1) * (many - k - 1 + b)))
        if not up[-1]:
            break
    weight = SCALE
    for k in range(mode - 1, -1, -1):
        weight = weight * (k + 1) * (many - k - 1 + b) // ((many - k) * (k + a))
        if not weight:
            break
        down.append(weight)
    return mode - len(down), [*reversed(down), *up]


def _mode(many: int, a: int, b: int) -> int:
    """The likeliest number: flat (a = b = 1) has none, and any will do."""
    if a + b == 2:
        return many // 2
    return min(many, max(0, (many + 1) * (a - 1) // (a + b - 2)))


def _together(parts: list[Weights]) -> Weights:
    """The distribution of the sum; nothing under way adds nothing."""
    first, weights = 0, [1]
    for start, more in parts:
        first, weights = first + start, _trimmed(_product(weights, more))
    return first, weights


def _product(some: list[int], more: list[int]) -> list[int]:
    """The weights of the sum of two numbers: all products at once, as one multiplication of two long integers whose
    digits are the weights, wide enough that no sum runs into the next digit."""
    wide = (max(some) * max(more) * min(len(some), len(more))).bit_length() // 8 + 1
    both = _joined(some, wide) * _joined(more, wide)
    told = both.to_bytes(wide * (len(some) + len(more)), "little")
    return [int.from_bytes(told[at : at + wide], "little") for at in range(0, len(told) - wide, wide)]


def _joined(weights: list[int], wide: int) -> int:
    return int.from_bytes(b"".join(weight.to_bytes(wide, "little") for weight in weights), "little")


def _trimmed(weights: list[int]) -> list[int]:
    """Scaled back to the size of one distribution, so that sums of many stay quick."""
    top = max(weights)
    return [weight * SCALE // top for weight in weights] if top > SCALE else weights


def _quantile(first: int, weights: list[int], part: Fraction) -> int:
    """The smallest number that is not exceeded with a probability of `part`, to a millionth: weights are cut off."""
    total, seen = sum(weights), 0
    for at, weight in enumerate(weights):
        seen += weight
        if seen >= (part - SLACK) * total:
            return first + at
    raise ValueError("no weights")
