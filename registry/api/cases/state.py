"""The entity tag of a case: what a client saw, so that nobody changes what he has not seen."""

from django.utils import timezone

from portal.api import conditional
from registry.models import Case, Certificate, Interval, Material, Opinion, Rating

OWN = (
    "state",
    "version",
    "section_versions",
    "name",
    "number",
    "place_code",
    "organisation_id",
    "opened_by_id",
    "saved_at",
    "moved_at",
    "promised_on",
    "limit_on",
    "due_on",
    "decision",
)


def etag(case: Case) -> str:
    """A strong entity tag over everything that makes up the state of a case; what lies beside it is read afresh.

    Five queries. Compare it with If-Match while the case is locked.
    """
    own = [getattr(case, name) for name in OWN]
    holder = case.held_by_id if case.held_until and case.held_until > timezone.now() else None
    papers = Material.objects.filter(case=case).order_by("id")
    held = Interval.objects.filter(case=case).order_by("id")
    asked = Opinion.objects.filter(case=case).order_by("id")
    return conditional.tag(
        case.pk,
        own,
        holder,
        list(papers.values_list("id", "kind", "stored_id", "promised_by", "brought_at")),
        list(held.values_list("id", "ends", "cap")),
        list(asked.values_list("id", "answered_on", "withdrawn_on")),
        list(Certificate.objects.filter(case=case).values_list("id", "cancelled_on")),
        list(Rating.objects.filter(case=case).values_list("id", "level")),
    )
