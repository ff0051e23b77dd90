from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.models import User
from registry import codes
from registry.scope import STAFF, ScopedQuerySet, reach, within

COMMUNITY = len(codes.WIDTHS)  # the level of a community


class AssignmentQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Rows of streets where the person holds an office as staff; of a community its street's rows too."""
        held = [code for role, code in reach(user) if role in STAFF]
        streets = [codes.lineage(code)[1] for code in held if codes.level(code) == COMMUNITY]
        return self.filter(within(held) | Q(place_code__in=streets))

    def open(self) -> Self:
        return self.exclude(state=Assignment.State.CLOSED)


class Assignment(models.Model):
    """What a street is asked to do because a target will be missed: how many, of what, by when.

    `forecast` is what was foreseen when it was opened (`supervision.forecasts.Forecast.to_json`).
    """

    class State(models.TextChoices):
        OPEN = "open", "待回复"
        ANSWERED = "answered", "已回复"
        CLOSED = "closed", "已结束"

    place_code = models.CharField(max_length=12)
    parameter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=30)
    document = models.CharField("文件", max_length=80)
    clause = models.CharField("条款", max_length=40)
    title = models.CharField("目标", max_length=120)
    needed = models.PositiveIntegerField("预计还差")
    due = models.DateField("期限", null=True)
    forecast = models.JSONField("预计", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField("交办日期")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField("回复", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("回复时间", null=True)
    closed_on = models.DateField("结束日期", null=True)
    reason = models.CharField("结束原因", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "parameter"], condition=~Q(state="closed"), name="one_open_assignment"
            )
        ]
        verbose_name = verbose_name_plural = "交办事项"

    def __str__(self) -> str:
        return f"{self.title} {self.opened_on}"
