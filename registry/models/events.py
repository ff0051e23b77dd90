import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.crypto import SealedTextField
from portal.models import Client
from registry import codes
from registry.models.cases import Case
from registry.models.organisations import Organisation
from registry.scope import STAFF, reach, within

CASES, DISABLED = "cn.shzz.case.", "cn.shzz.endpoint.disabled"


class EventQuerySet(models.QuerySet):
    def numbered(self) -> Self:
        """Events that have their place in the feed."""
        return self.exclude(seq=None)

    def told_to(self, client: Client, places: list[str]) -> Self:
        """What a client may hear of today: its own cases; in these places the cases its desks may see, and where it
        holds an office as staff what happens to organisations and targets; what becomes of its own endpoints.

        `places` are those of its token or endpoint: where no office of the client holds any more, it hears nothing.
        """
        held = reach(client.user)
        if not _shared(places, [code for _, code in held]):
            return self.none()
        endpoints = [f"endpoint/{pk}" for pk in client.endpoints.values_list("pk", flat=True)]
        ours = Q(type=DISABLED, subject__in=endpoints)
        staff = _shared(places, [code for role, code in held if role in STAFF])
        desks = within(staff) & Q(Exists(Case.objects.visible_to(client.user).filter(pk=OuterRef("case_id"))))
        rest = within(staff) & ~Q(type__startswith=CASES)
        return self.filter(Q(case__opened_by=client.user) | desks | rest | ours)


def _shared(places: list[str], held: list[str]) -> list[str]:
    """The places that lie both in these and in those."""
    both = {one for one in places for other in held if codes.contains(other, one)}
    return sorted(both | {other for one in places for other in held if codes.contains(one, other)})


class Event(models.Model):
    """Something that happened, written in the transaction in which it did (CloudEvents 1.0).

    `subject` names the thing ("case/12"); what concerns one subject is told in the order of `id`. `seq` is its place
    in the feed, given afterwards by one keeper (`registry.webhooks.feed`): ids become visible out of turn, `seq` never
    does. `data` holds small keys only, no personal data.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(null=True, unique=True)
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    place_code = models.CharField(max_length=12)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="events")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(seq=None), name="event_unnumbered"),
            models.Index(fields=["at"], name="event_by_time"),
        ]
        verbose_name = verbose_name_plural = "事件"

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"


class Endpoint(models.Model):
    """Where a client wants events sent, and how far that has come.

    `cursor` is the last `seq` turned into deliveries. Switched off (by the client, or because nothing got through for
    `settings.WEBHOOK_GIVE_UP_HOURS`) it stays where it is; switched on again it goes on from there.
    """

    class Algorithm(models.TextChoices):
        SHA256 = "hmac-sha256", "HMAC-SHA256"
        SM3 = "hmac-sm3", "HMAC-SM3"

    class State(models.TextChoices):
        ACTIVE = "active", "推送中"
        OFF = "off", "接入方停用"
        FAILED = "failed", "长时间送不到，已停用"

    client = models.ForeignKey(Client, models.PROTECT, related_name="endpoints")
    url = models.URLField(max_length=500)
    types = models.JSONField(default=list)  # beginnings of event types ("case."); empty: all
    places = models.JSONField(default=list)  # codes it may hear of: those of the token it was made with
    algorithm = models.CharField(max_length=12, choices=Algorithm, default=Algorithm.SHA256)
    secret = SealedTextField()
    former_secret = SealedTextField(blank=True, default="")
    former_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    cursor = models.PositiveBigIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    fails = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    busy_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "推送地址"

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event on its way to one endpoint. Of one subject the earlier goes first; subjects do not wait for others."""

    class State(models.TextChoices):
        WAITING = "waiting", "待推送"
        SENT = "sent", "已送达"
        FAILED = "failed", "没有送达"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    seq = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    first_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="one_delivery_of_an_event")]
        indexes = [
            models.Index(fields=["endpoint", "seq"], condition=Q(state="waiting"), name="delivery_waiting"),
        ]
        verbose_name = verbose_name_plural = "推送"

    def __str__(self) -> str:
        return f"{self.endpoint_id}:{self.seq}"


class Export(models.Model):
    """A bulk export: the question as it was asked, who asked, and the file once it is made."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "生成中"
        DONE = "done", "已完成"
        FAILED = "failed", "没有做成"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    asked = models.JSONField(default=dict)
    places = models.JSONField(default=list)
    format = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200, blank=True)
    fault = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state__in=("waiting", "running")), name="export_waiting")]
        verbose_name = verbose_name_plural = "批量导出"

    def __str__(self) -> str:
        return f"{self.what} {self.format}"
