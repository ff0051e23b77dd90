"""Chinese words for the codes that stand in pack values. A code without a word is refused by the loader."""

TIERS = {
    "registered": "登记",
    "filed": "备案",
    "street_managed": "街道（乡镇）管理",
    "community_guided": "社区指导",
}
ROLES = {
    "rc_vc": "居（村）民委员会",
    "street_town": "街道办事处（乡镇人民政府）",
    "party_org": "基层党组织",
    "residents": "社区居民",
    "two_committees": "村（社区）“两委”",
}
CATEGORIES = {
    "elderly_service": "养老服务类",
    "community_service": "社区服务类",
    "hardship_relief": "扶危助困类",
    "charity_relief": "慈善救助类",
    "industry_association": "行业协会商会类",
    "science_tech": "科技类",
    "public_charity": "公益慈善类",
    "urban_rural_community_service": "城乡社区服务类",
}
GROUPS = {
    "elderly": "老年人",
    "women": "妇女",
    "children": "儿童",
    "disabled": "残疾人",
    "preferential_treatment": "优抚对象",
    "unemployed": "失业人员",
    "migrant_workers": "农民工",
    "minors_of_detained": "被限制人身自由人员的未成年子女",
    "poor_families": "困难家庭",
    "severe_mental": "严重精神障碍患者",
    "youth_misconduct": "有不良行为青少年",
    "correction": "社区矫正人员",
    "orphans": "孤儿",
    "hardship": "困难群众",
}
NAME_PARTS = {
    "division": "行政区划",
    "community_village": "社区（村）",
    "zihao": "字号",
    "business_field": "业务范围（领域）",
    "org_form": "组织形式",
}
ACTIVITIES = {
    "festival": "节庆活动",
    "cultural_performance": "文化演出",
    "sports_competition": "体育竞赛",
    "assembly": "人员集会",
    "neighbourhood_watch": "邻里守望",
    "co_governance": "共建共治共享",
    "safe_community": "共创平安",
    "cultural_soul": "文化铸魂",
}
PARTY = {
    "joint_nearby": "就近联合建立党组织",
    "joint_via_federation": "依托联合会成立联合党支部",
    "leader": "党员负责人担任",
    "management": "从管理层党员中选拔",
    "dispatched": "由上级党组织选派",
    "party_building": "党的建设",
    "core_socialist_values": "社会主义核心价值观",
}
OTHERS = {
    "large_scale": "规模较大",
    "strong_influence": "影响力强",
    "evident_effect": "作用明显",
    "own": "自行管理",
    "entrusted_custody": "委托财务托管",
    "federation_first_on_equal_terms": "同等条件下联合会优先",
    "items": "事项",
    "steps": "环节",
    "materials": "材料",
    "certificates": "证照",
    "days": "时限",
    "admitted": "入驻",
    "incubating": "孵化",
    "assessed": "评估",
    "graduated": "出壳",
    "appointment": "任职",
    "interview": "约谈",
    "warning": "警告",
    "order_replace": "责令撤换",
    "occupational_ban": "从业禁止",
    "association": "社会团体",
    "social_service_org": "社会服务机构",
    "foundation": "基金会",
}
CODEWORDS = TIERS | ROLES | CATEGORIES | GROUPS | NAME_PARTS | ACTIVITIES | PARTY | OTHERS
