import datetime as dt
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.crypto import SealedJSONField
from portal.models import User
from registry.models.jurisdictions import Jurisdiction
from registry.models.organisations import Organisation
from registry.scope import DESK, Role, ScopedQuerySet, within


class RoadKey(models.TextChoices):
    FILING = "filing", "备案"
    REGISTRATION = "registration", "登记"


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    REVIEWED = "reviewed", "初审完成"
    REPORTED = "reported", "待街道决定"
    CONSENTED = "consented", "街道已同意"
    ACCEPTED = "accepted", "已受理"
    EXAMINED = "examined", "待审批"
    PUBLISHED = "published", "公示中"
    RETURNED = "returned", "待补正"
    APPROVED = "approved", "已办结"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"


ITEMS = "items"  # the task, and its field, in which somebody ticks what a case is about
CLOSED = (State.APPROVED, State.REJECTED, State.WITHDRAWN)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def query_code() -> str:
    """Eight characters that cannot be guessed or misread; a visitor gives them to follow a case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class CaseQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Submitted cases where the person holds a desk, and everything opened by him or by whom he stands in for."""
        if not user.is_authenticated:
            return self.none()
        mine = models.Q(opened_by=user)
        held = []
        for role, code, absent in user.offices.in_force().values_list("role", "place__code", "stands_in_for__user"):
            if role in DESK:
                held.append(code)
            if absent:
                mine |= models.Q(opened_by=absent) & within([code])
        shown = within(held) & ~models.Q(state=State.DRAFT)
        return self.filter(shown | mine)

    def open(self) -> Self:
        return self.exclude(state__in=CLOSED)

    def overdue(self, day: dt.date) -> Self:
        return self.open().exclude(state__in=(State.DRAFT, State.RETURNED)).filter(due_on__lt=day)

    def for_lists(self) -> Self:
        """With what a list shows of each: place, people, and `paused` where its clocks are held now."""
        held = models.Q(intervals__kind="suspended", intervals__ends=None)
        rows = self.annotate(_pause=models.FilteredRelation("intervals", condition=held))
        return rows.annotate(paused=models.F("_pause__id")).select_related("place", "opened_by", "held_by")


class Case(models.Model):
    """One application on its road, judged by the pack editions in force on the day it was submitted.

    `answers` holds what the applicant said, by section; numbers that identify a person stand apart in
    `sealed`. `receipt` is the verdict kept with the case (`registry.eligibility.Receipt.to_json`).
    """

    road = models.CharField("途径", max_length=12, choices=RoadKey)
    kind = models.CharField(max_length=30, default="filing", editable=False)
    matter = models.CharField("事项", max_length=30, default="备案", editable=False)
    variant = models.CharField(max_length=16, editable=False)
    place = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="cases")
    place_code = models.CharField(max_length=12, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="cases")
    name = models.CharField("组织名称", max_length=100, blank=True)
    answers = models.JSONField(default=dict)
    sealed = SealedJSONField(default=dict)
    section_versions = models.JSONField(default=dict)
    receipt = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0)
    number = models.CharField("收件编号", max_length=40, null=True, unique=True)
    query_code = models.CharField("查询码", max_length=8, default=query_code)
    open_key = models.CharField(max_length=64, null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    promised_on = models.DateField("承诺办结日", null=True)
    limit_on = models.DateField("法定期限", null=True)
    due_on = models.DateField("本环节期限", null=True)
    moved_at = models.DateTimeField("最近办理", null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="held_cases")
    held_until = models.DateTimeField("领取有效至", null=True)
    decision = models.JSONField(default=dict)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["place_code", "state", "id"], name="case_by_place"),
            models.Index(fields=["opened_by", "-id"], name="case_by_opener"),
            models.Index(fields=["closed_at"], condition=~models.Q(closed_at=None), name="case_by_closing"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["opened_by", "open_key"], name="one_case_per_form"),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=~models.Q(state__in=CLOSED),
                name="one_open_case_per_organisation_and_kind",
            ),
        ]
        verbose_name = verbose_name_plural = "办件"

    def __str__(self) -> str:
        return f"{self.name or '未命名组织'}（{self.matter}）"

    def get_absolute_url(self) -> str:
        return reverse("registry:case", args=[self.pk])

    @property
    def asks(self) -> frozenset[str]:
        """The questions asked here beyond those everybody is asked: by the rules of the place
        (`registry.casework.facts.asked_here`), and by what was ticked in a first task called `ITEMS`;
        less what a public notice has answered (`registry.casework.noticed`)."""
        ticked = self.answers.get(ITEMS, {}).get(ITEMS, "")
        asked = frozenset(self.decision.get("asks", [])) | frozenset(ticked.split())
        return asked - frozenset(self.decision.get("settled", []))

    @property
    def holder(self) -> User | None:
        """Who has the case in hand now; nobody once the lease has run out."""
        return self.held_by if self.held_until and self.held_until > timezone.now() else None

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED


class Step(models.Model):
    """One move of a case. The rows are history, statistics and outbox at once: what is not delivered is due."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    label = models.CharField("环节", max_length=40)
    source = models.CharField(max_length=10, choices=State)
    target = models.CharField(max_length=10, choices=State)
    role = models.CharField(max_length=12, choices=Role)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField("意见", blank=True)
    data = models.JSONField(default=dict)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="step_undelivered"),
        ]
        verbose_name = verbose_name_plural = "办理过程"

    def __str__(self) -> str:
        return self.label


class Defect(models.Model):
    """One thing to put right, tied to a field or a material, told to the applicant all at once."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="defects")
    section = models.CharField(max_length=20)
    field = models.CharField(max_length=40)
    label = models.CharField("需要修改的内容", max_length=60)
    reason = models.CharField("原因", max_length=300)
    untold = models.BooleanField("前次未告知", default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "补正事项"

    def __str__(self) -> str:
        return self.label
