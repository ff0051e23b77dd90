from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.cases import Case
from registry.models.offices import DatedQuerySet


class Look(models.Model):
    """When somebody last looked at a case, so that the page can say what changed since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="looks")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="one_look_per_person")]
        verbose_name = verbose_name_plural = "查看记录"

    def __str__(self) -> str:
        return f"{self.user} {self.at}"


class Absence(models.Model):
    """Somebody is away from a day to a day (exclusive), and who stands in; the stand-in gets dated offices."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts = models.DateField("自")
    ends = models.DateField("至（不含）")
    reason = models.CharField("事由", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="absence_in_order")]
        verbose_name = verbose_name_plural = "请假和代办"

    def __str__(self) -> str:
        return f"{self.user} {self.starts}"


class Phrase(models.Model):
    """A ready sentence for a correction notice. `applies` is a field, `materials` or
    `materials.<kind>` for papers, or empty for everything."""

    place_code = models.CharField(max_length=12)
    applies = models.CharField("用于", max_length=40, blank=True)
    text = models.CharField("内容", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["applies", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "applies", "text"], condition=Q(retired_at=None), name="a_phrase_once"
            )
        ]
        verbose_name = verbose_name_plural = "补正用语"

    def __str__(self) -> str:
        return self.text
