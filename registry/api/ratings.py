"""好差评 and unified identity: what a client adds to a case of its own at its end and at its beginning."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.callers import Caller
from portal.api.doors import Door, operation
from registry import ratings
from registry.api.cases.reach import OfCase, hold
from registry.exchange import identity
from registry.identity import mask_name, mask_phone
from registry.models import Case, Rating


class RatingSaid(serializers.Serializer):
    """How the applicant found the service."""

    level = serializers.IntegerField(
        min_value=1, max_value=5, help_text="满意程度：5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意"
    )
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ratings.REASONS.items())),
        required=False,
        default=list,
        max_length=len(ratings.REASONS),
        help_text="不满意的原因，只有 1、2 才写："
        + "，".join(f"{key} {label}" for key, label in ratings.REASONS.items()),
    )
    text = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=300, help_text="评价的原话，只给核实差评的人看"
    )


class RatingTold(serializers.Serializer):
    """The rating as it was kept."""

    case = serializers.IntegerField(help_text="办件")
    level = serializers.IntegerField(help_text="满意程度")
    label = serializers.CharField(help_text="满意程度的名称")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="不满意的原因")
    at = serializers.DateTimeField(help_text="评价时间")
    review_due_on = serializers.DateField(allow_null=True, help_text="差评在哪天前核实；不是差评的为空")


class CaseRating(OfCase):
    """One rating a case."""

    @operation(
        "cases.rate",
        "评价",
        ability="cases.write",
        description="办结（准予或不予）以后评一次，由申报这份办件的接入方代申请人评。不满意的开出核实任务，办理的人看不到。",
        body=RatingSaid,
        answers={201: RatingTold},
        once=True,
        refuses=(404, 409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        case = _own(self.caller, pk)
        made = ratings.rate(case, by=self.caller.user, **self.said)
        return self.told(_rating(made), status=201)


class AssertionSaid(serializers.Serializer):
    """The word of an identity platform."""

    case = serializers.IntegerField(min_value=1, max_value=10**18 - 1, help_text="办件，由本接入方申报")
    assertion = serializers.CharField(
        max_length=8000, help_text="身份认证平台签发的 JWT（RS256 或 ES256），10 分钟内用一次"
    )


class IdentityTold(serializers.Serializer):
    """Who was proven to apply, as far as it is shown."""

    case = serializers.IntegerField(help_text="办件")
    name = serializers.CharField(help_text="申请人姓名，隐去名字")
    phone = serializers.CharField(allow_blank=True, help_text="电话，隐去中间；凭证里没有时为空")
    level = serializers.CharField(help_text="认证等级，按身份认证平台的说法")


class IdentityProof(Door):
    """Who applies, by the signed word of an identity platform."""

    @operation(
        "identities.verify",
        "核验申请人身份",
        ability="cases.write",
        description="核对统一身份认证平台签发的凭证：签名、签发方、接收方、接入方（azp）、有效期，一份只用一次。"
        "姓名和等级记进这份办件的审计，证件号码只留不可还原的索引。",
        body=AssertionSaid,
        answers={201: IdentityTold},
        once=True,
        refuses=(404, 409, 422),
    )
    def post(self, request: Request) -> Response:
        case = _own(self.caller, self.said["case"])
        found = identity.keep(case, self.said["assertion"], client=self.caller.client)
        phone = mask_phone(found.phone) if found.phone else ""
        told = {"case": case.pk, "name": mask_name(found.name), "phone": phone, "level": found.level}
        return self.told(told, status=201)


def _own(caller: Caller, pk: int) -> Case:
    """A case this client opened, locked; 404 for any other."""
    case = hold(caller, pk)
    if case.opened_by_id != caller.user.pk:
        raise Http404
    return case


def _rating(made: Rating) -> dict:
    due = made.review.due_on if made.level <= ratings.LOW else None
    return {
        "case": made.case_id,
        "level": made.level,
        "label": made.get_level_display(),
        "reasons": made.reasons,
        "at": made.at,
        "review_due_on": due,
    }
