"""What `/healthz` says of the night check and of the kept counts."""

from portal.models import RunRecord
from supervision import counts
from supervision.actions import NIGHT


def last_night() -> dict[str, object]:
    """The day of the last finished night check and when it was done; None before the first one."""
    run = RunRecord.objects.filter(name=NIGHT).exclude(finished_at=None).order_by("-day").first()
    return {"last_night": {"day": run.day, "finished_at": run.finished_at} if run else None}


def kept_counts() -> dict[str, object]:
    """The newest kept day, how many counts the proof had to put right, and since when changes wait to be folded in."""
    proof = counts.latest()
    told = {"day": proof.on, "differences": proof.differences, "waiting_since": proof.waiting_since} if proof else None
    return {"counts": told}
