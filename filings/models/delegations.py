from django.db import models

from registry.models import Jurisdiction
from registry.models.offices import DatedQuerySet
from registry.scope import ScopedQuerySet


class DelegationQuerySet(DatedQuerySet, ScopedQuerySet):
    scope_field = "community__code"


class Delegation(models.Model):
    """The street entrusts a residents' or villagers' committee with first review and upward report.

    Without one in force on the day, the committee may do neither (津民发〔2018〕61号 三（二）).
    """

    street = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="delegations_given", verbose_name="街道")
    community = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="delegations", verbose_name="社区（村）")
    covers_review = models.BooleanField("初审", default=True)
    covers_report = models.BooleanField("上报", default=True)
    covers_guidance = models.BooleanField("日常业务指导", default=True)
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)
    document = models.CharField("委托文件", max_length=120)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["community__code", "starts"]
        verbose_name = verbose_name_plural = "委托"

    def __str__(self) -> str:
        return f"{self.street}委托{self.community}"
