"""What makes an organisation a charity, condition by condition with its clause, and the papers that show it."""

from dataclasses import dataclass

from registry.casework.kinds import Paper

LAW = "《中华人民共和国慈善法》"


@dataclass(frozen=True)
class Condition:
    """One condition: the field that asks for it, what it says, and its clause."""

    field: str
    label: str
    clause: str


CONDITIONS = (
    Condition("purpose", "以开展慈善活动为宗旨", "第九条（一）"),
    Condition("not_for_profit", "不以营利为目的", "第九条（二）"),
    Condition("property", "有必要的财产", "第九条（五）"),
    Condition("bodies", "有符合条件的组织机构和负责人", "第九条（六）"),
    Condition("charter_purpose", "章程写明宗旨和活动范围", "第十一条"),
    Condition("charter_property", "章程写明财产来源、管理使用和监督办法", "第十一条"),
    Condition("charter_remainder", "章程写明终止后剩余财产转给宗旨相同或者相近的慈善组织", "第十一条、第十八条"),
    Condition("no_private_benefit", "不向发起人、会员等分配财产和收益", "第九条（二）、第五十三条"),
    Condition("leader_clean", "负责人没有不得担任慈善组织负责人的情形", "第十六条"),
)
PAPERS = (
    Paper("charity_application", "慈善组织认定申请书", hint="由法定代表人签名"),
    Paper("charity_resolution", "同意申请认定的会议纪要", hint="会员（代表）大会或理事会"),
    Paper("charter", "现行章程"),
    Paper("accounts", "财务审计报告", hint="上一年度；成立不满一年的交财务报告"),
)
OPINION = Paper("supervisor_opinion", "业务主管单位意见", hint="由业务主管单位盖章")
