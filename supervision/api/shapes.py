"""What is asked and told of targets and judgements; the words here become the documentation."""

from rest_framework import serializers

from portal.api.cursors import PageQuery
from registry.api.fields import Moment, PastDay, PlaceField
from supervision.targets import LABELS, Timing

STATUSES = [(status.value, word) for status, word in LABELS.items()]
TIMINGS = [
    (Timing.STANDING.value, "没有期限"),
    (Timing.AHEAD.value, "尚未到期"),
    (Timing.PASSED.value, "已经到期"),
]
FRACTION = "分数，例如 3/2；不四舍五入"


class BoardQuery(serializers.Serializer):
    """Of which place, as of which day."""

    place = PlaceField(help_text="12 位区划代码")
    on = PastDay(required=False, help_text="哪一天的情况，不写为今天")


class StoodTold(serializers.Serializer):
    """How it stood on its due day."""

    on = serializers.DateField(help_text="到期日")
    numerator = serializers.IntegerField(allow_null=True, help_text="分子")
    denominator = serializers.IntegerField(allow_null=True, help_text="分母")
    value = serializers.CharField(allow_null=True, help_text=FRACTION)
    status = serializers.ChoiceField(STATUSES, help_text="结论")
    gap = serializers.IntegerField(allow_null=True, help_text="还差几个")


class TargetTold(serializers.Serializer):
    """One target of one document held against a place."""

    id = serializers.CharField(help_text="目标的编号，用于 /targets/{parameter}")
    key = serializers.CharField(help_text="目标代码")
    label = serializers.CharField(help_text="目标名称")
    summary = serializers.CharField(allow_blank=True, help_text="要求的概括")
    document = serializers.CharField(help_text="文件")
    clause = serializers.CharField(help_text="条款")
    edition = serializers.CharField(help_text="政策版本的摘要值")
    area = serializers.CharField(help_text="文件适用的地方，12 位区划代码")
    modality = serializers.CharField(help_text="MUST 必须，TARGET 目标，MAY 可以，EXPLORE 探索")
    indicator = serializers.CharField(allow_null=True, help_text="用来衡量的指标，没有数据来源时为 null")
    op = serializers.CharField(allow_null=True, help_text="要求的方向：≥、==、between、increase 等")
    target = serializers.JSONField(help_text="要达到的值")
    numerator = serializers.IntegerField(allow_null=True, help_text="分子")
    denominator = serializers.IntegerField(allow_null=True, help_text="分母")
    value = serializers.CharField(allow_null=True, help_text=FRACTION)
    value_text = serializers.CharField(allow_blank=True, help_text="现在的值，与看板的写法一致")
    missing = serializers.IntegerField(help_text="应填而没有填数据的地方数")
    status = serializers.ChoiceField(STATUSES, help_text="结论")
    status_text = serializers.CharField(help_text="结论，中文")
    gap = serializers.IntegerField(allow_null=True, help_text="还差几个；0 为已达到，null 为无法计算")
    due = serializers.DateField(allow_null=True, help_text="期限")
    timing = serializers.ChoiceField(TIMINGS, help_text="与期限的关系")
    binding = serializers.BooleanField(help_text="同一件事的几个阶段中，这一天要看的是不是这一个")
    formal = serializers.BooleanField(help_text="对这一级是正式考核，还是只供参考")
    assumed = serializers.BooleanField(help_text="文件没有写明、由本系统暂定")
    basic = serializers.BooleanField(help_text="文件写的是“基本”")
    expired = serializers.BooleanField(help_text="规划期已过")
    at_due = StoodTold(allow_null=True, help_text="到期那一天的情况，没有到期时为 null")


class BoardTold(serializers.Serializer):
    """All targets of a place as of a day."""

    place = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="名称")
    level = serializers.IntegerField(help_text="层级：0 全国、1 省、2 市、3 县、4 街道（乡镇）、5 社区（村）")
    on = serializers.DateField(help_text="哪一天")
    targets = TargetTold(many=True, help_text="各项目标，近的文件在前，与看板次序一致")


class ChildTold(serializers.Serializer):
    """A place right below held against the same target."""

    place = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="当天的名称")
    own_level = serializers.BooleanField(help_text="是本级自己的，不属于任何一个下级")
    formal = serializers.BooleanField(help_text="对这一级是正式考核，还是只供参考")
    numerator = serializers.IntegerField(help_text="分子")
    denominator = serializers.IntegerField(allow_null=True, help_text="分母")
    value = serializers.CharField(allow_null=True, help_text=FRACTION)
    missing = serializers.IntegerField(help_text="应填而没有填数据的地方数")
    status = serializers.ChoiceField(STATUSES, allow_null=True, help_text="结论，不单独判断时为 null")
    gap = serializers.IntegerField(allow_null=True, help_text="还差几个")


class OneTargetTold(serializers.Serializer):
    """One target of a place, and the places below."""

    place = serializers.CharField(help_text="12 位区划代码")
    name = serializers.CharField(help_text="名称")
    on = serializers.DateField(help_text="哪一天")
    target = TargetTold(allow_null=True, help_text="目标；这一天文件还没有这项要求时为 null")
    children = ChildTold(many=True, help_text="直接下级，按代码排列")


class JudgementQuery(PageQuery):
    """Which judgements."""

    place = PlaceField(required=False)
    parameter = serializers.CharField(required=False, max_length=60, help_text="目标的编号")
    updated_since = Moment(required=False, help_text="在这一时刻或以后作出的，例如 2026-01-05T08:00:00+08:00")


class JudgementTold(serializers.Serializer):
    """How a place stood to a target, from a day until a newer one says otherwise. Never changed."""

    id = serializers.IntegerField(help_text="结论的编号")
    place = serializers.CharField(help_text="12 位区划代码")
    parameter = serializers.CharField(help_text="目标的编号")
    indicator = serializers.CharField(help_text="指标")
    edition = serializers.CharField(help_text="政策版本的摘要值")
    on = serializers.DateField(help_text="统计日")
    numerator = serializers.IntegerField(help_text="分子")
    denominator = serializers.IntegerField(help_text="分母")
    missing = serializers.IntegerField(help_text="应填而没有填数据的地方数")
    status = serializers.ChoiceField(STATUSES, help_text="结论")
    gap = serializers.IntegerField(allow_null=True, help_text="还差几个")
    cause = serializers.CharField(allow_blank=True, help_text="与上一条不同的原因")
    computed_at = serializers.DateTimeField(help_text="作出的时间")
