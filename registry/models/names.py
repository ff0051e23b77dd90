import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from registry.models.cases import Case
from registry.models.organisations import Organisation
from registry.scope import ScopedQuerySet


class FormerName(models.Model):
    """A name an organisation bore until a day, and why it gave it up; it stays taken for a while (民政部令69号 16)."""

    class Cause(models.TextChoices):
        CHANGED = "changed", "变更名称"
        DEREGISTERED = "deregistered", "注销"
        REVOKED = "revoked", "撤销、吊销"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    place_code = models.CharField(max_length=12)
    name = models.CharField("曾用名", max_length=100)
    folded_name = models.CharField(max_length=100, db_index=True, editable=False)
    until = models.DateField("用至")
    cause = models.CharField("原因", max_length=12, choices=Cause)

    class Meta:
        ordering = ["until", "id"]
        verbose_name = verbose_name_plural = "曾用名"

    def __str__(self) -> str:
        return self.name


class ReservationQuerySet(ScopedQuerySet):
    def held(self, day: dt.date) -> Self:
        """Names that are kept for somebody on a day."""
        return self.filter(Q(released_on=None) | Q(released_on__gt=day), reserved_on__lte=day, expires_on__gte=day)


class NameReservation(models.Model):
    """A name kept for an applicant until a day (inclusive); nobody else under the same authority gets it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="reservation")
    name = models.CharField("名称", max_length=100)
    folded_name = models.CharField(max_length=100, db_index=True, editable=False)
    place_code = models.CharField(max_length=12)
    reserved_on = models.DateField("保留日期")
    expires_on = models.DateField("保留至（含）")
    released_on = models.DateField("释放日期", null=True, blank=True)
    used_by = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "folded_name"], condition=Q(released_on=None), name="a_name_is_kept_once"
            )
        ]
        verbose_name = verbose_name_plural = "名称保留"

    def __str__(self) -> str:
        return self.name
