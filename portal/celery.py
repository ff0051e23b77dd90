"""The Celery application. Tasks are found by name in the apps; when each runs stands in `SCHEDULE`."""

import os

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE = {
    "deliver": {"task": "registry.deliver", "schedule": 5.0},
    "webhooks": {"task": "registry.webhooks", "schedule": 5.0},
    "event_sweep": {"task": "registry.event_sweep", "schedule": crontab(minute=35, hour=4)},
    "dispatch": {"task": "registry.dispatch", "schedule": 5.0},  # a code for signing in must not take half a minute
    "mail_notices": {"task": "registry.mail_notices", "schedule": 60.0},
    "digest": {"task": "registry.digest", "schedule": crontab(minute="0,15,30", hour=8)},
    "chase": {"task": "registry.chase", "schedule": crontab(minute=20)},
    "roll": {"task": "registry.roll", "schedule": crontab(minute=5, hour="0,1,4")},  # before anybody is told he is late
    "exports": {"task": "registry.exports", "schedule": 5.0},
    "opinions": {"task": "registry.opinions", "schedule": crontab(minute=25)},
    "candidates": {"task": "registry.candidates", "schedule": crontab(minute="7,22,37,52")},
    "ledger": {"task": "registry.ledger", "schedule": crontab(minute=50, hour=2)},
    "debts": {"task": "registry.debts", "schedule": crontab(minute=40)},
    "remind": {"task": "registry.remind", "schedule": crontab(minute=15, hour=6)},
    "placeacts": {"task": "registry.placeacts", "schedule": crontab(minute="2,32")},
    "push": {"task": "registry.push", "schedule": 10.0},
    "ecertificates": {"task": "registry.ecertificates", "schedule": 30.0},
    "reconcile": {"task": "registry.reconcile", "schedule": crontab(minute=40, hour="1,3,5")},
    "reviews": {"task": "registry.reviews", "schedule": crontab(minute=35)},
    "sweep": {"task": "registry.sweep", "schedule": crontab(minute=10, hour=4)},
    "forget": {"task": "registry.forget", "schedule": crontab(minute=25, hour=4)},
    "fold": {"task": "supervision.fold", "schedule": 10.0},
    "dues": {"task": "supervision.dues", "schedule": crontab(minute=10, hour="2,4")},
    "statistics_freeze": {"task": "supervision.statistics_freeze", "schedule": crontab(minute=20, hour="5,7")},
    "assign": {"task": "supervision.assign", "schedule": crontab(minute=50, hour="1,3,5")},  # after the night
    "night": {"task": "supervision.night", "schedule": crontab(minute=30, hour="1,3,5")},
}
if settings.SANDBOX:
    SCHEDULE["sandbox"] = {"task": "registry.sandbox", "schedule": 3.0}
app.conf.beat_schedule = SCHEDULE
