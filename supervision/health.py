"""What `/healthz` says of the night check."""

from portal.models import RunRecord
from supervision.actions import NIGHT


def last_night() -> dict[str, object]:
    """The day of the last finished night check and when it was done; None before the first one."""
    run = RunRecord.objects.filter(name=NIGHT).exclude(finished_at=None).order_by("-day").first()
    return {"last_night": {"day": run.day, "finished_at": run.finished_at} if run else None}
