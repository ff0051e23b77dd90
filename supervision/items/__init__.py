"""What the register cannot know and officials enter once a year, with its source. Pure.

Values stand in `supervision.models.Entry`; the indicators read the newest year that is not after the day, or exactly
the year of the day where the clause speaks of each year (`exact_year`).
"""

from collections.abc import Set

from supervision.items.bureaus import BASELINES, OF_COUNTIES, OF_SEVERAL
from supervision.items.grassroots import OF_COMMUNITIES, OF_STREETS
from supervision.items.item import LIMITS, Item

ITEMS: tuple[Item, ...] = (*OF_COMMUNITIES, *OF_STREETS, *OF_SEVERAL, *OF_COUNTIES, *BASELINES)
BY_KEY = {item.key: item for item in ITEMS}

__all__ = ["BY_KEY", "ITEMS", "LIMITS", "Item", "needed_for", "owned_by"]


def owned_by(level: int) -> tuple[Item, ...]:
    """The items a place of this level (0 the nation, 5 a community) enters for itself, in the order of the sheet."""
    return tuple(item for item in ITEMS if level in item.levels)


def needed_for(keys: Set[str], level: int) -> tuple[Item, ...]:
    """Those of them that one of these policy keys needs."""
    return tuple(item for item in owned_by(level) if not keys.isdisjoint(item.answers))
