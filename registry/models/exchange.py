from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.crypto import SealedTextField
from registry.models.cases import Case, Step
from registry.models.contacts import Rating


class Push(models.Model):
    """One 办件 record on its way to a 政务服务 platform; unique by case number and sequence within a platform.

    `body` is the record as the mapping file made it, `digest` its SHA-256. Sent again it is the same record again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待推送"
        SENT = "sent", "已接收"
        REFUSED = "refused", "平台不接收"

    platform = models.CharField(max_length=40)
    case = models.ForeignKey(Case, models.PROTECT, related_name="pushes")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    record = models.CharField(max_length=30)
    body = SealedTextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=100, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "number", "sequence"], name="one_push_of_a_number_and_sequence")
        ]
        indexes = [models.Index(fields=["platform", "id"], condition=Q(state="waiting"), name="push_waiting")]
        verbose_name = verbose_name_plural = "办件推送"

    def __str__(self) -> str:
        return f"{self.platform} {self.number}-{self.sequence}"


class Reconciliation(models.Model):
    """What a platform holds against what we sent, for one day: counts and every difference. Never changed."""

    platform = models.CharField(max_length=40)
    day = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    ours = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = verbose_name_plural = "对账"

    def __str__(self) -> str:
        return f"{self.platform} {self.day}"


class RatingReview(models.Model):
    """The looking-into of a low rating: due on a day, done once, with what was found and what was done about it.

    The rating itself is not shown to whoever handled the case (GB/T 39734-2020: 差评 核实、整改).
    """

    class Finding(models.TextChoices):
        TRUE = "true", "属实"
        PARTLY = "partly", "部分属实"
        FALSE = "false", "不属实"
        UNCLEAR = "unclear", "情况不明"

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="review")
    place_code = models.CharField(max_length=12, db_index=True)
    due_on = models.DateField("核实期限")
    finding = models.CharField("核实结果", max_length=8, choices=Finding, blank=True)
    done = models.CharField("整改情况", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("核实时间", null=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = verbose_name_plural = "差评核实"

    def __str__(self) -> str:
        return f"差评核实 {self.due_on}"
