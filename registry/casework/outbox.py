"""Carrying each step to the people it concerns.

The step row is the outbox: it was written in the transaction that moved the case, so nothing acknowledged
depends on a broker. Safe to run twice or side by side: a worker locks the row it delivers and skips the
rows of others, and a notice is unique per person and step.
"""

import logging

from django.db import connection, transaction
from django.utils import timezone

from registry.casework import telling, turns
from registry.models import Notice, Step

BATCH = 500
log = logging.getLogger(__name__)


class Undeliverable(Exception):
    """One step that cannot be delivered now; it is tried again at the next run."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


def deliver() -> int:
    """Deliver every waiting step, oldest first, one short transaction each; returns how many.

    A step that fails stays for the next run and holds nothing up.
    """
    sent, after = 0, 0
    while sent < BATCH:
        try:
            done = _deliver_one(after)
        except Undeliverable as fault:
            log.exception("outbox: step %s", fault.step)
            after = fault.step
            continue
        if not done:
            break
        sent += 1
    return sent


@transaction.atomic
def _deliver_one(after: int) -> bool:
    waiting = Step.objects.filter(delivered_at=None, id__gt=after).order_by("id")
    waiting = waiting.select_related("case__organisation", "case__opened_by")
    skip = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    step = waiting.select_for_update(of=("self",), **skip).first() if skip else waiting.select_for_update().first()
    if step is None:
        return False
    try:
        _announce(step)
    except Exception as fault:  # whatever is wrong with one step, the steps behind it go out
        raise Undeliverable(step.pk) from fault
    step.delivered_at = timezone.now()
    step.save(update_fields=["delivered_at"])
    return True


def _announce(step: Step) -> None:
    concerned = _concerned(step) - {step.by_id}
    text = f"{step.case.name or '未命名组织'}（{step.case.matter}）：{step.label}"[:200]
    Notice.objects.bulk_create(
        [Notice(user_id=pk, case=step.case, key=f"step:{step.pk}", text=text) for pk in sorted(concerned)],
        ignore_conflicts=True,
    )
    telling.tell(step, concerned)


def _concerned(step: Step) -> set[int]:
    """Whoever opened the case, and the desk that has the next word; a desk whose turn is over already is not told."""
    case = step.case
    waited_for = turns.officers(case).values_list("user_id", flat=True) if case.state == step.target else ()
    return {case.opened_by_id, *waited_for}


def oldest_undelivered() -> dict[str, object]:
    """For `/healthz`: since when the oldest step waits, and for how many seconds; nulls when none does."""
    step = Step.objects.filter(delivered_at=None).order_by("id").first()
    waited = int((timezone.now() - step.at).total_seconds()) if step else None
    return {"oldest_undelivered": step.at if step else None, "undelivered_seconds": waited}
