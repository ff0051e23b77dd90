from django.db import models

from registry.models.organisations import Organisation


class ServiceGroup(models.TextChoices):
    """Whom an organisation serves.

    广西 2020 四（三）, 温民社组〔2018〕127号 二（三）, 渝北民〔2021〕114号 三（三）.
    """

    ELDERLY = "elderly", "老年人"
    WOMEN = "women", "妇女"
    CHILDREN = "children", "儿童"
    DISABLED = "disabled", "残疾人"
    PREFERENTIAL = "preferential_treatment", "优抚对象"
    UNEMPLOYED = "unemployed", "失业人员"
    MIGRANT_WORKERS = "migrant_workers", "农民工"
    MINORS = "minors_of_detained", "被限制人身自由人员的未成年子女"
    POOR = "poor_families", "困难家庭"
    MENTAL = "severe_mental", "严重精神障碍患者"
    YOUTH = "youth_misconduct", "有不良行为青少年"
    CORRECTION = "correction", "社区矫正人员"
    LEFT_BEHIND = "left_behind", "农村留守人员"


class ServiceQuerySet(models.QuerySet):
    def groups(self) -> list[ServiceGroup]:
        """The groups, in the order of the form; one query."""
        held = set(self.values_list("group", flat=True))
        return [group for group in ServiceGroup if group in held]

    def words(self) -> str:
        """The groups in words; "" where none is told."""
        return "、".join(str(group.label) for group in self.groups())


class Service(models.Model):
    """That an organisation serves a group of people. Who they are is never kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="services")
    group = models.CharField("服务人群", max_length=24, choices=ServiceGroup)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "group"]
        constraints = [models.UniqueConstraint(fields=["organisation", "group"], name="one_service_per_group")]
        indexes = [models.Index(fields=["group", "organisation"], name="service_by_group")]
        verbose_name = verbose_name_plural = "服务人群"

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_group_display()}"
