import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry import codes
from registry.clock import Calendar, Override
from registry.models.cases import Case


class Unit(models.TextChoices):
    WORKING = "working", "工作日"
    CALENDAR = "calendar", "日"


class ClockQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(stopped=None)


class Clock(models.Model):
    """One limit of a case: the statutory and the promised one of the whole case, and one for each stage.

    `due_on` is a copy of what the ledger says (`registry.casework.clockwork.refresh` writes it), for lists.
    """

    class Scope(models.TextChoices):
        STATUTORY = "statutory", "法定期限"
        PROMISED = "promised", "承诺期限"
        STAGE = "stage", "本环节期限"

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    scope = models.CharField("期限", max_length=10, choices=Scope)
    stage = models.CharField(max_length=10, blank=True)
    days = models.PositiveIntegerField("天数")
    unit = models.CharField("单位", max_length=8, choices=Unit)
    document = models.CharField("文件", max_length=80, blank=True)
    clause = models.CharField("条款", max_length=40, blank=True)
    assumed = models.BooleanField("暂定", default=True)
    starts = models.DateField("起算日（不计入）")
    stopped = models.DateField("停止日", null=True, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    estimated = models.BooleanField("日历为估算", default=False)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(stopped=None), name="clock_running")]
        constraints = [
            models.UniqueConstraint(fields=["case", "scope"], condition=Q(stopped=None), name="one_clock_of_a_scope"),
        ]
        verbose_name = verbose_name_plural = "期限"

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.days} {self.get_unit_display()}"


class IntervalQuerySet(models.QuerySet):
    def holding(self) -> Self:
        """The suspensions, running or over: what moves a deadline."""
        return self.filter(kind=Interval.Kind.SUSPENDED)

    def standing(self) -> Self:
        """The suspensions that are not over."""
        return self.holding().filter(ends=None)


class Interval(models.Model):
    """A line of the ledger: from when to when a case ran at a stage, or was suspended, by whom and on what basis.

    Both ends are days that do not count against the limit: a suspension covers the days after `starts` up to and
    including `ends`. `cap` is the most days a suspension may hold a clock.
    """

    class Kind(models.TextChoices):
        RUNNING = "running", "办理"
        SUSPENDED = "suspended", "暂停计时"

    class Cause(models.TextChoices):
        NONE = "", "无"
        CORRECTION = "correction", "等待申请人补正"
        EXPERT = "expert", "专家评审、现场核查"
        HEARING = "hearing", "听证"
        NOTICE = "notice", "公示"
        FORCE = "force", "不可抗力"
        OTHER = "other", "其他法定事由"

    case = models.ForeignKey(Case, models.CASCADE, related_name="intervals")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    stage = models.CharField("环节", max_length=10)
    holder = models.CharField("等待谁", max_length=12, blank=True)
    cause = models.CharField("事由", max_length=10, choices=Cause, blank=True)
    starts = models.DateField("自")
    ends = models.DateField("至", null=True, blank=True)
    reason = models.CharField("说明", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    cap = models.PositiveIntegerField("最多", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = IntervalQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="interval_in_order"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends=None, kind="running"), name="one_running_interval"
            ),
        ]
        verbose_name = verbose_name_plural = "计时台账"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts}"


class CalendarDayQuerySet(models.QuerySet):
    def in_use(self, at: dt.datetime | None = None) -> Self:
        """The days as they stand now, or as they stood at a moment."""
        if at is None:
            return self.filter(replaced_at=None)
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), at__lte=at)

    def on_path(self, place_code: str) -> Self:
        """What a place and the places above it said."""
        return self.filter(place_code__in=codes.lineage(place_code))

    def calendar(self, place_code: str, at: dt.datetime | None = None) -> Calendar:
        """The official calendar with the overrides of a place, the nearest first, as it stands now or stood once."""
        rows = sorted(self.in_use(at).on_path(place_code), key=lambda row: -codes.level(row.place_code))
        return Calendar.of(Override(row.day, row.working, row.reason) for row in rows)


class CalendarDay(models.Model):
    """A day that a county works or rests other than the official calendar says. Rows are replaced, never changed."""

    place_code = models.CharField(max_length=12)
    day = models.DateField("日期")
    working = models.BooleanField("工作日")
    reason = models.CharField("依据", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "day"], condition=Q(replaced_at=None), name="one_word_on_a_day"
            )
        ]
        verbose_name = verbose_name_plural = "工作日调整"

    def __str__(self) -> str:
        return f"{self.day} {'工作' if self.working else '休息'}"
