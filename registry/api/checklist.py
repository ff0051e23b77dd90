"""The papers a kind of case asks for at a place, before there is a case: always, or when something is answered so."""

from collections.abc import Iterator
from typing import Any

from registry.casework import demands
from registry.casework.demands import Demand
from registry.casework.kinds import Kind
from registry.models import Case

TURNS = (("organisation", "legal_form"), ("items", "items"), ("ending", "ground"))  # answers that bring papers in


def told(kind: Kind, case: Case) -> list[dict[str, Any]]:
    """Every paper that may be asked, each once; `asked_when` names the answers that ask for it, none for always.

    `case` is not stored: it says only where it is, and for which organisation where that is known.
    """
    always = {one.paper.kind: one for one in demands.demands(case)}
    found: dict[str, tuple[Demand, list[dict[str, str]]]] = {key: (one, []) for key, one in always.items()}
    for section, field, value in _turns(kind):
        case.answers = {section: {field: value}}
        for one in demands.demands(case):
            known, when = found.setdefault(one.paper.kind, (one, []))
            if not known.source and one.source:  # the clause that speaks of one legal form only
                found[one.paper.kind] = one, when
            if one.paper.kind not in always:
                when.append({"pointer": f"/answers/{section}/{field}", "value": value})
    return [_one(one, when) for one, when in found.values()]


def _turns(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """(section, question, choice) for every answer on which papers depend."""
    for key, name in TURNS:
        section = kind.section(key)
        field = section.form().fields.get(name) if section else None
        yield from ((key, name, str(value)) for value, _ in getattr(field, "choices", ()) if value)


def _one(found: Demand, when: list[dict[str, str]]) -> dict[str, Any]:
    paper = found.paper
    return {
        "kind": paper.kind,
        "label": paper.label,
        "required": paper.required,
        "promise_allowed": paper.promise,
        "hint": paper.hint,
        "clause": found.source,
        "asked_when": when,
    }
