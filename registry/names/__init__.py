"""Names of organisations: parts, parsing, rules, and names that are alike. Pure: no database, no Django.

`check.check` holds a name against the rules of its place, `similar.similar` finds names like it.
"""

from registry.names.folding import fold
from registry.names.parser import Tree, parse
from registry.names.parts import COMPONENTS, LABELS, Parts

__all__ = ["COMPONENTS", "LABELS", "Parts", "Tree", "fold", "parse"]
