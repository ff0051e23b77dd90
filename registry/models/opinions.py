from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.models import User
from registry import codes
from registry.scope import Role


class OpinionQuerySet(models.QuerySet):
    def asked_of(self, user: User) -> Self:
        """What the adviser offices of a person were asked; withdrawn questions are no longer theirs to read.

        This is the only door of an adviser to a case: `Case.objects.visible_to` does not open for him.
        """
        held = user.offices.in_force().filter(role=Role.ADVISER).values_list("title", "place__code")
        mine = Q(pk__in=[])
        for unit, code in held:
            first, end = codes.span(code)
            mine |= Q(unit=unit, case__place_code__gte=first, case__place_code__lt=end)
        return self.filter(mine, withdrawn_on=None)

    def open(self) -> Self:
        return self.filter(answered_on=None, withdrawn_on=None)


class Opinion(models.Model):
    """What another body was asked about a case, and what it answered: in the portal, or by a recorded paper."""

    class Kind(models.TextChoices):
        SUPERVISING = "supervising", "业务主管单位意见"
        INDUSTRY = "industry", "行业管理部门意见"
        PARTY = "party", "党建工作机构意见"
        QUALIFICATION = "qualification", "发起人、负责人资格联合审查"
        OTHER = "other", "其他部门意见"

    class Answer(models.TextChoices):
        NONE = "", "尚未答复"
        AGREE = "agree", "同意"
        CONDITIONAL = "conditional", "附条件同意"
        DISAGREE = "disagree", "不同意"

    case = models.ForeignKey("registry.Case", models.CASCADE, related_name="opinions")
    kind = models.CharField("事由", max_length=14, choices=Kind)
    unit = models.CharField("征求意见单位", max_length=40)
    question = models.CharField("需要说明什么", max_length=300, blank=True)
    required = models.BooleanField("作出决定前必须答复", default=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField("答复期限")
    answer = models.CharField("答复", max_length=12, choices=Answer, blank=True)
    text = models.TextField("答复内容", blank=True)
    paper = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    paper_number = models.CharField("文号", max_length=60, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField("撤回日期", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "unit"],
                condition=Q(answered_on=None, withdrawn_on=None),
                name="one_open_question_per_unit",
            )
        ]
        verbose_name = verbose_name_plural = "征求意见"

    def __str__(self) -> str:
        return f"{self.unit}：{self.get_kind_display()}"
