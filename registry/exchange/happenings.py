"""What happened in a case, in its order, each with the facts a platform's record may be filled from.

Steps, suspensions by a desk's word, the certificate and the rating stand in tables of their own; here they are one
line of happenings, each under a key that never changes ("step:12"). No personal number is among the facts.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.models import AuditEvent
from registry import reviews
from registry.casework.history import said
from registry.exchange import sources
from registry.models import CLOSED, Case, Certificate, Clock, Interval, Jurisdiction, Rating, Step
from registry.scope import Role

LONG_NUMBER = re.compile(r"\d[\dXx]{6,}")
HIDDEN = "（号码不报送）"


@dataclass(frozen=True)
class Happening:
    """Something that happened in a case: `key` names its row, `facts` go by the names of `sources.SOURCES`."""

    key: str
    at: dt.datetime
    facts: dict[str, Any]


def of(case: Case) -> list[Happening]:
    """Everything that happened in a case, oldest first; as many queries whatever the number of steps."""
    steps = list(case.steps.select_related("by").prefetch_related("defects"))
    paper = Certificate.objects.filter(case=case).first()
    found = [_of_step(step, paper) for step in steps]
    found += _of_intervals(case, steps)
    closing = next((step for step in reversed(steps) if step.target == "approved"), None)
    if paper and closing:
        found.append(Happening(f"certificate:{paper.pk}", closing.at, _told(sources.CERTIFICATE, _paper(paper))))
    found += [_of_rating(one) for one in Rating.objects.filter(case=case)]
    shared = _shared(case)
    ordered = sorted(found, key=lambda one: one.at)  # stable: what comes at one moment stays in this order
    return [Happening(one.key, one.at, shared | one.facts | {"occurred_at": _local(one.at)}) for one in ordered]


def _told(happening: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"happening": happening} | facts


def _local(at: dt.datetime | None) -> dt.datetime | None:
    return timezone.localtime(at) if at else None


def _hidden(text: str) -> str:
    return LONG_NUMBER.sub(HIDDEN, text)


def _shared(case: Case) -> dict[str, Any]:
    """What holds of the whole case."""
    office = Jurisdiction.objects.filter(code=reviews.office(case)).first()
    owner = case.organisation
    return {
        "kind": case.kind,
        "case_number": case.number or "",
        "case_id": case.pk,
        "reference": case.open_key or "" if hasattr(case.opened_by, "client") else "",
        "matter": case.matter,
        "road": case.road,
        "applicant_type": "legal_person" if owner and owner.credit_code else "organisation",
        "organisation_name": case.name,
        "credit_code": (owner.credit_code or "") if owner else "",
        "place_code": case.place_code,
        "place_name": case.place.lineage_names(),
        "office_code": office.code if office else "",
        "office_name": office.name if office else "",
        "submitted_at": _local(case.submitted_at),
        "promised_on": case.promised_on,
        **_limits(case),
    }


def _limits(case: Case) -> dict[str, Any]:
    found = {}
    for clock in case.clocks.exclude(scope=Clock.Scope.STAGE):
        found[f"{clock.scope}_days"], found[f"{clock.scope}_unit"] = clock.days, clock.unit
    return found


def _of_step(step: Step, paper: Certificate | None) -> Happening:
    staff = step.by is not None and step.role != Role.APPLICANT
    facts = {
        "verb": step.verb,
        "step_label": said(step),
        "state_before": step.source,
        "state_after": step.target,
        "handler_role": step.role,
        "handler_name": str(step.by) if staff else "",
        "opinion": _hidden(step.note),
        "defects": _hidden("；".join(f"{one.label}：{one.reason}" for one in step.defects.all())),
        "result": step.target if step.target in CLOSED else None,
    }
    granted = paper and step.target == "approved"
    return Happening(f"step:{step.pk}", step.at, _told(sources.STEP, facts | (_paper(paper) if granted else {})))


def _paper(paper: Certificate) -> dict[str, Any]:
    return {
        "certificate_number": paper.number,
        "certificate_name": paper.get_kind_display(),
        "certificate_issuer": paper.issuer,
        "certificate_issued_on": paper.issued_on,
    }


def _of_intervals(case: Case, steps: list[Step]) -> Iterator[Happening]:
    """Suspensions by a desk's word; waiting for a correction is told by its own records."""
    held = list(case.intervals.holding().exclude(cause__in=("", Interval.Cause.CORRECTION)).order_by("id"))
    resumed = _resumed(case) if held else []
    for one in held:
        facts = {
            "suspension_cause": one.cause,
            "suspension_reason": _hidden(one.reason),
            "suspension_basis": one.basis,
            "suspension_cap": one.cap,
            "suspension_starts": one.starts,
            "suspension_ends": one.ends,
        }
        yield Happening(f"suspended:{one.pk}", one.at, _told(sources.SUSPENDED, facts | {"suspension_ends": None}))
        if one.ends:
            later = [at for at in [*resumed, *(step.at for step in steps)] if at >= one.at]
            at = min(later, default=one.at)
            yield Happening(f"resumed:{one.pk}", at, _told(sources.RESUMED, facts))


def _resumed(case: Case) -> list[dt.datetime]:
    rows = AuditEvent.objects.filter(subject=f"case:{case.pk}", verb="clock.resume")
    return list(rows.values_list("at", flat=True))


def _of_rating(rating: Rating) -> Happening:
    facts = {"rating_level": rating.level, "rating_reasons": list(rating.reasons)}
    return Happening(f"rating:{rating.pk}", rating.at, _told(sources.RATING, facts))
