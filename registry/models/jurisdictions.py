import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from registry import codes


class JurisdictionQuerySet(models.QuerySet):
    def within(self, code: str) -> Self:
        """The place with this code (2 to 12 digits) and everything below it, by code range."""
        first, end = codes.span(codes.normalise(code))
        return self.filter(code__gte=first, code__lt=end)

    def standing_on(self, day: dt.date) -> Self:
        """Places that exist on a day: first day inclusive, last day exclusive."""
        return self.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gt=day))

    def classed(self, day: dt.date) -> Self:
        """With `class_then`: the urban or rural class in force on a day."""
        later = PlaceChange.objects.filter(place=OuterRef("pk"), field="area_class", on__gt=day).order_by("on", "id")
        return self.annotate(class_then=Coalesce(Subquery(later.values("before")[:1]), F("area_class")))

    def communities(self) -> Self:
        return self.filter(level=Jurisdiction.Level.COMMUNITY)

    def streets(self) -> Self:
        return self.filter(level=Jurisdiction.Level.STREET)

    def above(self, code: str) -> Self:
        """The place itself and the places it lies in."""
        return self.filter(code__in=codes.lineage(codes.normalise(code)))


class Jurisdiction(models.Model):
    """A place of the administrative tree: what it is called and classed *now*, and since when it stands.

    Former names, classes and parents stand in `PlaceChange`, so that most of 665,000 places need one row.
    """

    class Level(models.IntegerChoices):
        NATION = 0, "全国"
        PROVINCE = 1, "省（自治区、直辖市）"
        PREFECTURE = 2, "市（地、州、盟）"
        COUNTY = 3, "县（市、区）"
        STREET = 4, "街道（乡、镇）"
        COMMUNITY = 5, "社区（村）"

    class Kind(models.TextChoices):
        NATION = "nation", "全国"
        PROVINCE = "province", "省级"
        PREFECTURE = "prefecture", "地级"
        COUNTY = "county", "县级"
        ZONE = "functional_zone", "功能区"
        STREET = "street", "街道"
        TOWN = "town", "镇"
        TOWNSHIP = "township", "乡"
        COMMUNITY = "community", "社区"
        VILLAGE = "village", "村"

    class AreaClass(models.TextChoices):
        NONE = "", "不区分"
        URBAN = "urban", "城市社区"
        RURAL = "rural", "农村社区"

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=80)
    level = models.PositiveSmallIntegerField("层级", choices=Level)
    kind = models.CharField("类型", max_length=16, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area_class = models.CharField("城乡类别", max_length=5, choices=AreaClass, blank=True, default="")
    starts = models.DateField("设立日期", null=True, blank=True)
    ends = models.DateField("撤销日期", null=True, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "行政区划"
        indexes = [models.Index(fields=["level", "code"], name="place_level_code")]

    def __str__(self) -> str:
        return self.name

    def lineage_names(self) -> str:
        """The full name from the province down, pseudo levels such as 市辖区 left out."""
        above = Jurisdiction.objects.above(self.code).order_by("level", "code")
        return "".join(place.name for place in above if place.name not in PSEUDO)


PSEUDO = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


class PlaceChange(models.Model):
    """A dated change of one field of a place: until the day before `on` it was `before`, from then on `after`."""

    FIELDS = [
        ("name", "名称"),
        ("area_class", "城乡类别"),
        ("parent", "上级"),
        ("kind", "类型"),
        ("starts", "设立"),
        ("ends", "撤销"),
    ]
    place = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="changes")
    field = models.CharField("变动项", max_length=12, choices=FIELDS)
    on = models.DateField("生效日期")
    before = models.CharField("变动前", max_length=80, blank=True)
    after = models.CharField("变动后", max_length=80, blank=True)
    source = models.CharField("依据", max_length=200)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["field", "place", "on"], name="place_change_lookup")]
        verbose_name = verbose_name_plural = "区划变动"

    def __str__(self) -> str:
        return f"{self.place} {self.get_field_display()} {self.on}"


class Population(models.Model):
    """People of a place in a year, with the kind of count and where the figure stands."""

    class Kind(models.TextChoices):
        NATION = "nation", "全国"
        RESIDENT = "resident", "常住人口"
        REGISTERED = "registered", "户籍人口"

    place = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("口径", max_length=10, choices=Kind, default=Kind.RESIDENT)
    people = models.PositiveBigIntegerField("人数")
    source = models.CharField("来源", max_length=200)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["place", "year", "kind"], name="one_population_a_year")]
        verbose_name = verbose_name_plural = "人口"

    def __str__(self) -> str:
        return f"{self.place} {self.year}"
