"""What may change of a registered organisation, what each item asks for, who decides, and by which clause.

The legal form itself does not change: the credit code carries it (GB 32100-2015), and no document speaks of turning
one form into another.
"""

from registry.casework.kinds import Paper
from registry.changes import Item

AUTHORITY = "登记管理机关"
CHANGE = "《社会团体登记管理条例》 第十八条、《民办非企业单位登记管理暂行条例》 第十五条"
OWN = "本系统暂定"
ASSOCIATION = frozenset({"association"})

MINUTES = Paper("minutes", "会议记录（决议）", hint="写明表决情况，由到会人员签名")
CONSENT = Paper("consent", "业务主管单位同意变更的文件", hint="双重管理的组织需要")
IDENTITY = Paper("identity", "新法定代表人身份证明")
AUDIT = Paper("audit", "法定代表人离任（财务）审计报告", rule="legal_rep.change_audit")
CHARTER = Paper("charter", "修订前后的章程", hint="标出改了哪里")
PREMISES = Paper("premises", "新场所使用权证明", hint="多个组织可以共用，邮件要能送达本组织")
CAPITAL = Paper("capital", "验资报告或资金证明")
MEMBERS = Paper("members", "变更后的会员名单")
UNITS = Paper("units", "原业务主管单位和新业务主管单位的同意文件")

LEADER = (
    "leader_name",
    "leader_id_number",
    "leader_phone",
    "leader_party_member",
    "serving_cadre",
    "cadre_approval",
    "public_notice_done",
)
ADDRESS = ("premises", "address", "post_reachable")
ITEMS = (
    Item("leader", "法定代表人", LEADER, AUTHORITY, CHANGE, (IDENTITY, AUDIT), ("leader.", "legal_rep.")),
    Item("name", "名称", ("new_name",), AUTHORITY, "《社会组织名称管理办法》 第十六条", (CHARTER,), ("name.",)),
    Item("address", "住所和场所", ADDRESS, AUTHORITY, CHANGE, (PREMISES,), ("premises.",)),
    Item("place", "所在社区（村）", ("new_place",), AUTHORITY, CHANGE, (PREMISES,)),
    Item("activities", "业务范围", ("activities",), AUTHORITY, CHANGE, (CHARTER,)),
    Item("service_groups", "服务人群", ("service_groups",), AUTHORITY, OWN),
    Item("category", "类别", ("category",), AUTHORITY, CHANGE),
    Item("scope", "活动范围", ("scope",), AUTHORITY, CHANGE),
    Item(
        "capital",
        "注册资金",
        ("capital",),
        AUTHORITY,
        CHANGE,
        (CAPITAL,),
        ("registration.min_capital", "registration.foundation.min_fund"),
    ),
    Item(
        "members",
        "会员数",
        ("individual_members", "unit_members"),
        AUTHORITY,
        CHANGE,
        (MEMBERS,),
        ("registration.association", "registration.federation"),
        ASSOCIATION,
    ),
    Item(
        "charter",
        "章程",
        ("charter_changes", "charter_party", "charter_values"),
        AUTHORITY,
        CHANGE,
        (CHARTER,),
        ("charter.",),
    ),
    Item("managing", "管理单位（业务主管单位）", ("managing_body",), AUTHORITY, CHANGE, (UNITS,)),
)
REGIME = ("registration.regime", "registration.supervising_consent", "change.")
