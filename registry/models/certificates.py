import secrets

from django.db import models
from django.urls import reverse

from registry.models.cases import Case
from registry.models.jurisdictions import Jurisdiction
from registry.models.organisations import Organisation


def verify_token() -> str:
    return secrets.token_urlsafe(16)


class Certificate(models.Model):
    """A paper that says an organisation is filed or registered; the page behind its QR code says if it still is."""

    class Kind(models.TextChoices):
        FILING = "filing", "社区社会组织备案证明"
        REGISTRATION = "registration", "社会组织登记证书"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="certificates")
    case = models.OneToOneField(Case, models.PROTECT, related_name="certificate", null=True)
    kind = models.CharField("种类", max_length=12, choices=Kind)
    number = models.CharField("编号", max_length=40, unique=True)
    token = models.CharField(max_length=32, unique=True, default=verify_token)
    name = models.CharField("组织名称", max_length=100)
    issuer = models.CharField("发证机关", max_length=100)
    issued_on = models.DateField("发证日期")
    details = models.JSONField(default=dict)
    cancelled_on = models.DateField("失效日期", null=True, blank=True)
    cancel_reason = models.CharField("失效原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = verbose_name_plural = "证书"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("registry:verified", args=[self.token])


class NumberSeries(models.Model):
    """The last number given in a series of a place and year. Gaps may occur; repetition may not."""

    series = models.CharField(max_length=20)
    place = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "place", "year"], name="one_series_per_place_year")]
        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.series} {self.place} {self.year}"
