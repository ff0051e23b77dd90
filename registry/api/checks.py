"""Asking without leaving a trace: what an organisation would be, and whether a name would do. Nothing is written."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NoReturn

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation
from portal.api.problems import BadRequest
from registry.api.facts import UNKNOWN, FactsSaid
from registry.api.fields import Day, PlaceField
from registry.casework import taken
from registry.casework.facts import rules_at
from registry.eligibility import Facts, assess
from registry.eligibility.facts import FORMS, SCOPES
from registry.eligibility.receipt import edition
from registry.findings import Finding, Verdict
from registry.models import Jurisdiction
from registry.names.check import check
from registry.names.similar import similar
from registry.policy.parameters import Modality
from registry.vicinity import around

HINT = 75  # percent alike from which a name is told; lower than for a verdict, because a hint costs nothing


class FindingTold(serializers.Serializer):
    """One rule, its source, what it requires, what the facts say."""

    key = serializers.CharField(help_text="规则代码")
    document = serializers.CharField(help_text="文件")
    clause = serializers.CharField(allow_blank=True, help_text="条款")
    modality = serializers.CharField(help_text="MUST 必须，TARGET 目标，MAY 可以，EXPLORE 探索；只有 MUST 会拦下申请")
    required = serializers.JSONField(help_text="要求的值：数字、是否、代码或列表")
    actual = serializers.JSONField(help_text="现在的值，null 为不详")
    verdict = serializers.ChoiceField([(one.value, one.label) for one in Verdict], help_text="结论")
    assumed = serializers.BooleanField(help_text="文件没有写明、由本系统暂定")
    label = serializers.CharField(allow_blank=True, help_text="说明")
    statutory = serializers.CharField(allow_blank=True, help_text="与上位规定不同时，上位规定的内容")
    blocks = serializers.BooleanField(help_text="是否影响能否登记")
    lacking = serializers.IntegerField(allow_null=True, help_text="还差多少，能计算时给出")
    remedy = serializers.CharField(allow_blank=True, help_text="怎样才能符合")


class MissingTold(serializers.Serializer):
    """A step of the distance to registration."""

    key = serializers.CharField(help_text="规则代码")
    label = serializers.CharField(help_text="还要做什么")
    lacking = serializers.IntegerField(allow_null=True, help_text="还差多少")


class EditionTold(serializers.Serializer):
    """Which edition of a document judged."""

    slug = serializers.CharField(help_text="文件代号")
    short = serializers.CharField(help_text="文件简称")
    digest = serializers.CharField(help_text="政策版本的摘要值")
    starts = serializers.DateField(help_text="施行日期")


class AssessmentSaid(serializers.Serializer):
    """Of which organisation, where, on which day."""

    place = PlaceField(help_text="组织所在地的 12 位区划代码")
    on = Day(required=False, help_text="按哪一天有效的政策，不写为今天")
    facts = FactsSaid(help_text=f"组织的情况。{UNKNOWN}")


class ReceiptTold(serializers.Serializer):
    """The receipt."""

    tier = serializers.CharField(
        help_text="层级：registered 可以登记，filed 街道备案，street_managed 街道管理，community_guided 社区指导"
    )
    desk = serializers.CharField(help_text="由谁办理")
    regime = serializers.CharField(allow_null=True, help_text="登记管理体制：direct 直接登记，dual 双重管理")
    rules = FindingTold(many=True, help_text="逐条结论")
    missing = MissingTold(many=True, help_text="离登记还差什么，空的表示可以登记")
    pack = EditionTold(many=True, help_text="所依据的政策版本，近的地方在前")
    on = serializers.DateField(help_text="按哪一天判断")
    place = serializers.CharField(help_text="12 位区划代码")


class Assessments(Door):
    """What would an organisation be?"""

    @operation(
        "assessments.check",
        "判断登记、备案还是社区指导",
        description=(
            "按一个地方某一天有效的政策判断组织的情况，给出层级、办理机关、逐条依据和离登记的差距，"
            "与网页“登记还是备案”、办件回执一致。只判断，不保存，不需要 Idempotency-Key。"
        ),
        body=AssessmentSaid,
        answers={200: ReceiptTold},
        refuses=(422,),
    )
    def post(self, request: Request) -> Response:
        place, on = _place(self.said["place"]), self.said.get("on") or timezone.localdate()
        facts: Facts = self.said["facts"]
        receipt = assess(facts, rules_at(place.code, on), on, place=place.code, tree=around(place.code))
        return self.told(receipt.to_json())


class NameSaid(serializers.Serializer):
    """Which name, where, for what."""

    name = serializers.CharField(max_length=100, help_text="名称全称")
    place = PlaceField(help_text="组织所在地的 12 位区划代码，区县或以下")
    legal_form = serializers.ChoiceField(
        FORMS, required=False, help_text="打算采用的组织形式；none 为备案，按街道（乡镇）查重，其他按区县查重"
    )
    scope = serializers.ChoiceField(SCOPES, required=False, help_text="活动范围，不写时与范围有关的规则待核实")


class LikeTold(serializers.Serializer):
    """A name that exists already."""

    name = serializers.CharField(help_text="已有的名称")
    same = serializers.BooleanField(help_text="是否完全相同")
    score = serializers.IntegerField(help_text="去掉地名以后相同的百分比")


class NameTold(serializers.Serializer):
    """Whether a name would do."""

    name = serializers.CharField(help_text="名称")
    place = serializers.CharField(help_text="12 位区划代码")
    on = serializers.DateField(help_text="按哪一天判断")
    verdict = serializers.ChoiceField(
        [("pass", "符合"), ("fail", "不符合"), ("unknown", "待核实")], help_text="结论；待核实不等于可以使用"
    )
    findings = FindingTold(many=True, help_text="逐条结论和依据")
    similar = LikeTold(many=True, help_text="相同或相近的已有名称，相近的在前，最多 10 个")
    pack = EditionTold(many=True, help_text="所依据的政策版本")


class NameChecks(Door):
    """Would this name do?"""

    @operation(
        "name_checks.check",
        "检查名称",
        description=(
            "按一个地方的政策检查名称的组成和用字，并与同一登记（备案）机关在用、未满年限和已保留的名称比对。"
            "只判断，不保存，也不为谁保留名称，不需要 Idempotency-Key。"
        ),
        body=NameSaid,
        answers={200: NameTold},
        refuses=(422,),
    )
    def post(self, request: Request) -> Response:
        place = _place(self.said["place"])
        if place.level < Jurisdiction.Level.COUNTY:
            _odd("too_wide", "名称按区县或街道（乡镇）检查，请给出区县或以下的区划代码")
        return self.told(_named(place, self.said, timezone.localdate()))


def _named(place: Jurisdiction, said: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """What the rules of a place say of a name."""
    name, form, rules, tree = said["name"], said.get("legal_form"), rules_at(place.code, on), around(place.code)
    known = taken.under(place.code, "filing" if form == "none" else "registration", name, rules, on)
    findings = check(name, rules, form=form, scope=said.get("scope"), tree=tree, existing=known)
    borne = [one for one, why in known.items() if not why]
    likes = similar(name, borne, places=[*tree.divisions(), *tree.communities()], threshold=HINT)
    return {
        "name": name,
        "place": place.code,
        "on": on,
        "verdict": _verdict(findings),
        "findings": [one.to_json() for one in findings],
        "similar": [{"name": like.name, "same": like.same, "score": like.score} for like in likes],
        "pack": [edition(pack) for pack in rules.packs],
    }


def _verdict(findings: Iterable[Finding]) -> str:
    """One word for all: a MUST that fails decides, a MUST nobody knows leaves it open."""
    said = {one.verdict for one in findings if one.modality == Modality.MUST}
    return next((one.value for one in (Verdict.FAIL, Verdict.UNKNOWN) if one in said), Verdict.PASS.value)


def _place(code: str) -> Jurisdiction:
    """The place; 400 for one that is not. Places are public."""
    found = Jurisdiction.objects.filter(code=code).first()
    if found is None:
        _odd("unknown_place", f"没有区划代码为 {code} 的地方")
    return found


def _odd(code: str, words: str) -> NoReturn:
    raise BadRequest(words, code=code, wrong=[("/place", code, words)])
