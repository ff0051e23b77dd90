"""What changed since a person last looked at a case. A bookmark of his own: no deed, so no line in the audit trail."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.models import User
from registry.models import Case, Look

NEW, CHANGED = "新到", "有变化"


@transaction.atomic
def record(case: Case, *, by: User, at: dt.datetime) -> None:
    """The person saw the case as it stood at `at`; a page opened earlier never takes a later look back."""
    at = min(at, timezone.now())
    look, made = Look.objects.get_or_create(user=by, case=case, defaults={"at": at})
    if not made and look.at < at:
        Look.objects.filter(pk=look.pk, at__lt=at).update(at=at)


def last(case: Case, user: User) -> dt.datetime | None:
    """When this person last looked at the case, if ever."""
    return Look.objects.filter(user=user, case=case).values_list("at", flat=True).first()


def changed(cases: Iterable[Case], user: User) -> dict[int, str]:
    """For each case that moved since the person looked, or that he never opened: the word for it; one query."""
    shown = [case for case in cases if case.moved_at]
    seen = dict(Look.objects.filter(user=user, case__in=shown).values_list("case", "at"))
    fresh = {case.pk: NEW for case in shown if case.pk not in seen and case.opened_by_id != user.pk}
    return fresh | {case.pk: CHANGED for case in shown if case.pk in seen and case.moved_at > seen[case.pk]}
