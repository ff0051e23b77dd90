"""The Celery application. Tasks are found by name in the apps; when each runs stands in `SCHEDULE`."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE = {
    "deliver": {"task": "registry.deliver", "schedule": 5.0},
    "chase": {"task": "registry.chase", "schedule": crontab(minute=20)},
    "night": {"task": "supervision.night", "schedule": crontab(minute=30, hour="1,3,5")},
}
app.conf.beat_schedule = SCHEDULE
