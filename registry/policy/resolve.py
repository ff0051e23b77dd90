"""Which packs reach a place on a day, and which of their parameters speaks."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry import codes
from registry.policy.keys import KEYS
from registry.policy.parameters import ANY, NATION, Pack, Parameter


def covers(area: str, place: str) -> bool:
    """Whether a document of `area` reaches `place` (both 12 digits); the nation reaches every place."""
    return area == NATION or codes.contains(area, place)


def in_force(packs: Iterable[Pack], place_code: str, on: dt.date) -> list[Pack]:
    """The packs that reach a place and have begun on the day, nearest place first, newer first at one place.

    `place_code` has 2, 4, 6, 9 or 12 digits; ValueError for anything else. A pack whose programme is over still
    counts: its rules keep applying until another document replaces them.
    """
    place = codes.normalise(place_code)
    found = [pack for pack in packs if pack.starts <= on and covers(pack.area, place)]
    return sorted(found, key=lambda pack: (_distance(pack.area), -pack.starts.toordinal(), pack.slug))


def _distance(area: str) -> int:
    """Smaller is nearer: a community before a street, the nation last."""
    return 0 if area == NATION else -codes.level(area)


@dataclass(frozen=True)
class Rules:
    """The packs of one place, nearest first, read on one day."""

    packs: tuple[Pack, ...]
    on: dt.date

    def get(self, key: str, *, form: str | None = ANY, hub: str | None = ANY) -> Parameter | None:
        """What the nearest place that speaks of `key` on the day says, or None when no level does.

        `form` and `hub` leave out what does not bind that legal form or hub type (None: unknown, or no hub).
        Of several dated steps of one target the next one due is given.
        """
        found = self.all(key, form=form, hub=hub)
        nearest = [parameter for parameter in found if parameter.area == found[0].area]
        return min(nearest, key=self._turn) if nearest else None

    def number(self, key: str, fallback: int) -> int:
        """The whole number the nearest place sets for `key`; the fallback where none does (暂定)."""
        rule = self.get(key)
        return int(rule.exact) if rule is not None and rule.exact is not None else fallback

    def all(self, key: str, *, form: str | None = ANY, hub: str | None = ANY) -> list[Parameter]:
        """What every level says of `key` on the day, nearest first."""
        return [p for p in self._in_force() if p.key == key and p.binds(form, hub)]

    def statutory(self, parameter: Parameter) -> Parameter | None:
        """The national rule a local parameter departs from (上位法提示), or None when there is no difference.

        A number the project assumed is no law and is never given.
        """
        if parameter.national:
            return None
        form, hub = (parameter.forms or (ANY,))[0], (parameter.hubs or (ANY,))[0]
        wanted = KEYS[parameter.key].statutory or parameter.key
        national = next((p for p in self.all(wanted, form=form, hub=hub) if p.national and not p.assumed), None)
        return national if national and national.value != parameter.value else None

    def _in_force(self) -> Iterator[Parameter]:
        return (p for pack in self.packs for p in pack.parameters if p.in_force(self.on))

    def _turn(self, parameter: Parameter) -> tuple[bool, dt.date, bool]:
        """Steps still to come before steps that are over; the earliest to come, the latest that is over."""
        due = parameter.due or dt.date.max
        over = due < self.on
        return over, (dt.date.max - (due - dt.date.min) if over else due), not (parameter.forms or parameter.hubs)


def is_target(parameter: Parameter) -> bool:
    """Whether a parameter is judged on places and has something to judge (a number, or a direction)."""
    return KEYS[parameter.key].kind == "target" and parameter.op != "none"


def targets(packs: Iterable[Pack], on: dt.date) -> list[Parameter]:
    """Every target of the given packs in force on the day, in their order; each is judged at its own level."""
    return [p for pack in packs for p in pack.parameters if p.in_force(on) and is_target(p)]
