from celery import shared_task
from django.utils import timezone

from supervision import actions, assigning, dues, freezing, keeping


@shared_task(name="supervision.night")
def night() -> list[dict]:
    """The night check of today and of nights missed; harmless when it is called twice."""
    return [done.to_json() for done in actions.catch_up(timezone.localdate())]


@shared_task(name="supervision.fold", ignore_result=True)
def fold() -> int:
    """Work what changed into the kept counts; harmless when it is called twice."""
    return keeping.fold()


@shared_task(name="supervision.dues", ignore_result=True)
def settle() -> list[str]:
    """Judge the due days that have passed as at their day, and give up the kept days nobody needs daily."""
    settled = dues.settle(timezone.localdate())
    keeping.thin(timezone.localdate(), dues.spared(timezone.localdate()))
    return [day.isoformat() for day in settled]


@shared_task(name="supervision.statistics_freeze")
def statistics_freeze() -> dict[str, int]:
    """Freeze the tables of the quarter and the year that ended last; harmless when it is called twice."""
    return freezing.freeze_due(timezone.localdate())


@shared_task(name="supervision.assign", ignore_result=True)
def assign() -> dict:
    """Ask the streets to do something about the targets that will be missed; harmless when it is called twice."""
    return assigning.assign(timezone.localdate()).to_json()
