"""What the templates of the boards are given: finished words and addresses, so that no row needs a tag."""

from supervision.pages.board import board
from supervision.pages.lists import alerts, behind
from supervision.pages.mix import mix
from supervision.pages.places import crumbs, full_names
from supervision.pages.target import target
from supervision.pages.wall import wall

__all__ = ["alerts", "behind", "board", "crumbs", "full_names", "mix", "target", "wall"]
