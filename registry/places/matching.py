"""From the differences of a newer edition to acts: what of the gone places is which of the new ones. Pure.

A place that is gone under one code and new under another, with the same name, got another code: with its parent,
by going to another parent, or by becoming a residents' committee. What is left is new, or gone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from registry import codes
from registry.places.acts.plan import Plan, Planned

COMMUNITY = 5
COMMITTEE = re.compile(r"(社区|村)*(居民委员会|居委会|村民委员会|村委会|委员会)?$")
Told = tuple[str, Plan]  # kind of act, plan


@dataclass
class Differences:
    """What an edition says otherwise, by code; `changed` are places that stand, as (now, then)."""

    new: dict[str, Planned] = field(default_factory=dict)
    gone: dict[str, Planned] = field(default_factory=dict)
    changed: dict[str, tuple[Planned, Planned]] = field(default_factory=dict)


def stem(name: str, level: int) -> str:
    """A name without the committee a community ends in: 放牛坪 for 放牛坪村民委员会 and 放牛坪社区居委会."""
    return COMMITTEE.sub("", name) if level == COMMUNITY else name


def acts(found: Differences) -> list[Told]:
    """The acts that make the differences, upper levels first."""
    matching = _Matching(found)
    told = [*matching.moved(), *_set_up(matching), *_changed(found.changed.values()), *_ended(matching)]
    return [(kind, plan) for kind, plan in told if plan.concerned]


class _Matching:
    """Which new place each gone place became, and the act it belongs to, named by the gone place it is about."""

    def __init__(self, found: Differences) -> None:
        self.found = found
        self.ways: dict[str, str] = {}
        self.head: dict[str, str] = {}
        self.taken: set[str] = set()
        self.index: dict[tuple, list[Planned]] = defaultdict(list)
        for place in found.new.values():
            for where in (place.parent, _around(place)):
                self.index[_named(place), where].append(place)
        for code in _downwards(found.gone):
            self._match(found.gone[code])

    def _match(self, place: Planned) -> None:
        parent = self.ways.get(place.parent)
        # along with its parent, else under the same one, else the only one of its name around
        for where in (parent,) if parent else (place.parent, _around(place)):
            free = [other for other in self.index[_named(place), where] if other.code not in self.taken]
            if free and (where != _around(place) or len(free) == 1):
                self.ways[place.code] = free[0].code
                self.taken.add(free[0].code)
                break
        if parent:
            self.head[place.code] = self.head[place.parent]  # goes along, or ends with the act of its parent
        elif place.code in self.ways:
            self.head[place.code] = place.code

    def moved(self) -> Iterable[Told]:
        """An act for each place that got another code, with what went along and what ended on the way."""
        members: dict[str, list[str]] = defaultdict(list)
        for code, head in self.head.items():
            members[head].append(code)
        additions = self._along()
        for head in sorted(members, key=lambda code: (codes.level(code), code)):
            pairs = [(code, self.ways[code]) for code in _downwards(members[head]) if code in self.ways]
            ends = tuple(code for code in members[head] if code not in self.ways)
            places = [self.found.new[after] for _, after in pairs] + additions.get(head, [])
            yield self._kind(head), Plan((head,), tuple(places), tuple(pairs), ends=ends)

    def _along(self) -> dict[str, list[Planned]]:
        """New places below a place that got another code, by the act they are part of."""
        back = {after: self.head[before] for before, after in self.ways.items()}
        found: dict[str, list[Planned]] = defaultdict(list)
        for code in _downwards(self.found.new):
            place = self.found.new[code]
            if code not in self.taken and place.parent in back:
                back[code] = back[place.parent]
                found[back[code]].append(place)
                self.taken.add(code)
        return found

    def _kind(self, head: str) -> str:
        before, after = self.found.gone[head], self.found.new[self.ways[head]]
        village = before.kind == "village" and after.kind == "community"
        return "convert" if village and before.parent == after.parent else "transfer"


def _named(place: Planned) -> tuple[int, str]:
    level = codes.level(place.code)
    return level, stem(place.name, level) or place.name


def _around(place: Planned) -> str:
    """The digits within which one name means one place: the county of a community, the prefecture of a street."""
    return place.code[: codes.WIDTHS[max(codes.level(place.code) - 3, 0)]]


def _set_up(matching: _Matching) -> Iterable[Told]:
    """An act for each new place that was nothing else before, with all that is new below it."""
    rest = {code: place for code, place in matching.found.new.items() if code not in matching.taken}
    tops: dict[str, list[Planned]] = defaultdict(list)
    top_of: dict[str, str] = {}
    for code in _downwards(rest):
        top_of[code] = top_of.get(rest[code].parent, code)
        tops[top_of[code]].append(rest[code])
    return [("add", Plan((), tuple(places))) for places in tops.values()]


def _ended(matching: _Matching) -> Iterable[Told]:
    """An act for each place that is gone and became nothing, with all that is gone below it; from below upwards."""
    rest = {code: place for code, place in matching.found.gone.items() if code not in matching.head}
    tops: dict[str, list[str]] = defaultdict(list)
    top_of: dict[str, str] = {}
    for code in _downwards(rest):
        top_of[code] = top_of.get(rest[code].parent, code)
        tops[top_of[code]].append(code)
    return [("abolish", Plan((head,), ends=tuple(ends))) for head, ends in reversed(tops.items())]


def _changed(pairs: Iterable[tuple[Planned, Planned]]) -> Iterable[Told]:
    for now, then in pairs:
        if now.kind == "village" and _townlike(then.name) and not _townlike(now.name):
            urban = replace(then, kind="community", area_class="urban")
            yield "convert", Plan((now.code,), (urban,))
        else:
            yield ("rename" if now.parent == then.parent else "transfer"), Plan((now.code,), (then,))


def _townlike(name: str) -> bool:
    return name.endswith(("居民委员会", "居委会", "社区"))


def _downwards(found: Iterable[str]) -> list[str]:
    return sorted(found, key=lambda code: (codes.level(code), code))
