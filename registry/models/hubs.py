from django.db import models
from django.db.models import Q

from registry.models.jurisdictions import Jurisdiction
from registry.models.offices import DatedQuerySet
from registry.models.organisations import Organisation
from registry.scope import ScopedQuerySet


class HubType(models.TextChoices):
    FEDERATION = "federation", "社区社会组织联合会"
    SERVICE_CENTRE = "service_centre", "社区社会组织服务中心"
    INCUBATION_CENTRE = "incubation_centre", "孵化中心"
    FOUNDATION = "foundation", "基金会"
    DEVELOPMENT_ASSOCIATION = "community_development_association", "社区发展协会"
    ENTERPRISE_COUNCIL = "community_enterprise_council", "社企共建理事会"
    XIANGXIAN_COUNCIL = "xiangxian_council", "乡贤参事会"
    NEIGHBOURHOOD_CENTRE = "neighbourhood_centre", "邻坊中心"
    DEVELOPMENT_FOUNDATION = "community_development_foundation", "社区发展基金会"


class HubQuerySet(DatedQuerySet, ScopedQuerySet):
    scope_field = "serves_code"


class Hub(models.Model):
    """An organisation in its role as hub (枢纽型) or support organisation (支持型) for a street or a community.

    From a day to a day: a hub whose street becomes another ends there and begins again at the new one.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hubs", related_query_name="hub")
    hub_type = models.CharField("枢纽类型", max_length=34, choices=HubType)
    is_hub = models.BooleanField("枢纽型", default=True)
    is_support = models.BooleanField("支持型", default=False)
    serves = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="hubs", verbose_name="服务区域")
    serves_code = models.CharField(max_length=12, editable=False)
    demonstration_since = models.DateField("示范点起始日", null=True, blank=True)
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)

    objects = HubQuerySet.as_manager()

    class Meta:
        ordering = ["serves_code"]
        indexes = [models.Index(fields=["serves_code", "hub_type"], name="hub_by_place")]
        constraints = [models.UniqueConstraint(fields=["organisation"], condition=Q(ends=None), name="one_open_hub")]
        verbose_name = verbose_name_plural = "枢纽型、支持型组织"

    def __str__(self) -> str:
        return self.organisation.name


class HubStaff(models.Model):
    """A community-organisation social worker in post at a hub (津民发〔2018〕61号 三（四）)."""

    hub = models.ForeignKey(Hub, models.CASCADE, related_name="staff")
    name = models.CharField("姓名", max_length=40)
    full_time = models.BooleanField("专职", default=True)
    starts = models.DateField("到岗日期")
    ends = models.DateField("离岗日期", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        verbose_name = verbose_name_plural = "枢纽组织社工"

    def __str__(self) -> str:
        return self.name
