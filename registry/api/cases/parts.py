"""The parts of a case as a client reads them, for the document: these serializers describe plain data."""

from rest_framework import serializers

from registry.models import State

Char, Int, Flag = serializers.CharField, serializers.IntegerField, serializers.BooleanField
Day, Moment = serializers.DateField, serializers.DateTimeField
VERDICTS = [("pass", "符合"), ("fail", "不符合"), ("unknown", "待核实"), ("advice", "提示"), ("duty", "后续义务")]


class ProblemTold(serializers.Serializer):
    """What is wrong with an answer."""

    pointer = Char(help_text="JSON 指针，指向办件里的位置")
    code = Char(help_text="稳定的代码")
    reason = Char(help_text="原因")


class FaultTold(ProblemTold):
    """What stands against handing in."""

    pointer = Char(allow_blank=True, help_text="JSON 指针，指向办件里的位置；针对整件时为空")
    clause = Char(allow_blank=True, help_text="依据的文件和条款")


class SectionTold(serializers.Serializer):
    """One section of an application."""

    title = Char(help_text="名称")
    status = serializers.ChoiceField(
        choices=[("todo", "未开始"), ("doing", "进行中"), ("done", "已完成")], help_text="填写状态"
    )
    version = Int(help_text="保存过几次")
    changeable = serializers.ListField(child=Char(), help_text="现在可以修改的字段")
    answers = serializers.DictField(help_text="回答：没有填的为 null；身份证号和电话只显示首尾几位，原样写回等于不修改")
    problems = ProblemTold(many=True, help_text="填得不对的地方")


class ChoiceTold(serializers.Serializer):
    """One of several answers."""

    value = Char(help_text="写进 answers 的值")
    label = Char(help_text="名称")


class QuestionTold(serializers.Serializer):
    """A question of a section."""

    name = Char(help_text="字段名")
    label = Char(help_text="名称")
    type = serializers.ChoiceField(
        choices=["boolean", "integer", "date", "array", "string"], help_text="值的类型；日期写 YYYY-MM-DD"
    )
    required = Flag(help_text="是否必填")
    choices = ChoiceTold(many=True, help_text="可选的值，没有限制时为空")
    help = Char(allow_blank=True, help_text="填写说明")
    max_length = Int(allow_null=True, help_text="最多字数")
    maximum = Int(allow_null=True, help_text="最大值")
    unit = Char(allow_blank=True, help_text="单位")
    sealed = Flag(help_text="加密保存、只显示首尾几位的号码")
    asked_when = Char(allow_blank=True, help_text="勾选了哪一项才问；总是问的为空")


class SectionWhole(SectionTold):
    """A section with its questions, as this case is asked them."""

    questions = QuestionTold(many=True, help_text="这份申请现在问的问题")


class FileTold(serializers.Serializer):
    """A file handed in."""

    id = Int(help_text="材料编号")
    name = Char(help_text="文件名")
    content_type = Char(help_text="内容类型")
    size = Int(help_text="字节数")
    sha256 = Char(help_text="内容的 SHA-256")
    added_at = Moment(help_text="上传时间")
    href = Char(help_text="下载地址")


class FormerTold(serializers.Serializer):
    """A paper handed in before that may be used again."""

    id = Int(help_text="写进 reuse 的编号")
    name = Char(help_text="文件名")
    added_at = Moment(help_text="上传时间")


class MaterialTold(serializers.Serializer):
    """A line of the checklist."""

    label = Char(help_text="名称")
    required = Flag(help_text="是否必需")
    promise_allowed = Flag(help_text="能否承诺以后补交（容缺）")
    hint = Char(allow_blank=True, help_text="说明")
    clause = Char(allow_blank=True, help_text="依据的文件和条款")
    status = serializers.ChoiceField(
        choices=[("missing", "没有"), ("present", "已交"), ("promised", "承诺补交"), ("lapsed", "承诺已过期")],
        help_text="状态",
    )
    changeable = Flag(help_text="现在能否修改")
    file = FileTold(allow_null=True, help_text="已交的文件")
    promised_by = Day(allow_null=True, help_text="承诺补交的最后一天")
    former = FormerTold(many=True, help_text="以前交过、可以直接用的")


class LimitTold(serializers.Serializer):
    """A limit that runs or ran."""

    scope = Char(help_text="statutory 法定，promised 承诺，stage 本环节")
    label = Char(help_text="名称")
    stage = Char(allow_blank=True, help_text="环节的状态代码")
    days = Int(help_text="天数")
    unit = serializers.ChoiceField(choices=[("working", "工作日"), ("calendar", "日")], help_text="单位")
    document = Char(allow_blank=True, help_text="文件")
    clause = Char(allow_blank=True, help_text="条款")
    assumed = Flag(help_text="是否本系统暂定")
    starts_on = Day(help_text="起算日，不计入")
    due_on = Day(allow_null=True, help_text="期限")
    stopped_on = Day(allow_null=True, help_text="停止日")
    estimated = Flag(help_text="日历是否估算")


class HeldTold(serializers.Serializer):
    """Why the clocks stand still."""

    since = Day(help_text="自哪天起")
    cause = Char(help_text="事由代码")
    label = Char(help_text="事由")
    reason = Char(allow_blank=True, help_text="说明")
    basis = Char(allow_blank=True, help_text="依据")


class DeadlinesTold(serializers.Serializer):
    """The last days of a case."""

    promised_on = Day(allow_null=True, help_text="承诺办结日")
    statutory_on = Day(allow_null=True, help_text="法定期限")
    stage_on = Day(allow_null=True, help_text="本环节期限；待补正时是补正期限")
    limits = LimitTold(many=True, help_text="各项期限")
    suspended = HeldTold(allow_null=True, help_text="暂停计时，没有暂停时为 null")


class DefectTold(serializers.Serializer):
    """A thing to put right."""

    pointer = Char(help_text="JSON 指针，指向办件里的位置")
    label = Char(help_text="需要修改的内容")
    reason = Char(help_text="原因")
    late = Flag(help_text="是否上次没有一次告知")


class CorrectionTold(serializers.Serializer):
    """The notice under which a case is being corrected."""

    step = Int(help_text="环节编号")
    at = Moment(help_text="告知时间")
    note = Char(allow_blank=True, help_text="补充说明")
    why_late = Char(allow_blank=True, help_text="没有一次告知的原因")
    due_on = Day(allow_null=True, help_text="补正期限")
    unlocked = Flag(help_text="是否已放开其他内容")
    defects = DefectTold(many=True, help_text="要改的内容")


class FindingTold(serializers.Serializer):
    """One rule and what it says of this application."""

    key = Char(help_text="规则代码")
    label = Char(help_text="规则")
    document = Char(help_text="文件")
    clause = Char(allow_blank=True, help_text="条款")
    modality = Char(help_text="MUST 必须，TARGET 目标，MAY 可以，EXPLORE 探索")
    required = serializers.JSONField(help_text="要求的值")
    actual = serializers.JSONField(help_text="实际的值")
    required_text = Char(allow_blank=True, help_text="要求")
    actual_text = Char(allow_blank=True, help_text="实际")
    verdict = serializers.ChoiceField(choices=VERDICTS, help_text="结论")
    assumed = Flag(help_text="是否本系统暂定")
    blocks = Flag(help_text="不符合时是否不能登记")
    concerns = Flag(help_text="是否和这条途径有关；备案时只有登记才要求的为 false")
    remedy = Char(allow_blank=True, help_text="怎样才符合")


class VerdictTold(serializers.Serializer):
    """The receipt of a verdict."""

    tier = Char(allow_null=True, help_text="分类")
    regime = Char(allow_null=True, help_text="管理体制")
    on = Day(allow_null=True, help_text="按哪天的规则")
    findings = FindingTold(many=True, help_text="逐条结论")
    missing = serializers.ListField(child=serializers.DictField(), help_text="离登记还差什么")
    editions = serializers.ListField(child=serializers.DictField(), help_text="用到的文件版本")


class StepTold(serializers.Serializer):
    """Something that was done."""

    id = Int(help_text="环节编号")
    verb = Char(help_text="动作代码")
    label = Char(help_text="动作")
    from_ = serializers.ChoiceField(choices=State.choices, help_text="之前的状态")
    to = serializers.ChoiceField(choices=State.choices, help_text="之后的状态")
    at = Moment(help_text="时间")
    by = Char(help_text="办理人")
    note = Char(allow_blank=True, help_text="意见，含要改的内容")

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is a word of the language."""
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class CertificateTold(serializers.Serializer):
    """The certificate that came of a case."""

    kind = Char(help_text="种类代码")
    label = Char(help_text="种类")
    number = Char(help_text="编号")
    name = Char(help_text="组织名称")
    issuer = Char(help_text="发证机关")
    issued_on = Day(help_text="发证日期")
    cancelled_on = Day(allow_null=True, help_text="失效日期")
    verify = Char(help_text="核验页面的路径")


class RatingTold(serializers.Serializer):
    """How the applicant found the service."""

    level = Int(help_text="5 非常满意到 1 非常不满意")
    label = Char(help_text="满意程度")
    at = Moment(help_text="评价时间")
