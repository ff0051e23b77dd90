"""How the documents of a place count: whose standings, how many social workers, which population."""

import datetime as dt
from dataclasses import dataclass, field

from registry.codes import NATION
from registry.models import PolicyPack
from registry.policies import COUNTING
from registry.policy import resolve
from registry.policy.parameters import Pack
from supervision.indicators import COUNTED, Question


def current_packs() -> list[Pack]:
    """The editions of all documents that are in use now; contents are read once a process."""
    return PolicyPack.objects.current().order_by("slug").read()


def question(code: str, on: dt.date, path: list[Pack]) -> Question:
    """The question of a place with the way of counting its nearest document sets."""
    rules = resolve.Rules(tuple(path), on)
    tiers, staff, people = (rules.get(key) for key in COUNTING)
    low = staff.value[0] if staff else 2
    resident = people is None or people.value == "resident"
    return Question(code, on, tuple(tiers.value) if tiers else COUNTED, low, resident)


@dataclass
class Ways:
    """The ways of counting that are in use on a day. A place is counted as its own documents say; sums add up."""

    packs: list[Pack]
    on: dt.date
    known: dict[tuple[str, ...], Question] = field(default_factory=dict)

    def of(self, code: str) -> Question:
        """The way of a place, asked of the nation."""
        path = resolve.in_force(self.packs, code, self.on)
        key = tuple(pack.slug for pack in path)
        if key not in self.known:
            self.known[key] = question(NATION, self.on, path)
        return self.known[key]

    def all(self) -> set[Question]:
        """Every way somebody sets: the nation's and those of the areas whose documents speak of counting."""
        speaking = {pack.area for pack in self.packs if any(p.key in COUNTING for p in pack.parameters)}
        return {self.of(area) for area in speaking | {NATION}}
