"""The shapes of what may be told along with an organisation."""

from rest_framework import serializers

from registry.api.register.shapes import STANDINGS
from registry.models import Certificate, HubType, Jurisdiction, LegalForm, RoadKey, State
from registry.models.organisations import Scope

LEVELS = "层级：0 全国、1 省、2 市、3 县、4 街道（乡镇）、5 社区（村）"


class PlaceTold(serializers.Serializer):
    """A place."""

    code = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="名称")
    level = serializers.IntegerField(help_text=LEVELS)
    kind = serializers.ChoiceField(Jurisdiction.Kind.choices, help_text="类型")
    area_class = serializers.ChoiceField(
        [("urban", "城市社区"), ("rural", "农村社区")], allow_blank=True, help_text="城乡类别，只有社区（村）有"
    )
    parent = serializers.CharField(allow_null=True, help_text="上级的区划代码")
    starts = serializers.DateField(allow_null=True, help_text="设立日期，不详时为 null")
    ends = serializers.DateField(allow_null=True, help_text="撤销日期")


class HubTold(serializers.Serializer):
    """A hub or support organisation."""

    id = serializers.IntegerField(help_text="枢纽记录的编号")
    organisation = serializers.IntegerField(help_text="组织的编号")
    name = serializers.CharField(help_text="组织名称")
    hub_type = serializers.ChoiceField(HubType.choices, help_text="枢纽类型")
    is_hub = serializers.BooleanField(help_text="枢纽型")
    is_support = serializers.BooleanField(help_text="支持型")
    serves = serializers.CharField(help_text="服务区域，12 位区划代码")
    serves_name = serializers.CharField(help_text="服务区域名称")
    demonstration_since = serializers.DateField(allow_null=True, help_text="成为示范点的日期")
    starts = serializers.DateField(help_text="自")
    ends = serializers.DateField(allow_null=True, help_text="至（不含）")


class CertificateTold(serializers.Serializer):
    """A paper that was issued."""

    id = serializers.IntegerField(help_text="证书在本系统的编号")
    kind = serializers.ChoiceField(Certificate.Kind.choices, help_text="种类")
    number = serializers.CharField(help_text="证书编号")
    name = serializers.CharField(help_text="证书上的组织名称")
    issuer = serializers.CharField(help_text="发证机关")
    issued_on = serializers.DateField(help_text="发证日期")
    cancelled_on = serializers.DateField(allow_null=True, help_text="失效日期，有效时为 null")


class LeaderTold(serializers.Serializer):
    """Who leads it."""

    name = serializers.CharField(help_text="负责人，只有姓氏")
    since = serializers.DateField(help_text="任职日期")


class CaseTold(serializers.Serializer):
    """A case about it, in short."""

    id = serializers.IntegerField(help_text="办件的编号")
    number = serializers.CharField(allow_null=True, help_text="收件编号，提交前为 null")
    kind = serializers.CharField(help_text="事项代码")
    matter = serializers.CharField(help_text="事项名称")
    road = serializers.ChoiceField(RoadKey.choices, help_text="途径")
    state = serializers.ChoiceField(State.choices, help_text="状态")
    submitted_at = serializers.DateTimeField(allow_null=True, help_text="提交时间")
    closed_at = serializers.DateTimeField(allow_null=True, help_text="办结时间")


class StandingTold(serializers.Serializer):
    """What it was from a day to a day, and where."""

    standing = serializers.ChoiceField(STANDINGS, help_text="状态")
    place = serializers.CharField(help_text="当时的所在地，12 位区划代码")
    starts = serializers.DateField(help_text="自")
    ends = serializers.DateField(allow_null=True, help_text="至（不含）")
    scope = serializers.ChoiceField(Scope.choices, help_text="活动范围")
    legal_form = serializers.ChoiceField(LegalForm.choices, help_text="组织形式")


class Expanded(serializers.Serializer):
    """What was asked for along with an organisation."""

    place = PlaceTold(required=False, help_text="所在地")
    hub = HubTold(required=False, allow_null=True, help_text="枢纽身份，没有或不在权限范围内时为 null")
    certificates = CertificateTold(required=False, many=True, help_text="证书，新的在前")
    leader = LeaderTold(required=False, allow_null=True, help_text="负责人")
    cases = CaseTold(required=False, many=True, help_text="办件，新的在前，最多 50 件")
    standings = StandingTold(required=False, many=True, help_text="状态沿革")
