"""The place names around an organisation, as they stand in organisations' names: what `names.parse` asks the tree."""

import re
from dataclasses import dataclass

from registry import codes
from registry.models import Jurisdiction
from registry.models.jurisdictions import PSEUDO

COMMITTEE = re.compile(r"(居民委员会|居委会|村?村民委员会|村?村委会)$")
COUNTY, STREET, COMMUNITY = 3, 4, 5


@dataclass(frozen=True)
class Vicinity:
    """Divisions and communities of one county and of the places it lies in. A `names.Tree`."""

    above: tuple[str, ...]  # province to county, pseudo levels left out
    streets: tuple[str, ...]
    around: tuple[str, ...]

    def divisions(self) -> list[str]:
        """重庆市渝北区, 渝北区, 重庆市, each also with every street behind it, and the streets alone."""
        heads = ["".join(self.above[first:last]) for first, last in self._cuts()]
        return heads + [head + street for head in ("", *heads) for street in self.streets]

    def _cuts(self) -> list[tuple[int, int]]:
        size = len(self.above)
        return [(first, last) for first in range(size) for last in range(first + 1, size + 1)]

    def communities(self) -> list[str]:
        """花卉园社区, 放牛坪村: without the committee that the statistical names end in."""
        return list(self.around)


def around(code: str) -> Vicinity:
    """The names around a place (2 to 12 digits): its ancestors, and the streets and communities of its county."""
    place = codes.normalise(code)
    above = Jurisdiction.objects.above(place).filter(level__lte=COUNTY).order_by("level", "code")
    inside = Jurisdiction.objects.within(place[:6]).filter(level__gte=STREET) if codes.level(place) >= COUNTY else ()
    rows = [(below.level, below.name, below.kind) for below in inside]
    return Vicinity(
        above=tuple(each.name for each in above if each.name not in PSEUDO),
        streets=tuple(name for level, name, _ in rows if level == STREET),
        around=tuple(spoken(name, kind) for level, name, kind in rows if level == COMMUNITY),
    )


def spoken(name: str, kind: str) -> str:
    """What people call a community: 新渝路社区居民委员会 is 新渝路社区, 放牛坪村民委员会 is 放牛坪村."""
    ending = "村" if kind == Jurisdiction.Kind.VILLAGE else "社区"
    return COMMITTEE.sub("", name).removesuffix(ending) + ending
