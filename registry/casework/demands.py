"""Which papers a case asks for, and by which clause: the list of its kind, held against the rules of its place."""

from dataclasses import dataclass, replace

from django.utils import timezone

from portal.errors import Refusal
from registry.casework import facts, kinds
from registry.casework.kinds import Paper
from registry.models import Case, Material
from registry.policy.parameters import Modality
from registry.policy.resolve import Rules


@dataclass(frozen=True)
class Demand:
    """A paper of the checklist and the clause that asks for it, "" where no document speaks of it."""

    paper: Paper
    source: str = ""


def demands(case: Case) -> list[Demand]:
    """Every paper asked of a case. A rule that must hold makes its paper required; others only name their clause."""
    listed = kinds.of(case.kind).papers(case)
    if not any(paper.rule for paper in listed):
        return [Demand(paper) for paper in listed]
    rules, form = facts.rules_of(case, timezone.localdate()), _form(case)
    return [_demand(paper, rules, form) for paper in listed]


def _demand(paper: Paper, rules: Rules, form: str | None) -> Demand:
    rule = rules.get(paper.rule, form=form) if paper.rule else None
    if rule is None or not rule.value:
        return Demand(paper)
    must = rule.modality == Modality.MUST
    return Demand(replace(paper, required=paper.required or must), f"{rule.document} {rule.clause}")


def _form(case: Case) -> str | None:
    """The legal form the papers are asked of; None while it is not said."""
    said = case.answers.get("organisation", {}).get("legal_form")
    if said or not case.organisation_id:
        return said or ("none" if case.road == "filing" else None)
    return case.organisation.legal_form


def paper(case: Case, kind: str) -> Paper:
    """The paper of this kind on the case's checklist; `Refusal` when none is asked."""
    found = next((one.paper for one in demands(case) if one.paper.kind == kind), None)
    if found is None:
        raise Refusal("这份申请不需要该材料", code="paper_not_asked", field=kind)
    return found


def label(material: Material) -> str:
    """What a paper handed in or promised is called, also when the checklist no longer asks for it."""
    listed = kinds.of(material.case.kind).papers(material.case)
    return next((one.label for one in listed if one.kind == material.kind), "材料")
