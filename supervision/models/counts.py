import datetime as dt
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

Cells = dict[str, list[int]]


class CountQuerySet(models.QuerySet):
    def as_of(self, day: dt.date) -> Self:
        """Of each head the newest row that is not younger than the day. For few heads; a board joins by place."""
        newest = Count.objects.filter(head=OuterRef("head"), on__lte=day).order_by("-on").values("pk")[:1]
        return self.filter(pk=Subquery(newest))


class Count(models.Model):
    """What is counted in a place, from a day until a newer row of the place says otherwise.

    `head` is the leading digits that name the place: empty the nation, 2 a province, 4 a prefecture, 6 a county, 9 a
    street. Nine digits that end in 000 are what stands at a county (prefecture, province) itself and in none of its
    streets. `counts` is {indicator: [hits, base]} or {indicator: [hits, base, missing]}, zeros left out: one wide
    row a place, written only where something differs from the day kept before.
    """

    head = models.CharField(max_length=9)
    on = models.DateField("统计日")
    counts = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now=True)

    objects = CountQuerySet.as_manager()

    class Meta:
        ordering = ["head", "on"]
        constraints = [models.UniqueConstraint(fields=["head", "on"], name="one_count_a_day")]
        verbose_name = verbose_name_plural = "统计数"

    def __str__(self) -> str:
        return f"{self.head} {self.on}"


class CountDay(models.Model):
    """A day whose counts are kept for the whole nation, and what the proof against a full recount found."""

    on = models.DateField("统计日", unique=True)
    made_at = models.DateTimeField(auto_now=True)
    heads = models.PositiveIntegerField("地方数", default=0)
    differences = models.PositiveIntegerField("与重算不一致", default=0)
    found = models.JSONField("不一致的地方", default=list)

    class Meta:
        ordering = ["on"]
        verbose_name = verbose_name_plural = "统计日"

    def __str__(self) -> str:
        return f"{self.on}"


class Entry(models.Model):
    """A figure the register cannot know, entered once a year by the officials who own it, with its source.

    `item` is a key of `supervision.items`. A correction is a newer row; the former one stays and is no longer
    `current`. Flags are 1 and 0.
    """

    place_code = models.CharField(max_length=12)
    item = models.CharField("项目", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    value = models.PositiveBigIntegerField("数值")
    source = models.CharField("来源", max_length=200)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("填报时间", auto_now_add=True)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["place_code", "item", "-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "place_code", "year"], condition=Q(current=True), name="one_current_entry"
            )
        ]
        verbose_name = verbose_name_plural = "年度基础数据"

    def __str__(self) -> str:
        return f"{self.place_code} {self.item} {self.year}"
