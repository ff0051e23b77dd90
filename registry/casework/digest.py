"""The daily summary by e-mail for everybody who wants one instead of a mail a step."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from registry import links
from registry.casework import desk
from registry.messages import queue
from registry.models import Dispatch, Notice

SOON = dt.timedelta(days=3)
FIRST = dt.timedelta(days=1)  # how far the first summary looks back


def summarise(on: dt.date) -> int:
    """Queue one summary a person and day where something new came in since the last; returns how many."""
    readers = User.objects.filter(mail=User.Mail.DIGEST, is_active=True).exclude(email="").order_by("pk")
    return sum(_summarise_one(user, on) for user in readers)


@transaction.atomic
def _summarise_one(user: User, on: dt.date) -> bool:
    key = f"digest:{user.pk}:{on:%Y%m%d}"
    before = Dispatch.objects.filter(key__startswith=f"digest:{user.pk}:").order_by("-id").first()
    if before and before.key == key:
        return False
    since = before.made_at if before else timezone.now() - FIRST
    news = Notice.objects.filter(user=user, at__gt=since, seen_at=None).count()
    if not news:
        return False
    waiting = desk.waiting(user)
    values = {
        "waiting": waiting.count(),
        "soon": waiting.filter(due_on__range=(on, on + SOON)).count(),
        "late": waiting.filter(due_on__lt=on).count(),
        "news": news,
        "link": links.public(reverse("portal:home")),
    }
    words = {name: str(value) for name, value in values.items()}
    queue.tell("digest", queue.EMAIL, user.email, words, key=key, place_code=_place(user), case=None)
    return True


def _place(user: User) -> str:
    """Whose wording a person's summary follows: that of the first office's place."""
    held = user.offices.in_force().select_related("place").first()
    return held.place.code if held else ""
