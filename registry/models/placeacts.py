from django.conf import settings
from django.db import models

from registry.models.jurisdictions import Jurisdiction
from registry.scope import ScopedQuerySet


class PlaceActQuerySet(ScopedQuerySet):
    def waiting(self) -> "PlaceActQuerySet":
        """Acts proposed and neither done nor dropped."""
        return self.filter(state=PlaceAct.State.PROPOSED)


class PlaceAct(models.Model):
    """One dated change of administrative divisions: what becomes what, from which day, on which document.

    `plan` is {"from": [code, …], "to": [{"code", "name", "kind", "area_class", "parent"}, …], "shares": {organisation
    id: code}}; `shares` says where each organisation goes when a place is split. `touched` is what the preview
    counted when the act was proposed. An act is done on its day, never before, and never undone: a wrong one is put
    right by another.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"
        SPLIT = "split", "分设"
        TRANSFER = "transfer", "划转（改隶）"
        CONVERT = "convert", "村改居"
        ZONE = "zone", "功能区代管"
        ADD = "add", "新设"
        ABOLISH = "abolish", "撤销"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待确认"
        AGREED = "agreed", "已确认，待生效"
        DONE = "done", "已生效"
        DROPPED = "dropped", "已放弃"

    kind = models.CharField("变更方式", max_length=10, choices=Kind)
    on = models.DateField("生效日期")
    document = models.CharField("批准文件", max_length=200)
    place_code = models.CharField(max_length=12)
    plan = models.JSONField("方案", default=dict)
    touched = models.JSONField("影响范围", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    from_file = models.BooleanField("由新版区划提出", default=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("办理时间", null=True)

    objects = PlaceActQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["place_code", "state"], name="placeact_by_place")]
        verbose_name = verbose_name_plural = "区划变更"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Succession(models.Model):
    """From a day on, what was one place is (a part of) another: the lineage of places across merges and splits."""

    act = models.ForeignKey(PlaceAct, models.PROTECT, related_name="successions")
    before = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="successors")
    after = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="predecessors")
    on = models.DateField("生效日期")

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["act", "before", "after"], name="one_succession")]
        verbose_name = verbose_name_plural = "沿革关系"

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
