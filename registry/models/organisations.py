import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from registry.models.jurisdictions import Jurisdiction
from registry.models.offices import DatedQuerySet
from registry.scope import ScopedQuerySet


class LegalForm(models.TextChoices):
    NONE = "none", "未登记（非法人）"
    ASSOCIATION = "association", "社会团体"
    SERVICE = "social_service_org", "社会服务机构（民办非企业单位）"
    FOUNDATION = "foundation", "基金会"


class Category(models.TextChoices):
    COMMUNITY_SERVICE = "community_service", "社区服务"
    LIVING_SERVICE = "living_service", "生活服务"
    ELDERLY_CARE = "elderly_care", "养老服务"
    HARDSHIP_RELIEF = "hardship_relief", "扶危助困"
    CHARITY_RELIEF = "charity_relief", "慈善救助"
    PUBLIC_CHARITY = "public_charity", "公益慈善"
    MUTUAL_AID = "mutual_aid", "邻里互助"
    CULTURE_SPORTS = "culture_sports", "文体娱乐"
    AGRI_RURAL = "agri_rural", "农村生产技术服务"
    SCIENCE_TECH = "science_tech", "科技"
    INDUSTRY = "industry_association", "行业协会商会"
    OTHER = "other", "其他"


class Scope(models.TextChoices):
    COMMUNITY = "community", "社区（村）范围"
    STREET = "street", "街道（乡镇）范围"


class Premises(models.TextChoices):
    OWN = "own", "独立场所"
    SHARED = "shared", "与其他组织共用"
    NONE = "none", "没有固定场所"


class PartyState(models.TextChoices):
    OWN = "own", "单独建立党组织"
    PENDING = "pending", "已申请，待上级党组织批准"
    JOINT = "joint", "与其他组织联合建立"
    FALLBACK = "fallback", "由社区党组织兜底管理"
    NONE = "", "尚未覆盖"


class StandingKind(models.TextChoices):
    REGISTERED = "registered", "已登记"
    FILED = "filed", "已备案"
    LISTED = "listed", "社区指导（已列名）"


class OrganisationQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        return self.exclude(standing="")

    def changed(self) -> int:
        """What is told of them outside is no longer what it was (`updated_since`); how many they are."""
        return self.update(updated_at=timezone.now())

    def standing_on(self, day: dt.date, kinds: tuple[str, ...] = ("registered", "filed")) -> Self:
        """Organisations that stood registered or filed on a day."""
        held = Standing.objects.on(day).filter(kind__in=kinds)
        return self.filter(pk__in=held.values("organisation"))

    def for_lists(self) -> Self:
        return self.select_related("place", "place__parent").order_by("place_code", "id")


class Organisation(models.Model):
    """A community social organisation: what it is and where it is at home, today."""

    name = models.CharField("名称", max_length=100)
    folded_name = models.CharField(max_length=100, db_index=True, editable=False)
    pinyin = models.CharField(max_length=120, blank=True, editable=False)
    place = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="organisations")
    place_code = models.CharField(max_length=12, editable=False)
    scope = models.CharField("活动范围", max_length=9, choices=Scope, default=Scope.COMMUNITY)
    legal_form = models.CharField("组织形式", max_length=18, choices=LegalForm, default=LegalForm.NONE)
    category = models.CharField("类别", max_length=24, choices=Category, blank=True)
    activities = models.TextField("主要活动", blank=True)
    standing = models.CharField("状态", max_length=10, choices=StandingKind, blank=True)
    individual_members = models.PositiveIntegerField("个人会员", null=True, blank=True)
    unit_members = models.PositiveIntegerField("单位会员", null=True, blank=True)
    capital = models.PositiveBigIntegerField("注册资金（元）", null=True, blank=True)
    premises = models.CharField("活动场所", max_length=6, choices=Premises, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    post_reachable = models.BooleanField("邮政通信可达", null=True, blank=True)
    larger_scale = models.BooleanField("规模较大", null=True, blank=True)
    operates_normally = models.BooleanField("能正常开展活动", null=True, blank=True)
    full_party_members = models.PositiveIntegerField("正式党员", null=True, blank=True)
    probationary_party_members = models.PositiveIntegerField("预备党员", null=True, blank=True)
    party_organisation = models.CharField("党的组织", max_length=8, choices=PartyState, blank=True)
    filing_number = models.CharField("备案编号", max_length=40, null=True, blank=True, unique=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    managing_body = models.CharField("管理单位", max_length=80, blank=True)
    charity_since = models.DateField("认定为慈善组织", null=True, blank=True)
    valid_until = models.DateField("备案有效期至（含）", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField("最近变动", db_default=Now(), db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["place_code", "id"]
        indexes = [
            models.Index(fields=["place_code", "id"], name="organisation_by_place"),
            models.Index(fields=["pinyin"], name="organisation_by_pinyin"),
        ]
        verbose_name = verbose_name_plural = "社会组织"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:organisation", args=[self.pk])

    @property
    def hub(self) -> Any:
        """Its part as a hub, the latest one; None for one that never was."""
        return self.hubs.order_by("starts", "pk").last()

    def said(self, name: str) -> str:
        """What one column says, in words; "" where nothing is known."""
        value, field = getattr(self, name), self._meta.get_field(name)
        if isinstance(value, bool):
            return "是" if value else "否"
        word = dict(field.flatchoices).get(value, "") if field.choices else value
        return "" if word is None else str(word)


class StandingQuerySet(DatedQuerySet):
    def on(self, day: dt.date) -> Self:
        return self.in_force(day)

    def counted(self) -> Self:
        return self.filter(kind__in=(StandingKind.REGISTERED, StandingKind.FILED))


class Standing(models.Model):
    """From when to when an organisation was registered, filed or listed, and where it was at home then.

    The place, scope and form are kept on the row, so that one statement counts all places as of any day.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings")
    kind = models.CharField("状态", max_length=10, choices=StandingKind)
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)
    place_code = models.CharField(max_length=12)
    scope = models.CharField(max_length=9, choices=Scope)
    legal_form = models.CharField(max_length=18, choices=LegalForm)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ends=None), name="one_open_standing"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="standing_in_order"),
        ]
        indexes = [models.Index(fields=["place_code", "kind", "starts", "ends"], name="standing_by_place")]
        verbose_name = verbose_name_plural = "状态沿革"

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.starts}"


class PartyCoverage(models.Model):
    """From when to when an organisation was covered by a party organisation of its own, a joint or a fallback one."""

    KINDS = [("own", "单独建立"), ("joint", "联合建立"), ("fallback", "兜底管理")]
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="party_coverages")
    kind = models.CharField("方式", max_length=8, choices=KINDS)
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)
    superior = models.CharField("上级党组织", max_length=80, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        indexes = [models.Index(fields=["organisation", "starts", "ends"], name="party_coverage_lookup")]
        verbose_name = verbose_name_plural = "党组织覆盖"

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"
