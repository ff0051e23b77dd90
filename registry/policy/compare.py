"""Two documents, or two editions of one, side by side: what only one has, what both say differently. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.policy.keys import KEYS, level_words, words
from registry.policy.parameters import Pack, Parameter
from registry.policy.vocabulary import FORMS, HUBS, THEMES


@dataclass(frozen=True)
class Side:
    """What one document says: in words, how strongly, of whom, where it stands."""

    required: str
    modality: str
    measured_at: str
    source: str
    summary: str
    assumed: bool

    @classmethod
    def of(cls, parameter: Parameter) -> "Side":
        return cls(
            required=words(parameter),
            modality=parameter.modality.label,
            measured_at=level_words(parameter),
            source=f"{parameter.document} {parameter.clause}",
            summary=f"{parameter.summary}{parameter.note}",
            assumed=parameter.assumed,
        )


@dataclass(frozen=True)
class Pair:
    """One matter on which the two differ; a side is None where the document does not speak of it."""

    label: str
    meaning: str
    about: str
    left: Side | None
    right: Side | None

    @property
    def differs(self) -> list[str]:
        """What differs where both speak, in words."""
        if self.left is None or self.right is None:
            return []
        named = (("required", "要求"), ("modality", "语气"), ("measured_at", "衡量对象"), ("source", "依据"))
        found = [word for name, word in named if getattr(self.left, name) != getattr(self.right, name)]
        return found or ["摘要或日期"]


@dataclass(frozen=True)
class Comparison:
    """By theme: what both say differently, what only the left says, what only the right says; `same` is the rest."""

    both: tuple[tuple[str, tuple[Pair, ...]], ...]
    left: tuple[Pair, ...]
    right: tuple[Pair, ...]
    same: int

    @property
    def many(self) -> int:
        return sum(len(pairs) for _, pairs in self.both) + len(self.left) + len(self.right)


def compare(left: Pack, right: Pack) -> Comparison:
    """Everything in which two packs differ, by key; of one document by the id of the parameter."""
    one, other = _matters(left, right), _matters(right, left)
    pairs = [(one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other))]
    apart = [(a, b) for a, b in pairs if not _same(a, b, editions=left.slug == right.slug)]
    both = [_pair(a, b) for a, b in apart if a and b]
    only_left, only_right = ([_pair(a, b) for a, b in apart if not side(a, b)] for side in (_right, _left))
    return Comparison(
        tuple(_themes(both)), tuple(_plain(only_left)), tuple(_plain(only_right)), len(pairs) - len(apart)
    )


Themed = tuple[str, Pair]


def _left(one: Parameter | None, other: Parameter | None) -> Parameter | None:
    return one


def _right(one: Parameter | None, other: Parameter | None) -> Parameter | None:
    return other


def _matters(pack: Pack, beside: Pack) -> dict[tuple[object, ...], Parameter]:
    """The parameters by what they speak of: by id within one document, else by key, whom it binds and the step."""
    if pack.slug == beside.slug:
        return {(parameter.id,): parameter for parameter in pack.parameters}
    found: dict[tuple[object, ...], Parameter] = {}
    for parameter in sorted(pack.parameters, key=_turn):
        bound = parameter.key, frozenset(parameter.forms), frozenset(parameter.hubs)
        found[(*bound, sum(1 for name in found if name[:3] == bound))] = parameter
    return found


def _turn(parameter: Parameter) -> tuple[str, str, str]:
    """Steps of one target in the order of their days."""
    return parameter.key, parameter.due.isoformat() if parameter.due else "", parameter.id


def _same(one: Parameter | None, other: Parameter | None, *, editions: bool) -> bool:
    """Two editions are compared whole; two documents by what they ask for, how strongly and of whom."""
    if one is None or other is None:
        return False
    if editions:
        return one == other
    return (words(one), one.modality, one.level) == (words(other), other.modality, other.level)


def _pair(one: Parameter | None, other: Parameter | None) -> Themed:
    either = one or other
    assert either is not None
    key = KEYS[either.key]
    bound = [FORMS[form] for form in either.forms] + [HUBS[hub] for hub in either.hubs]
    sides = (Side.of(parameter) if parameter else None for parameter in (one, other))
    return key.theme, Pair(key.label, key.meaning, "、".join(bound), *sides)


def _themes(pairs: list[Themed]) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    for theme, label in THEMES.items():
        found = tuple(pair for name, pair in pairs if name == theme)
        if found:
            yield label, found


def _plain(pairs: list[Themed]) -> Iterable[Pair]:
    order = list(THEMES)
    return (pair for _, pair in sorted(pairs, key=lambda themed: order.index(themed[0])))
