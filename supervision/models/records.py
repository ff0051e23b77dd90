from django.conf import settings
from django.db import models

from registry.scope import ScopedQuerySet
from supervision.models.unchanging import Unchanging


class Trial(Unchanging):
    """A what-if that was kept: which parameters of which edition were changed, and what would have followed.

    `changes` is [{"parameter", "field", "before", "after"}]; `result` is `supervision.trials.Outcome.to_json`.
    """

    place_code = models.CharField(max_length=12)
    on = models.DateField("测算日期")
    edition = models.CharField("政策版本", max_length=64)
    title = models.CharField("标题", max_length=120)
    changes = models.JSONField("改动")
    result = models.JSONField("结果")
    digest = models.CharField("内容指纹", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["place_code", "-id"], name="trial_by_place")]
        verbose_name = verbose_name_plural = "政策测算"

    def __str__(self) -> str:
        return self.title


class Statistic(Unchanging):
    """One table of statistics of one place and period, frozen: `content` never changes, `digest` is its SHA-256.

    A table frozen again for the same period is a newer row and says in `cause` why it differs.
    """

    table = models.CharField("报表", max_length=30)
    place_code = models.CharField(max_length=12)
    period = models.CharField("报告期", max_length=7)
    on = models.DateField("截止日期")
    content = models.JSONField("内容")
    digest = models.CharField("内容指纹", max_length=64)
    cause = models.CharField("重制原因", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField("定稿时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "table", "-on", "-id"]
        indexes = [models.Index(fields=["place_code", "table", "-on", "-id"], name="statistic_by_place")]
        verbose_name = verbose_name_plural = "统计报表"

    def __str__(self) -> str:
        return f"{self.table} {self.period}"
