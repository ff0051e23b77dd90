import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models

from portal.models import User
from registry.models.cases import Case, State


class StoredFile(models.Model):
    """One file, known by its hash, however many cases it serves."""

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.FileField("文件", upload_to="materials/%Y/%m/")
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def owed(self) -> Self:
        """Papers promised and not brought yet (容缺), of cases that were handed in and go on or were granted."""
        idle = (State.DRAFT, State.WITHDRAWN, State.REJECTED)
        return self.filter(stored=None).exclude(promised_by=None).exclude(case__state__in=idle)

    def owed_since(self, day: dt.date) -> Self:
        """Papers whose promised day is over on `day`."""
        return self.owed().filter(promised_by__lt=day)


class Material(models.Model):
    """A paper of a case: a stored file under the name it was handed in with, or a dated promise to bring it.

    `added_by` handed it in or promised it in the words of `undertaking`; `brought_by` kept the promise.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials")
    kind = models.CharField("材料", max_length=30)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="materials")
    original_name = models.CharField(max_length=150, blank=True)
    promised_by = models.DateField("承诺补交日期", null=True, blank=True)
    undertaking = models.CharField("承诺内容", max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField("补交时间", null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_material_of_a_kind")]
        verbose_name = verbose_name_plural = "材料"

    def __str__(self) -> str:
        return self.original_name or self.kind

    @property
    def is_promise(self) -> bool:
        """Whether a promise stands where the paper should be."""
        return self.stored_id is None and self.promised_by is not None
