"""Names that are the same as, or much like, a name being typed: a hint, never a verdict."""

from dataclasses import dataclass

from registry.models import Case, Organisation
from registry.names import similar as names
from registry.vicinity import around

NEARBY = 2000
THRESHOLD = 75  # percent; lower than for a verdict, because a hint costs nothing


@dataclass(frozen=True)
class Alike:
    """Something that bears the same or a similar name, and where."""

    name: str
    where: str
    same: bool


def nearby(name: str, case: Case) -> list[Alike]:
    """Organisations and open cases of the same street (and its communities) with the same or a similar name."""
    if len(name) < 2:
        return []
    street = case.place_code[:9]
    known = dict(
        Organisation.objects.active()
        .inside(street)
        .exclude(pk=case.organisation_id)
        .values_list("name", "place__name")[:NEARBY]
    )
    others = Case.objects.open().inside(street).exclude(pk=case.pk).exclude(name="").exclude(state="draft")
    if case.organisation_id:
        others = others.exclude(organisation=case.organisation_id)
    known |= {each: f"{where}，办理中" for each, where in others.values_list("name", "place__name")[:NEARBY]}
    return [
        Alike(hit.name, known[hit.name], hit.same)
        for hit in names.similar(name, list(known), places=_heads(case), threshold=THRESHOLD)
    ][:5]


def _heads(case: Case) -> list[str]:
    """The place names that names hereabouts begin with; they say nothing about likeness."""
    tree = around(case.place_code)
    communities = tree.communities()
    short = [name.removesuffix("社区").removesuffix("村") for name in communities]
    return [*tree.divisions(), *communities, *(name for name in short if len(name) > 1)]
