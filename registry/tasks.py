"""The periodic work of casework. Each task only calls an action; running it twice does no harm."""

from celery import shared_task
from django.utils import timezone

from registry.casework import debts, digest, filestore, outbox
from registry.messages import sending


@shared_task(name="registry.deliver", ignore_result=True)
def deliver() -> int:
    """Drain the outbox."""
    return outbox.deliver()


@shared_task(name="registry.chase", ignore_result=True)
def chase() -> int:
    """Remind the desks of what is past its day."""
    return outbox.chase(timezone.localdate())


@shared_task(name="registry.dispatch", ignore_result=True)
def dispatch() -> int:
    """Send the e-mails and SMS that wait."""
    return sending.send()


@shared_task(name="registry.digest", ignore_result=True)
def daily_digest() -> int:
    """Queue the daily summary of everybody who wants one."""
    return digest.summarise(timezone.localdate())


@shared_task(name="registry.debts", ignore_result=True)
def remind_debts() -> int:
    """Remind of papers promised and not brought."""
    return debts.remind(timezone.localdate())


@shared_task(name="registry.sweep", ignore_result=True)
def sweep() -> int:
    """Delete the files nothing refers to any more."""
    return filestore.sweep(timezone.now())
