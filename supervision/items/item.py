"""What an item of the yearly sheet is. Pure."""

from dataclasses import dataclass

NATION, PROVINCE, PREFECTURE, COUNTY, STREET, COMMUNITY = range(6)
BUREAUS = (PROVINCE, PREFECTURE, COUNTY)
LIMITS = {"communities": "本地社区（村）数", "urban": "本地城市社区数", "rural": "本地农村社区数"}
ASKED = {COMMUNITY: "community", STREET: "street"}


@dataclass(frozen=True)
class Item:
    """One figure (`number`) or one yes or no (`flag`, kept as 1 and 0).

    `levels` are those of the places that own it: each enters its own, nothing is entered for those below. `most`
    names what it may not exceed: the key of another item of the same place and year, or one of `LIMITS`. `answers`
    are the policy keys it is needed for: where no document of a place (or of one below) sets one of them, nobody
    need be asked. With `exact_year` a figure speaks of its own year alone; else it holds until a newer one.
    """

    key: str
    label: str
    levels: tuple[int, ...]
    unit: str
    help: str
    answers: tuple[str, ...]
    kind: str = "number"
    exact_year: bool = False
    most: str | None = None

    def ask(self, level: int) -> str:
        """The role that enters it at a place of this level."""
        return ASKED.get(level, "district")


def flag(key: str, label: str, level: int, help: str, *answers: str, exact_year: bool = False) -> Item:
    """A yes or no of one place."""
    return Item(key, label, (level,), "", help, answers, "flag", exact_year)


def held(key: str, label: str, levels: tuple[int, ...], unit: str, help: str, *answers: str) -> Item:
    """What there is, until a newer figure says otherwise; where there is none a 0 is entered."""
    return Item(key, label, levels, unit, f"{help}，没有的填 0。", answers)


def yearly(key: str, label: str, levels: tuple[int, ...], unit: str, help: str, *answers: str) -> Item:
    """What was done in a year, asked again each year; where nothing was done a 0 is entered."""
    return Item(key, label, levels, unit, f"{help}，没有的填 0。", answers, exact_year=True)


def part(of: str, key: str, label: str, levels: tuple[int, ...], unit: str, help: str, *answers: str) -> Item:
    """A part of what another item of the same place and year says."""
    return Item(key, label, levels, unit, f"{help}，没有的填 0。", answers, most=of)
