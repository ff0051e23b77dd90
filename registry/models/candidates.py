from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.cases import Case
from registry.models.organisations import Organisation
from registry.scope import ScopedQuerySet


class Stage(models.TextChoices):
    SUGGESTED = "suggested", "系统建议"
    NOMINATED = "nominated", "已提名"
    LISTED = "listed", "已列入台账"
    APPLYING = "applying", "正在申请登记"
    REGISTERED = "registered", "已登记出账"
    REMOVED = "removed", "已移出"


OUT = (Stage.REGISTERED, Stage.REMOVED)


class CandidateQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.exclude(stage__in=OUT)


class Candidate(models.Model):
    """A filed organisation on its way to registration (津民发〔2018〕61号 三（三）)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="candidacies")
    place_code = models.CharField(max_length=12)
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.SUGGESTED)
    suggested_on = models.DateField("系统建议日期", null=True)
    nominated_on = models.DateField("提名日期", null=True)
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    listed_on = models.DateField("列入日期", null=True)
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    demonstration = models.BooleanField("培育示范点", default=False)
    distance = models.PositiveSmallIntegerField("离登记还差（项）", default=0)
    missing = models.JSONField(default=list)
    assessed_on = models.DateField("核对日期", null=True)
    review_due = models.DateField("复核日期", null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField("出账日期", null=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=~Q(stage__in=OUT), name="one_open_candidacy")
        ]
        indexes = [models.Index(fields=["place_code", "stage", "id"], name="candidate_by_place")]
        verbose_name = verbose_name_plural = "拟登记台账"

    def __str__(self) -> str:
        return f"{self.organisation}"


class Attestation(models.Model):
    """Somebody vouches for one of the three criteria of the ledger, with evidence."""

    class Criterion(models.TextChoices):
        SCALE = "scale", "规模较大"
        INFLUENCE = "influence", "影响力强"
        EFFECT = "effect", "作用明显"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="attestations")
    criterion = models.CharField("条件", max_length=10, choices=Criterion)
    evidence = models.CharField("依据", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["candidate", "criterion"], name="one_word_per_criterion")]
        verbose_name = verbose_name_plural = "台账条件认定"

    def __str__(self) -> str:
        return self.get_criterion_display()


class Support(models.Model):
    """A line of the support and supervision plan of a candidate."""

    class Kind(models.TextChoices):
        SUPPORT = "support", "扶持"
        SUPERVISION = "supervision", "监督"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="supports")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    plan = models.CharField("计划做什么", max_length=200)
    planned_on = models.DateField("计划日期")
    done_on = models.DateField("完成日期", null=True, blank=True)
    outcome = models.CharField("结果", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["planned_on", "id"]
        verbose_name = verbose_name_plural = "扶持和监督计划"

    def __str__(self) -> str:
        return self.plan
