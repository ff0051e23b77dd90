"""The periodic work of casework. Each task only calls an action; running it twice does no harm."""

from celery import shared_task
from django.utils import timezone

from registry.casework import outbox


@shared_task(name="registry.deliver", ignore_result=True)
def deliver() -> int:
    """Drain the outbox."""
    return outbox.deliver()


@shared_task(name="registry.chase", ignore_result=True)
def chase() -> int:
    """Remind the desks of what is past its day."""
    return outbox.chase(timezone.localdate())
