"""The papers of a case as data: what is asked, by which clause, what is there, and what may take its place."""

from collections.abc import Iterable
from typing import Any

from portal.models import User
from registry.casework import demands, papers, rights
from registry.casework.papers import Line
from registry.casework.snapshots import MATERIALS, Key
from registry.models import Case, Material

FORMER = 3  # papers handed in before that are offered for one line, as on the page


def told(case: Case, asked: set[Key] | None, by: User) -> dict[str, dict[str, Any]]:
    """Every line of the checklist by its kind, then what was handed in and is asked no longer.

    `asked` as in `registry.api.cases.sections.told`; `by` is offered only what this account may see.
    """
    lines = papers.checklist(case)
    writable = case.state in rights.EDITABLE and rights.may_write(case, by)
    offered = papers.reusable(case, by) if writable else {}
    found = {line.paper.kind: _line(case, line, _open(case, line, asked), offered) for line in lines}
    return found | {one.kind: _left_over(case, one) for one in _besides(case, found)}


def pointer(kind: str) -> str:
    """Where a paper stands in the document of its case."""
    return f"/{MATERIALS}/{kind}"


def _open(case: Case, line: Line, asked: set[Key] | None) -> bool:
    """Whether this paper may be changed now (`corrections.is_open`, for all lines at once)."""
    if case.state not in rights.EDITABLE:
        return False
    kind, there = line.paper.kind, line.material
    missing = line.paper.required and (there is None or there.stored_id is None)
    return asked is None or (MATERIALS, kind) in asked or missing


def _line(case: Case, line: Line, changeable: bool, offered: dict[str, list[Material]]) -> dict[str, Any]:
    paper = line.paper
    return {
        "label": paper.label,
        "required": paper.required,
        "promise_allowed": paper.promise,
        "hint": paper.hint,
        "clause": line.source,
        "status": _status(line),
        "changeable": changeable,
        "file": _file(case, line.material),
        "promised_by": line.material.promised_by if line.material else None,
        "former": _former(offered.get(paper.kind, [])) if changeable else [],
    }


def _status(line: Line) -> str:
    if line.material is None:
        return "missing"
    if line.material.is_promise:
        return "lapsed" if line.lapsed else "promised"
    return "present"


def _file(case: Case, material: Material | None) -> dict[str, Any] | None:
    if material is None or material.stored is None:
        return None
    return {
        "id": material.pk,
        "name": material.original_name,
        "content_type": material.stored.content_type,
        "size": material.stored.size,
        "sha256": material.stored.sha256,
        "added_at": material.brought_at or material.added_at,
        "href": href(case, material),
    }


def href(case: Case, material: Material) -> str:
    """Where the content of a paper is read."""
    return f"/api/v1/cases/{case.pk}/materials/{material.pk}/content"


def _former(offered: Iterable[Material]) -> list[dict[str, Any]]:
    return [{"id": one.pk, "name": one.original_name, "added_at": one.added_at} for one in list(offered)[:FORMER]]


def _besides(case: Case, found: dict[str, Any]) -> list[Material]:
    return [one for one in case.materials.all() if one.kind not in found]


def _left_over(case: Case, material: Material) -> dict[str, Any]:
    material.case = case
    lone = Line(demands.Paper(material.kind, demands.label(material), required=False), material)
    return _line(case, lone, False, {})
