"""What a client is answered about cases, for the document: these serializers describe plain data."""

from rest_framework import serializers

from registry.api.cases.parts import (
    CertificateTold,
    Char,
    ChoiceTold,
    CorrectionTold,
    Day,
    DeadlinesTold,
    FaultTold,
    Flag,
    Int,
    LimitTold,
    MaterialTold,
    Moment,
    RatingTold,
    SectionTold,
    StepTold,
    VerdictTold,
)
from registry.models import RoadKey, State


class RequiredTold(serializers.Serializer):
    """What a step asks."""

    name = Char(help_text="字段名")
    pointer = Char(help_text="在请求体里的位置")
    label = Char(help_text="名称")
    type = Char(help_text="值的类型")
    required = Flag(help_text="是否必填")
    choices = ChoiceTold(many=True, required=False, help_text="可选的值")


class AllowedTold(serializers.Serializer):
    """A step that may be taken now."""

    name = Char(help_text="动作代码")
    label = Char(help_text="动作")
    method = Char(help_text="方法")
    href = Char(help_text="地址")
    requires = RequiredTold(many=True, help_text="要写什么")


class BlockedTold(serializers.Serializer):
    """A step that may not be taken now, and why."""

    name = Char(help_text="动作代码")
    label = Char(help_text="动作")
    code = Char(help_text="原因代码")
    reason = Char(help_text="原因")
    clause = Char(allow_blank=True, help_text="依据的文件和条款")


class CaseLine(serializers.Serializer):
    """What a list shows of a case."""

    id = Int(help_text="办件编号")
    reference = Char(allow_blank=True, help_text="接入方自己的办件号，只告诉新建的接入方")
    item = Char(help_text="事项代码")
    item_label = Char(help_text="事项")
    road = serializers.ChoiceField(choices=RoadKey.choices, help_text="途径")
    place = Char(help_text="12 位区划代码")
    organisation = Int(allow_null=True, help_text="组织编号")
    name = Char(allow_blank=True, help_text="组织名称")
    state = serializers.ChoiceField(choices=State.choices, help_text="状态代码")
    state_label = Char(help_text="状态")
    number = Char(allow_null=True, help_text="收件编号，提交后才有")
    opened_at = Moment(help_text="新建时间")
    saved_at = Moment(allow_null=True, help_text="最近保存")
    submitted_at = Moment(allow_null=True, help_text="提交时间")
    moved_at = Moment(allow_null=True, help_text="最近办理")
    closed_at = Moment(allow_null=True, help_text="办结时间")
    promised_on = Day(allow_null=True, help_text="承诺办结日")
    due_on = Day(allow_null=True, help_text="本环节期限")
    href = Char(help_text="地址")


class CaseTold(CaseLine):
    """A case, whole."""

    place_name = Char(help_text="地点")
    query_code = Char(allow_null=True, help_text="查询码，提交后告诉新建的接入方")
    deadlines = DeadlinesTold(help_text="期限")
    sections = serializers.DictField(child=SectionTold(), help_text="各部分，以代码为名")
    materials = serializers.DictField(child=MaterialTold(), help_text="材料，以种类为名")
    correction = CorrectionTold(allow_null=True, help_text="补正告知，不在补正中时为 null")
    verdict = VerdictTold(allow_null=True, help_text="规则结论的回执；没有提交或不判断的为 null")
    steps = StepTold(many=True, help_text="办理过程")
    certificate = CertificateTold(allow_null=True, help_text="证书")
    rating = RatingTold(allow_null=True, help_text="评价，只告诉评价的一方")
    links = serializers.DictField(child=Char(), help_text="相关地址")
    allowed_actions = AllowedTold(many=True, help_text="现在可以办理的")
    blocked_actions = BlockedTold(many=True, help_text="现在不能办理的和原因")


class ValidationTold(serializers.Serializer):
    """What a dry run finds."""

    is_valid = Flag(help_text="现在提交能否成功")
    errors = FaultTold(many=True, help_text="要改的全部内容")
    missing_materials = serializers.ListField(child=Char(), help_text="还缺的材料种类")
    verdict = VerdictTold(allow_null=True, help_text="规则结论的回执；不判断的事项为 null")
    next_desk = Char(allow_blank=True, help_text="提交后由谁先办；不能提交时为空")


class ReceiptTold(serializers.Serializer):
    """The receipt of an application."""

    number = Char(help_text="收件编号")
    query_code = Char(allow_null=True, help_text="查询码，只告诉新建的接入方")
    name = Char(help_text="组织名称")
    item_label = Char(help_text="事项")
    submitted_at = Moment(help_text="提交时间")
    promised_on = Day(allow_null=True, help_text="承诺办结日")
    limits = LimitTold(many=True, help_text="承诺和法定期限")
    materials = serializers.ListField(child=Char(), help_text="收到的材料")
    track_url = Char(help_text="公众查询进度的地址，只告诉新建的接入方时才带查询码")
