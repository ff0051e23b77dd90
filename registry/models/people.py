from typing import Self

from django.db import models

from portal.crypto import SealedTextField
from registry.models.offices import DatedQuerySet
from registry.models.organisations import Organisation
from registry.scope import ScopedQuerySet


class Person(models.Model):
    """Somebody who leads an organisation. Numbers are sealed; the blind index finds the same number again."""

    name = models.CharField("姓名", max_length=40)
    id_number = SealedTextField("身份证号", blank=True)
    id_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name


class LeaderTerm(models.Model):
    """From when to when somebody led an organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="leader_terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="leader_terms")
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)
    name = models.CharField("姓名", max_length=40)
    phone = SealedTextField("联系电话", blank=True)
    is_party_member = models.BooleanField("党员", null=True, blank=True)
    serving_cadre = models.BooleanField("在职党员干部", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        verbose_name = verbose_name_plural = "负责人任期"

    def __str__(self) -> str:
        return f"{self.name} {self.starts}"


class BanQuerySet(ScopedQuerySet):
    scope_field = "place_code"

    def standing(self) -> Self:
        """Bans nobody has lifted, whether their last day is over or not."""
        return self.filter(lifted_on=None)


class OccupationalBan(models.Model):
    """Somebody who may not lead an organisation until a day, and on what basis (温民社组〔2018〕127号 三（九）).

    The number itself is not kept: a keyed hash finds it again, a mask shows whose it is. A ban holds everywhere;
    `place_code` is the county that recorded it.
    """

    id_index = models.CharField(max_length=64, db_index=True)
    name = models.CharField("姓名", max_length=40)
    masked = models.CharField("身份证号", max_length=20)
    place_code = models.CharField(max_length=12)
    until = models.DateField("期限至（含）")
    basis = models.CharField("法律依据", max_length=200)
    decided_by = models.CharField("作出决定的机关", max_length=80)
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lift_reason = models.CharField("解除原因", max_length=200, blank=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        ordering = ["until"]
        verbose_name = verbose_name_plural = "从业禁止"

    def __str__(self) -> str:
        return f"{self.name} {self.until}"
