"""A person's notices: the only place that marks them as read."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from portal import actions as audit
from portal.models import User
from registry.models import Notice

MOST = 100


def of(user: User) -> QuerySet[Notice]:
    """Everything a person was told, newest first."""
    return Notice.objects.filter(user=user).select_related("case")


def unread(user: User) -> int:
    """How many are not marked as read; counts to a hundred at most."""
    return Notice.objects.filter(user=user, seen_at=None).order_by()[:MOST].count()


@transaction.atomic
def read_all(user: User, *, at: dt.datetime) -> int:
    """Mark everything told up to a moment as read; returns how many."""
    many = Notice.objects.filter(user=user, seen_at=None, at__lte=at).update(seen_at=at)
    if many:
        audit.note("notice.read", f"user:{user.pk}", by=user, summary=f"{many} 条消息已读")
    return many
