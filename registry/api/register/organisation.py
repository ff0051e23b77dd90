"""One organisation, with what the client may see of what belongs to it."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.conditional import tag
from portal.api.doors import Door, operation
from registry.api.register.expanding import expanded
from registry.api.register.expansions import Expanded
from registry.api.register.organisations import ABILITY
from registry.api.register.reading import rows, shape
from registry.api.register.shapes import ExpandQuery, OrganisationTold
from registry.models import FormerName, Organisation
from registry.models.organisations import PartyState, Premises

PLAIN = (
    "activities",
    "individual_members",
    "unit_members",
    "capital",
    "premises",
    "address",
    "full_party_members",
    "probationary_party_members",
    "party_organisation",
)


class FormerNameTold(serializers.Serializer):
    """A name it bore."""

    name = serializers.CharField(help_text="曾用名")
    until = serializers.DateField(help_text="用至")


class OrganisationFull(OrganisationTold):
    """An organisation with all that is told of it."""

    activities = serializers.CharField(allow_blank=True, help_text="主要活动")
    individual_members = serializers.IntegerField(allow_null=True, help_text="个人会员数")
    unit_members = serializers.IntegerField(allow_null=True, help_text="单位会员数")
    capital = serializers.IntegerField(allow_null=True, help_text="注册资金，单位元")
    premises = serializers.ChoiceField(Premises.choices, allow_blank=True, help_text="活动场所")
    address = serializers.CharField(allow_blank=True, help_text="地址")
    full_party_members = serializers.IntegerField(allow_null=True, help_text="正式党员数")
    probationary_party_members = serializers.IntegerField(allow_null=True, help_text="预备党员数")
    party_organisation = serializers.ChoiceField(PartyState.choices, allow_blank=True, help_text="党的组织")
    service_groups = serializers.ListField(child=serializers.CharField(), help_text="服务对象，只有类别")
    former_names = FormerNameTold(many=True)
    expanded = Expanded(help_text="expand 要求一并给出的内容，没有要求的不出现")


class OrganisationOne(Door):
    """One organisation of the places of a token."""

    @operation(
        "organisations.read",
        "查看一个组织",
        ability=ABILITY,
        description=(
            "带 ETag；内容没有变化时，带上 `If-None-Match` 得到 304。`expand` 一并给出相关内容，每一项按它自己的权限："
            "`cases` 要有 cases.read，只给出看得到的办件（最近 50 件）；`hub` 只在服务区域属于权限范围时给出；"
            "`leader` 只有姓氏。不在权限范围内的组织与不存在的一样，都是 404。"
        ),
        query=ExpandQuery,
        tagged=True,
        answers={200: OrganisationFull},
    )
    def get(self, request: Request, pk: int) -> Response:
        found = rows(self.caller.user, self.caller.places(ABILITY), {}).filter(pk=pk).first()
        if found is None:
            raise Http404
        whole = Organisation.objects.get(pk=pk)
        told = shape(found) | _more(whole) | {"expanded": expanded(whole, self.caller, self.asked.get("expand", ()))}
        return self.told(told, etag=tag(told))


def _more(whole: Organisation) -> dict[str, Any]:
    more: dict[str, Any] = {name: getattr(whole, name) for name in PLAIN}
    more["service_groups"] = [group.value for group in whole.services.groups()]
    more["former_names"] = list(whole.former_names.filter(cause=FormerName.Cause.CHANGED).values("name", "until"))
    return more
