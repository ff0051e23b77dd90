from django.conf import settings
from django.db import models

from portal.crypto import SealedTextField
from registry import periods
from registry.models.cases import Case
from registry.models.organisations import Organisation
from registry.scope import ScopedQuerySet


class Report(models.Model):
    """A report an organisation owed for a period and handed in: yearly, periodic to the 两委, duty of its leader."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", "年度报告"
        PERIODIC = "periodic", "向社区“两委”定期报告"
        DUTY = "duty", "法定代表人履职报告"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    place_code = models.CharField(max_length=12)
    kind = models.CharField("种类", max_length=10, choices=Kind)
    period = models.CharField("期间", max_length=10)
    case = models.OneToOneField(Case, models.PROTECT, related_name="report")
    filed_on = models.DateField("报送日期")
    noted_on = models.DateField("收悉日期")
    late = models.BooleanField("逾期", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "place_code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "period"], name="one_report_of_a_period")
        ]
        verbose_name = verbose_name_plural = "报告"

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.period}"

    @property
    def word(self) -> str:
        """The period in words: 2025年度, 2025年下半年."""
        return periods.read(self.period).label


class Objection(models.Model):
    """What somebody objects to while an appointment is made public; answered before anything is decided."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="objections")
    text = models.CharField("异议内容", max_length=500)
    name = models.CharField("姓名", max_length=30, blank=True)
    phone = SealedTextField("联系电话", blank=True)
    at = models.DateTimeField(auto_now_add=True)
    upheld = models.BooleanField("异议成立", null=True)
    answer = models.CharField("处理意见", max_length=300, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "公示异议"

    def __str__(self) -> str:
        return self.text[:30]
