"""A change of a filed team, filled in and taken along by the cast."""

from registry.casework import actions, kinds, opening, papers
from tests import builders

NEW_LEADER = {"leader_name": "赵志强", "leader_party_member": "yes", "serving_cadre": "no"}
STEPS = (("submit", "opener"), ("review", "wang"), ("report", "wang"), ("record", "li"))


def fill(case, items, *, by, serial=7, **values):
    """Tick, answer, and hand over every paper that is asked."""
    kind = kinds.of(case.kind)
    case = actions.save_section(case, kind.section("items"), {"items": items}, by=by)
    numbers = {"leader_id_number": builders.identity_number(serial), "leader_phone": "13911112222"}
    post = values | (numbers if "leader" in items else {})
    case = actions.save_section(case, kind.section("values"), post, by=by)
    for line in papers.checklist(case):
        if line.paper.required and not line.material:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def change(team, cast, items, **values):
    return fill(opening.begin(team, "filing-change", by=cast.auntie), items, by=cast.auntie, **values)


def walk(case, cast, moves=4):
    for verb, who in STEPS[:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        case = actions.move(case, verb, by=by, note="属实")
    return case
