"""A case as a client reads it: whole, or as a line of a list."""

from typing import Any

from django.db.models import Prefetch

from portal.api.callers import Caller
from registry.api.acts import actions as acts
from registry.api.cases import history, materials, sections
from registry.casework import corrections
from registry.models import Case, Certificate, Material, Rating
from registry.scope import DESK, roles_over

ROOT = "/api/v1/cases"
LINE = (  # the columns a list reads: neither answers nor sealed numbers
    "open_key",
    "kind",
    "matter",
    "road",
    "place_code",
    "organisation_id",
    "name",
    "state",
    "number",
    "opened_by_id",
    "opened_at",
    "saved_at",
    "submitted_at",
    "moved_at",
    "closed_at",
    "promised_on",
    "due_on",
)


def line(case: Case, caller: Caller) -> dict[str, Any]:
    """What a list shows of a case; no query beyond the row."""
    mine = case.opened_by_id == caller.user.pk
    return {
        "id": case.pk,
        "reference": case.open_key or "" if mine else "",
        "item": case.kind,
        "item_label": case.matter,
        "road": case.road,
        "place": case.place_code,
        "organisation": case.organisation_id,
        "name": case.name,
        "state": case.state,
        "state_label": case.get_state_display(),
        "number": case.number,
        "opened_at": case.opened_at,
        "saved_at": case.saved_at,
        "submitted_at": case.submitted_at,
        "moved_at": case.moved_at,
        "closed_at": case.closed_at,
        "promised_on": case.promised_on,
        "due_on": case.due_on,
        "href": href(case),
    }


def href(case: Case) -> str:
    """The address of a case."""
    return f"{ROOT}/{case.pk}"


def told(case: Case, caller: Caller) -> dict[str, Any]:
    """Everything about a case that this client may read; a fixed number of queries, however long its history."""
    case = _afresh(case)
    asked, paper = corrections.questioned(case), _certificate(case)
    return line(case, caller) | {
        "place_name": case.place.name,
        "query_code": case.query_code if case.number and case.opened_by_id == caller.user.pk else None,
        "deadlines": history.deadlines(case),
        "sections": sections.told(case, asked),
        "materials": materials.told(case, asked, caller.user),
        "correction": history.correction(case),
        "verdict": history.verdict(case.receipt, case.road),
        "steps": history.steps(case),
        "certificate": paper,
        "rating": _rating(case, caller),
        "links": links(case, mine=case.opened_by_id == caller.user.pk, certified=paper is not None),
        **acts.told(case, caller),
    }


def _afresh(case: Case) -> Case:
    """The case as it stands now, with what is told of it: whoever asks may have just changed it."""
    papers = Prefetch("materials", Material.objects.select_related("stored"))
    rows = Case.objects.select_related("place", "organisation", "opened_by")
    return rows.prefetch_related(papers, "clocks", "intervals").get(pk=case.pk)


def _certificate(case: Case) -> dict[str, Any] | None:
    found = Certificate.objects.filter(case=case).first()
    if found is None:
        return None
    return {
        "kind": found.kind,
        "label": found.get_kind_display(),
        "number": found.number,
        "name": found.name,
        "issuer": found.issuer,
        "issued_on": found.issued_on,
        "cancelled_on": found.cancelled_on,
        "verify": found.get_absolute_url(),
    }


def _rating(case: Case, caller: Caller) -> dict[str, Any] | None:
    """What the applicant gave; never told to a desk, which may have handled the case."""
    if case.opened_by_id != caller.user.pk or roles_over(caller.user, case.place_code) & DESK:
        return None
    found = Rating.objects.filter(case=case).first()
    return {"level": found.level, "label": found.get_level_display(), "at": found.at} if found else None


def links(case: Case, *, mine: bool, certified: bool) -> dict[str, str]:
    """Where to go on from a case: what is there for its state."""
    own = href(case)
    found = {"self": own, "validation": f"{own}/validation", "organisation": ""}
    if case.number:
        found["receipt"] = f"{own}/receipt"
    if case.number and mine:
        found["receipt_pdf"] = f"{own}/receipt.pdf"
    if certified:
        found["certificate_pdf"] = f"{own}/certificate.pdf"
    if case.organisation_id:
        found["organisation"] = f"/api/v1/organisations/{case.organisation_id}"
    return {name: path for name, path in found.items() if path}
