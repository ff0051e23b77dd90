"""Names of organisations: parts, parsing, rules, and names that are alike. Pure: no database, no Django."""

from registry.names.check import check
from registry.names.folding import fold
from registry.names.parser import Tree, parse
from registry.names.parts import COMPONENTS, LABELS, Parts
from registry.names.similar import Likeness, identical, similar

__all__ = ["COMPONENTS", "LABELS", "Likeness", "Parts", "Tree", "check", "fold", "identical", "parse", "similar"]
