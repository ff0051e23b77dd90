"""What is asked and told of organisations; the words here become the documentation."""

from rest_framework import serializers

from portal.api.cursors import PageQuery
from registry.api.fields import Day, Moment, PlaceField, Words
from registry.models import Category, LegalForm, StandingKind
from registry.models.organisations import Scope

STANDINGS = [*StandingKind.choices, ("ended", "已注销")]
EXPANDS = ("place", "hub", "certificates", "leader", "cases", "standings")


class OrganisationQuery(PageQuery):
    """What the list of organisations can be narrowed by."""

    q = serializers.CharField(
        required=False, max_length=50, help_text="名称中的字、拼音首字母，或完整的备案编号、统一社会信用代码"
    )
    place = PlaceField(required=False)
    standing = serializers.ChoiceField(STANDINGS, required=False, help_text="状态。与 standing_on 同用时指那一天的状态")
    standing_on = Day(required=False, help_text="那一天在册的组织，例如 2024-12-31")
    category = serializers.ChoiceField(Category.choices, required=False, help_text="类别")
    legal_form = serializers.ChoiceField(LegalForm.choices, required=False, help_text="组织形式")
    hub = serializers.BooleanField(required=False, help_text="今天是否枢纽型或支持型组织")
    charity = serializers.BooleanField(required=False, help_text="是否认定为慈善组织")
    credit_code = serializers.CharField(required=False, max_length=18, help_text="统一社会信用代码，完整")
    filing_number = serializers.CharField(required=False, max_length=40, help_text="备案编号，完整")
    updated_since = Moment(required=False, help_text="在这一时刻或以后变动过的，例如 2026-01-05T08:00:00+08:00")


class OrganisationTold(serializers.Serializer):
    """An organisation in a list."""

    id = serializers.IntegerField(help_text="组织在本系统的编号")
    name = serializers.CharField(help_text="名称")
    standing = serializers.ChoiceField(STANDINGS, help_text="状态")
    legal_form = serializers.ChoiceField(LegalForm.choices, help_text="组织形式")
    category = serializers.ChoiceField(Category.choices, allow_blank=True, help_text="类别")
    scope = serializers.ChoiceField(Scope.choices, help_text="活动范围")
    place = serializers.CharField(help_text="所在地，12 位区划代码")
    place_name = serializers.CharField(help_text="所在地名称")
    filing_number = serializers.CharField(allow_null=True, help_text="备案编号")
    credit_code = serializers.CharField(allow_null=True, help_text="统一社会信用代码")
    managing_body = serializers.CharField(allow_blank=True, help_text="管理单位")
    charity_since = serializers.DateField(allow_null=True, help_text="认定为慈善组织的日期")
    valid_until = serializers.DateField(allow_null=True, help_text="备案有效期至（含）")
    updated_at = serializers.DateTimeField(help_text="最近变动")


class ExpandQuery(serializers.Serializer):
    """What may be told along with an organisation."""

    expand = Words(EXPANDS, required=False, max_length=80)
