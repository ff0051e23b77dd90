import datetime as dt

from django.db import models
from django.utils import timezone


class RunRecord(models.Model):
    """One periodic check for one day. The unique pair makes two beats harmless."""

    name = models.CharField(max_length=40)
    day = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="one_run_per_check_and_day")]
        verbose_name = verbose_name_plural = "定期检查"

    def __str__(self) -> str:
        return f"{self.name} {self.day}"

    @property
    def took(self) -> dt.timedelta | None:
        return self.finished_at - self.started_at if self.finished_at else None
