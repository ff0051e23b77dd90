"""The periodic work of casework. Each task only calls an action; running it twice does no harm."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from registry import clients, reminders, reservations, reviews
from registry.candidates import night
from registry.casework import chasing, deadlines, debts, digest, filestore, opinions, outbox, telling
from registry.exchange import ecertificate, pushing, reconciling
from registry.exchange import sending as exchanging
from registry.exports import asking, making
from registry.messages import sending
from registry.places.acts import deciding
from registry.sandbox import playing
from registry.webhooks import feed
from registry.webhooks import sending as webhooks


@shared_task(name="registry.deliver", ignore_result=True)
def deliver() -> int:
    """Drain the outbox."""
    return outbox.deliver()


@shared_task(name="registry.chase", ignore_result=True)
def chase() -> int:
    """Warn of what is nearly up, tell of what is late, take the steps silence takes."""
    return chasing.chase(timezone.localdate())


@shared_task(name="registry.roll", ignore_result=True)
def roll() -> int:
    """Carry the deadlines of held cases forward to today."""
    return deadlines.roll(timezone.localdate())


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


@shared_task(name="registry.remind", ignore_result=True)
def remind_reports() -> int:
    """Remind of reports, and let go of the names whose time is up."""
    today = timezone.localdate()
    return reminders.remind(today) + reservations.lapse(today)


@shared_task(name="registry.sweep", ignore_result=True)
def sweep() -> int:
    """Delete the files nothing refers to any more, and exports whose time is up."""
    now = timezone.now()
    return filestore.sweep(now) + asking.sweep(now)


@shared_task(name="registry.forget", ignore_result=True)
def forget() -> int:
    """Delete tokens of clients that are over, and answers kept long enough."""
    return clients.sweep(timezone.now())


@shared_task(
    name="registry.exports",
    ignore_result=True,
    soft_time_limit=making.LONGEST + 60,
    time_limit=making.LONGEST + 120,
)
def make_exports() -> int:
    """Make the file of the next bulk export."""
    return making.make(timezone.now())


@shared_task(name="registry.sandbox", ignore_result=True)
def play_sandbox() -> int:
    """Let the desks of the sandbox answer; nothing anywhere else."""
    return len(playing.play())


@shared_task(name="registry.push", ignore_result=True)
def push() -> int:
    """Make the records of what happened for the platforms, and send them."""
    pushing.follow()
    return exchanging.send()


@shared_task(name="registry.ecertificates", ignore_result=True)
def tell_certificates() -> int:
    """Put papers issued and cancelled where the catalogue fetches them."""
    return ecertificate.follow()


@shared_task(name="registry.reconcile", ignore_result=True)
def reconcile() -> int:
    """Hold yesterday against every platform; put in line again what a correction has made good."""
    return reconciling.night(timezone.localdate())


@shared_task(name="registry.reviews", ignore_result=True)
def chase_reviews() -> int:
    """Tell of low ratings nobody has looked into in time."""
    return reviews.chase(timezone.localdate())


@shared_task(name="registry.opinions", ignore_result=True)
def remind_opinions() -> int:
    """Remind the units that have not answered in time."""
    return opinions.remind(timezone.localdate())


LOOK_BACK = dt.timedelta(hours=2)  # far longer than the task's own turn, so that a missed turn loses nothing


@shared_task(name="registry.candidates", ignore_result=True)
def follow_candidates() -> dict[str, int]:
    """Hold the organisations the register wrote about lately against the rules again."""
    return night.reassess_changed(timezone.now() - LOOK_BACK, timezone.localdate()).to_json()


@shared_task(name="registry.ledger", ignore_result=True)
def ledger() -> dict[str, int]:
    """Hold every filed organisation against the rules again, and tell the districts which reviews are due."""
    told = night.reassess(timezone.localdate()).to_json()
    return told | {"due": night.remind_reviews(timezone.localdate())}


@shared_task(name="registry.mail_notices", ignore_result=True)
def mail_notices() -> int:
    """Queue the e-mails of notices that belong to no step."""
    return telling.mail_notices()


@shared_task(name="registry.placeacts", ignore_result=True)
def place_acts() -> int:
    """Carry out the changes of divisions whose day has come."""
    return deciding.come(timezone.localdate())


@shared_task(name="registry.webhooks", ignore_result=True)
def push_events() -> int:
    """Give events their places in the feed, and push them to the endpoints that want them."""
    return webhooks.run()


@shared_task(name="registry.event_sweep", ignore_result=True)
def sweep_events() -> int:
    """Let go of events that are older than they are kept."""
    return feed.sweep(timezone.now())
