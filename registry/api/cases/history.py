"""What happened to a case, as its applicant may read it: steps, the notice of correction, limits, the verdict."""

from typing import Any

from registry import verdicts
from registry.api.cases import materials, sections
from registry.casework import corrections, history
from registry.casework.snapshots import MATERIALS
from registry.models import Case, Clock, Defect, Interval, Step

FINDING = (
    "key",
    "label",
    "document",
    "clause",
    "modality",
    "required",
    "actual",
    "required_text",
    "actual_text",
    "verdict",
    "assumed",
    "blocks",
    "remedy",
)


def steps(case: Case) -> list[dict[str, Any]]:
    """Every step, oldest first."""
    rows = case.steps.select_related("by", "acting_for").prefetch_related("defects")
    return [_step(one) for one in rows]


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.pk,
        "verb": step.verb,
        "label": history.said(step),
        "from": step.source,
        "to": step.target,
        "at": step.at,
        "by": history.who(step),
        "note": history.note(step),
    }


def correction(case: Case) -> dict[str, Any] | None:
    """The notice under which the case is being corrected; None while it is not."""
    notice = corrections.last_notice(case)
    if notice is None:
        return None
    return {
        "step": notice.pk,
        "at": notice.at,
        "note": notice.note,
        "why_late": notice.data.get("why", ""),
        "due_on": case.due_on,
        "unlocked": corrections.unlocked(case, notice),
        "defects": [_defect(one) for one in notice.defects.all()],
    }


def _defect(one: Defect) -> dict[str, Any]:
    paper = one.section == MATERIALS
    at = materials.pointer(one.field) if paper else f"{sections.pointer(one.section)}/answers/{one.field}"
    return {"pointer": at, "label": one.label, "reason": one.reason, "late": one.untold}


def deadlines(case: Case) -> dict[str, Any]:
    """The last days of the case, the limits they come from, and why the clocks are held, if they are."""
    held = next((one for one in case.intervals.all() if one.kind == Interval.Kind.SUSPENDED and not one.ends), None)
    return {
        "promised_on": case.promised_on,
        "statutory_on": case.limit_on,
        "stage_on": case.due_on,
        "limits": [_limit(one) for one in case.clocks.all()],
        "suspended": _held(held) if held else None,
    }


def _limit(one: Clock) -> dict[str, Any]:
    return {
        "scope": one.scope,
        "label": one.get_scope_display(),
        "stage": one.stage,
        "days": one.days,
        "unit": one.unit,
        "document": one.document,
        "clause": one.clause,
        "assumed": one.assumed,
        "starts_on": one.starts,
        "due_on": one.due_on,
        "stopped_on": one.stopped,
        "estimated": one.estimated,
    }


def _held(one: Interval) -> dict[str, Any]:
    return {
        "since": one.starts,
        "cause": one.cause,
        "label": one.get_cause_display(),
        "reason": one.reason,
        "basis": one.basis,
    }


def verdict(receipt: dict[str, Any], road: str) -> dict[str, Any] | None:
    """The receipt of a verdict (`registry.eligibility.Receipt.to_json`): each rule with clause, required, actual.

    `concerns` is false for what only a registration asks, on the road of 备案.
    """
    if not receipt:
        return None
    rows = verdicts.rows(receipt.get("rules", []))
    own = {row["key"] for row in verdicts.split(road, rows)[0]}
    return {
        "tier": receipt.get("tier"),
        "regime": receipt.get("regime"),
        "on": receipt.get("on"),
        "findings": [{name: row.get(name) for name in FINDING} | {"concerns": row["key"] in own} for row in rows],
        "missing": receipt.get("missing", []),
        "editions": receipt.get("pack", []),
    }
