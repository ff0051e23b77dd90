import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from registry.scope import ScopedQuerySet
from supervision.models.unchanging import Unchanging
from supervision.targets import Status


class JudgementQuerySet(ScopedQuerySet):
    def as_of(self, day: dt.date) -> Self:
        """Of each place and parameter the newest row that is not younger than the day."""
        newest = Window(RowNumber(), [F("place_code"), F("parameter")], [F("on").desc(), F("pk").desc()])
        return self.filter(on__lte=day).annotate(nth=newest).filter(nth=1)


class Judgement(Unchanging):
    """How a place stood to one target of one document, from a day until a newer row says otherwise.

    Never changed. A row of the same day written later stands before the earlier one, and `cause` says why it
    differs: what was counted anew, which edition replaced which, or that the due day passed.
    """

    STATUSES = [(status.value, status.label) for status in Status]
    place_code = models.CharField(max_length=12)
    parameter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=30)
    edition = models.CharField("政策版本", max_length=64)
    on = models.DateField("统计日")
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField()
    missing = models.PositiveIntegerField("缺数据的地方", default=0)
    status = models.CharField("结论", max_length=14, choices=STATUSES)
    gap = models.PositiveBigIntegerField("还差", null=True)
    cause = models.CharField("变动原因", max_length=200, blank=True)
    computed_at = models.DateTimeField(auto_now_add=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "parameter", "on", "id"]
        indexes = [models.Index(fields=["place_code", "parameter", "-on", "-id"], name="judgement_as_of")]
        verbose_name = verbose_name_plural = "目标结论"

    def __str__(self) -> str:
        return f"{self.place_code} {self.parameter} {self.on}"


class AlertQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on=None)


class Alert(models.Model):
    """A target that is due, or a standing duty, and not met: opened one night, closed the night it is made good."""

    place_code = models.CharField(max_length=12)
    parameter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=30)
    document = models.CharField("文件", max_length=80)
    clause = models.CharField("条款", max_length=40)
    title = models.CharField("目标", max_length=120)
    opened_on = models.DateField("发现日期")
    closed_on = models.DateField("解除日期", null=True, blank=True)
    gap = models.PositiveBigIntegerField("还差", default=0)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "parameter"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "parameter"], condition=models.Q(closed_on=None), name="one_open_alert"
            )
        ]
        indexes = [models.Index(fields=["closed_on", "place_code", "parameter"], name="alert_open_by_place")]
        verbose_name = verbose_name_plural = "提醒"

    def __str__(self) -> str:
        return f"{self.title} {self.opened_on}"
