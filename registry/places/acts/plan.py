"""What an act does to places, as data: which stand from the day on, which end, what of which becomes what. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from registry.places.acts import numbering


@dataclass(frozen=True)
class Planned:
    """A place as it stands from the day on: a new one, or one that stands already and changes."""

    code: str
    name: str
    kind: str
    area_class: str
    parent: str  # 12 digits, empty for a province


@dataclass(frozen=True)
class Plan:
    """`heads` are the places somebody named. `moves` are whole places: the first ends, the second is in its place;
    of the first of `parts` only something goes to the second. `shares` are the organisations that do, by number."""

    heads: tuple[str, ...]
    places: tuple[Planned, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    ends: tuple[str, ...] = ()
    shares: Mapping[int, str] = field(default_factory=dict)

    @property
    def ended(self) -> tuple[str, ...]:
        """Every place that ends on the day."""
        return tuple(before for before, _ in self.moves) + self.ends

    @property
    def successions(self) -> tuple[tuple[str, str], ...]:
        """Every (before, after) of the lineage."""
        return self.moves + self.parts

    @property
    def concerned(self) -> list[str]:
        """Every place the act says something about, old and new, in code order."""
        pairs = {code for pair in self.successions for code in pair}
        return sorted({*self.heads, *self.ends, *pairs, *(place.code for place in self.places)})

    @property
    def leaving(self) -> list[str]:
        """The widest places whose rows go elsewhere, end, or are called otherwise."""
        changed = {place.code for place in self.places} & set(self.heads)
        return numbering.tops({*self.ended, *changed})

    def to_json(self) -> dict[str, Any]:
        """As kept with the act: `from`, `to`, `moves`, `parts`, `ends`, `shares`."""
        return {
            "from": list(self.heads),
            "to": [asdict(place) for place in self.places],
            "moves": [list(pair) for pair in self.moves],
            "parts": [list(pair) for pair in self.parts],
            "ends": list(self.ends),
            "shares": {str(number): code for number, code in self.shares.items()},
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Plan":
        """The plan an act keeps."""
        return cls(
            heads=tuple(said.get("from", [])),
            places=tuple(Planned(**place) for place in said.get("to", [])),
            moves=tuple((before, after) for before, after in said.get("moves", [])),
            parts=tuple((before, after) for before, after in said.get("parts", [])),
            ends=tuple(said.get("ends", [])),
            shares={int(number): code for number, code in said.get("shares", {}).items()},
        )
