import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from registry import codes
from registry.models.jurisdictions import Jurisdiction
from registry.scope import Role


class DatedQuerySet(models.QuerySet):
    """Rows with `starts` (inclusive) and `ends` (exclusive, empty = open)."""

    def in_force(self, day: dt.date | None = None) -> Self:
        """Rows that hold on a day; today where none is given."""
        day = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


class OfficeQuerySet(DatedQuerySet):
    def over(self, code: str, day: dt.date | None = None) -> Self:
        """Offices held on a day (today) at a place or above it, by people whose account is open."""
        return self.in_force(day).filter(place__code__in=codes.lineage(code), user__is_active=True)


class Office(models.Model):
    """A role held by a person over a place, from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="offices")
    role = models.CharField("角色", max_length=12, choices=Role)
    place = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="offices")
    title = models.CharField("职务", max_length=40, blank=True)
    starts = models.DateField("任职日期")
    ends = models.DateField("离任日期", null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stand_ins")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["place__code", "role"]
        verbose_name = verbose_name_plural = "任职"

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.place}"
