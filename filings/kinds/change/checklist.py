"""What may change of a filed organisation, and what each item asks for.

The documents leave changes of 备案 to local rules; the papers are the project's own reading (本系统暂定), kept few.
"""

from registry.casework.kinds import Paper
from registry.changes import Item

STREET = "街道（乡镇）"
OWN = "本系统暂定"
MINUTES = Paper("minutes", "会议记录（决议）", hint="手写的也可以，拍一张照片")
CHARTER = Paper("charter", "修订前后的章程", hint="可以是照片，标出改了哪里")
PREMISES = Paper("premises", "新场所的使用证明", promise=True, hint="暂时拿不到的，可以承诺补交")
MEMBERS = Paper("members", "变更后的成员名单", hint="可以是照片")

NAMING = ("name.forbidden_words", "name.restricted_words", "name.conflict")
LEADER = (
    "leader_name",
    "leader_id_number",
    "leader_phone",
    "leader_party_member",
    "serving_cadre",
    "cadre_approval",
)
ITEMS = (
    Item("leader", "负责人", LEADER, STREET, OWN, rules=("leader.",)),
    Item("name", "名称", ("new_name",), STREET, "《社会组织名称管理办法》 第十六条", rules=NAMING),
    Item("address", "活动场所和地址", ("premises", "address"), STREET, OWN, (PREMISES,)),
    Item("place", "所在社区（村）", ("new_place",), STREET, OWN, (PREMISES,)),
    Item("activities", "主要活动", ("activities",), STREET, OWN),
    Item("service_groups", "服务人群", ("service_groups",), STREET, OWN),
    Item("category", "类别", ("category",), STREET, OWN),
    Item("scope", "活动范围", ("scope",), STREET, OWN),
    Item("members", "成员数", ("individual_members", "unit_members"), STREET, OWN, (MEMBERS,)),
    Item("charter", "章程", ("charter_changes",), STREET, OWN, (CHARTER,)),
    Item("managing", "管理单位", ("managing_body",), STREET, OWN),
)
